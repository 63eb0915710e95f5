"""A result as a table for spreadsheets: one row for each project, in the order it was decided."""

import csv
from collections.abc import Iterator

from participation.counting.money import exponent_of, from_minor
from participation.explanations import explain
from participation.exports.cells import Line, safe
from participation.models import Result

COLUMNS = ["position", "project", "title", "cost", "currency", "tally", "funded", "added", "reason", "explanation"]


def lines(result: Result) -> Iterator[str]:
    """RFC 4180 lines in UTF-8; the explanation is in the language now active."""
    writer, currency = csv.writer(Line()), result.envelope.budget.currency
    exponent = exponent_of(currency)
    yield writer.writerow(COLUMNS)
    for line in result.lines.with_projects():
        yield writer.writerow(
            [
                line.position,
                safe(line.project.pabulib_id),
                safe(str(line.project)),
                from_minor(line.project.cost_minor, exponent),
                currency,
                f"{line.tally.normalize():f}",
                "yes" if line.funded else "no",
                "" if line.added_minor is None else from_minor(line.added_minor, exponent),
                line.reason,
                safe(explain(line)),
            ]
        )
