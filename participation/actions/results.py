"""Counting an envelope's ballots, recording the result, publishing it."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from participation.actions.records import announce, log
from participation.choices import ResultSource
from participation.counted_election import decisions_on, election_of
from participation.counting.count import count
from participation.counting.election import Election
from participation.counting.outcome import Line, Outcome
from participation.counting.rules import Rule
from participation.counting.statistics import satisfaction
from participation.counting.switches import Kind
from participation.eligibility import refusal_to_count, refusal_to_publish_result
from participation.exports.pabulib import shows_channels
from participation.models import Envelope, Person, Project, Result, ResultLine
from participation.refusals import ActionRefused

FUNDED_BY_TOP_UP = 2
FACTS_NAMING_PROJECTS = ("winner", "stopped_by")


@transaction.atomic
def count_envelope(*, actor: Person | None, envelope: Envelope, at: datetime) -> Result:
    """Counts the stored ballots under the rule of the ballot box and the official decisions, and records every line.

    Refused when there is a result already. Raises ValueError when the decisions do not fit the projects.
    """
    envelope = (
        Envelope.objects.select_for_update(of=("self",)).select_related("ballot_box", "budget").get(pk=envelope.pk)
    )
    if refusal := refusal_to_count(envelope):
        raise ActionRefused(refusal)
    box = envelope.ballot_box
    assert box is not None
    projects = list(envelope.projects.in_recorded_order().with_decisions())
    rule = Rule.from_json(box.counting_rule)
    election = election_of(envelope, box, projects)
    outcome = count(election, rule, decisions_on(projects))
    facts = outcome.facts | facts_about_voters(envelope, election, outcome) | official_facts(projects, rule, outcome)
    result = record_result(envelope, projects, rule, outcome, facts, at)
    log(actor=actor, verb="count", subject=envelope, at=at, sha256=result.sha256)
    return result


def facts_about_voters(envelope: Envelope, election: Election, outcome: Outcome) -> dict[str, Any]:
    """Figures of the voters that no page should have to gather from the ballots again."""
    served = satisfaction(election, outcome.winners)
    return {
        "channels": channels_of(envelope),
        "ballots_without_funded": served.without_funded,
        "funded_named": served.funded_named,
    }


def channels_of(envelope: Envelope) -> dict[str, int]:
    """Ballots by channel; none where one channel has so few that they would tell who cast them."""
    return dict(sorted(envelope.counted_ballots.count_by_channel())) if shows_channels(envelope) else {}


def official_facts(projects: list[Project], rule: Rule, outcome: Outcome) -> dict[str, Any]:
    """Whether an imported file names the same winners; nothing where it names none."""
    if all(project.imported_selected is None for project in projects):
        return {}
    won = {1, FUNDED_BY_TOP_UP} if rule.kind is Kind.TOP_UP else {1}
    funded = {line.index for line in outcome.lines if line.funded}
    differing = [
        project.public_number
        for index, project in enumerate(projects)
        if (project.imported_selected in won) != (index in funded)
    ]
    return {"official_list_agrees": not differing, "official_list_differs_on": differing}


def record_result(
    envelope: Envelope, projects: list[Project], rule: Rule, outcome: Outcome, facts: dict[str, Any], at: datetime
) -> Result:
    source = ResultSource.IMPORTED if envelope.pabulib_meta else ResultSource.COUNTED
    numbers = {project.pabulib_id: project.public_number for project in projects}
    result = Result.objects.create(
        envelope=envelope,
        source=source,
        rule=rule.as_json(),
        facts=facts,
        rounds=[named_by_number(one.as_json(), numbers, "project") for one in outcome.rounds],
        spent_minor=outcome.spent_minor,
        left_minor=outcome.left_minor,
        sha256=hashlib.sha256(outcome.canonical_bytes()).hexdigest(),
        counted_at=at,
    )
    ResultLine.objects.bulk_create(
        result_line(result, position, line, projects, numbers) for position, line in enumerate(outcome.lines, start=1)
    )
    return result


def result_line(
    result: Result, position: int, line: Line, projects: list[Project], numbers: dict[str, int]
) -> ResultLine:
    return ResultLine(
        result=result,
        position=position,
        project=projects[line.index],
        tally=line.tally,
        funded=line.funded,
        reason=line.reason,
        reason_facts=named_by_number(line.facts, numbers, *FACTS_NAMING_PROJECTS),
    )


def named_by_number(facts: dict[str, Any], numbers: dict[str, int], *keys: str) -> dict[str, Any]:
    """The facts with projects named as people name them: by their public number."""
    return facts | {key: numbers[facts[key]] for key in keys if key in facts}


@transaction.atomic
def publish_result(*, actor: Person | None, result: Result, at: datetime) -> Result:
    """Shows a result to everybody. Refused when it is shown already."""
    result = Result.objects.select_for_update(of=("self",)).select_related("envelope__budget").get(pk=result.pk)
    if refusal := refusal_to_publish_result(result):
        raise ActionRefused(refusal)
    result.published_at = at
    result.save(update_fields=["published_at"])
    log(actor=actor, verb="publish_result", subject=result.envelope, at=at)
    announce("result_published", result.envelope)
    return result
