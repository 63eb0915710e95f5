"""A result as one JSON document: everything that was decided, in order, and under which rule."""

from typing import Any

from participation.counted_election import decisions_on
from participation.explanations import explain
from participation.models import Result, ResultLine


def document(result: Result) -> dict[str, Any]:
    """Amounts in minor units; explanations in the language now active."""
    envelope = result.envelope
    lines = list(result.lines.with_projects())
    in_order = sorted((line.project for line in lines), key=lambda one: (one.recorded_order, one.public_number))
    return {
        "budget": envelope.budget.slug,
        "envelope": envelope.slug,
        "currency": envelope.budget.currency,
        "amount_minor": envelope.amount_minor,
        "rule": result.rule,
        "decisions": decisions_on(in_order).as_json(),
        "spent_minor": result.spent_minor,
        "left_minor": result.left_minor,
        "facts": result.facts,
        "lines": [line_document(line) for line in lines],
        "rounds": result.rounds,
        "sha256": result.sha256,
        "counted_at": result.counted_at.isoformat(),
    }


def line_document(line: ResultLine) -> dict[str, Any]:
    return {
        "position": line.position,
        "project": line.project.public_number,
        "pabulib_id": line.project.pabulib_id,
        "title": str(line.project),
        "cost_minor": line.project.cost_minor,
        "tally": f"{line.tally.normalize():f}",
        "funded": line.funded,
        "added_minor": line.added_minor,
        "reason": line.reason,
        "reason_facts": line.reason_facts,
        "explanation": explain(line),
    }
