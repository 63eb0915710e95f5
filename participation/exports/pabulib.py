"""The ballots of a result as a Pabulib file, from which anybody can count again."""

from collections import Counter
from collections.abc import Iterator

from participation.ballot_box.rules import titles_in
from participation.ballot_box.turnout import FEWEST
from participation.choices import BoxState
from participation.content import read_content
from participation.counting.election import POINTS_TYPES, VoteType
from participation.counting.money import exponent_of, from_minor
from participation.counting.outcome import Reason
from participation.counting.pb_write import BallotRow, pb_lines
from participation.counting.rules import Rule
from participation.exports.recount_command import name_in_file
from participation.models import Envelope, Project, Result, ResultLine

SELECTED = {True: "1", False: "0"}
FUNDED_OUTSIDE_THE_RULE = "2"


def lines(result: Result) -> Iterator[str]:
    """The text of the file, line by line, in memory that does not grow with the ballots."""
    titles = titles_in(result.envelope.ballot_box.rules) if was_secret(result.envelope) else {}
    outcome = list(result.lines.with_projects().order_by("project__recorded_order", "project__public_number"))
    votes = votes_of(result)
    yield from pb_lines(
        meta_of(result, len(outcome)),
        [project_row(result, line, votes, titles) for line in outcome],
        ballot_rows(result, [line.project for line in outcome]),
        with_channels=shows_channels(result.envelope),
    )


def was_secret(envelope: Envelope) -> bool:
    """Whether people voted on it in a ballot box of ours; an imported election was published before."""
    return envelope.ballot_box is not None and envelope.ballot_box.state != BoxState.DRAFT


def shows_channels(envelope: Envelope) -> bool:
    """Whether the channel of each ballot may be told: few ballots of one channel would tell whose they are."""
    counts = envelope.counted_ballots.count_by_channel()
    return not was_secret(envelope) or all(ballots >= FEWEST for _, ballots in counts)


def is_recountable(envelope: Envelope) -> bool:
    """Few ballots would tell how somebody voted: their number is published, not they."""
    return not was_secret(envelope) or envelope.counted_ballots.count() >= FEWEST


def meta_of(result: Result, project_count: int) -> dict[str, str]:
    """What an imported file said of itself, with everything that the count depends on as it was counted."""
    envelope, box = result.envelope, result.envelope.ballot_box
    budget, rule = envelope.budget, Rule.from_json(result.rule)
    own = {"description": str(budget), "unit": str(envelope), "instance": budget.slug}
    counted = {
        "num_projects": str(project_count),
        "num_votes": str(envelope.counted_ballots.count()),
        "budget": from_minor(envelope.amount_minor, exponent_of(budget.currency)),
        "currency": budget.currency,
        "vote_type": box.vote_type,
        "rule": name_in_file(rule),
        **{key: str(value) for key, value in box.limits.items()},
    }
    if rule.threshold and not rule.threshold.is_share:
        counted["min_project_score_threshold"] = str(rule.threshold)
    return (envelope.pabulib_meta or own) | counted


def votes_of(result: Result) -> Counter[int]:
    """How many ballots name each project, by public number."""
    votes: Counter[int] = Counter()
    for content, copies in result.envelope.counted_ballots.grouped():
        for number in read_content(content)[0]:
            votes[number] += copies
    return votes


def project_row(result: Result, line: ResultLine, votes: Counter[int], titles: dict[int, str]) -> dict[str, str]:
    """`titles` are the frozen ones, where people voted here."""
    project, exponent = line.project, exponent_of(result.envelope.budget.currency)
    row = {
        "project_id": project.pabulib_id,
        "cost": from_minor(project.cost_minor, exponent),
        "votes": str(votes[project.public_number]),
        "name": titles.get(project.public_number, str(project)),
        "category": ",".join(str(category).replace(",", " ") for category in project.categories.all()),
        "selected": FUNDED_OUTSIDE_THE_RULE if line.reason == Reason.TOPPED_UP else SELECTED[line.funded],
        "latitude": "" if project.latitude is None else str(project.latitude),
        "longitude": "" if project.longitude is None else str(project.longitude),
    }
    if VoteType(result.envelope.ballot_box.vote_type) in POINTS_TYPES:
        row["score"] = f"{line.tally.normalize():f}"
    return row


def ballot_rows(result: Result, projects: list[Project]) -> Iterator[BallotRow]:
    ids = {project.public_number: project.pabulib_id for project in projects}
    stored = result.envelope.counted_ballots.order_by("number").values_list("number", "content", "channel")
    for number, content, channel in stored.iterator(chunk_size=5_000):
        numbers, points = read_content(content)
        yield BallotRow(number, [ids[one] for one in numbers], points and [str(point) for point in points], channel)
