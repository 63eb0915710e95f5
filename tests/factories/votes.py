"""A budget on which people vote, made through the actions."""

from datetime import timedelta

from django.utils import timezone

from participation.actions.box_opening import freeze
from participation.ballot_box import audit, keys
from participation.ballot_box.casting import Claim, Voter
from participation.ballot_box.roll import new_person_ref
from participation.ballot_box.rules import text_of
from participation.choices import PhaseKind, Proof, VoteType
from participation.counting.rules import rule_named
from participation.models import BallotBox, BallotBoxText, Budget, OfficerPass, Person, RollEntry, Station
from tests.factories.participation import locale, make_budget, make_envelope, make_phase, make_project

DAY = timedelta(days=1)


def make_open_box(
    *, vote_type: VoteType = VoteType.KNAPSACK, limits: dict | None = None, costs=(400, 300, 300, 100), **fields
) -> BallotBox:
    """A frozen box that opened yesterday, with one envelope of 1,000 whose projects are numbered from 1."""
    box = make_draft_box(vote_type=vote_type, limits=limits, costs=costs, **fields)
    return freeze(box=box, at=timezone.now() - 2 * DAY)


def make_draft_box(
    *, vote_type: VoteType = VoteType.KNAPSACK, limits: dict | None = None, costs=(400, 300, 300, 100), **fields
) -> BallotBox:
    budget = make_budget()
    now = timezone.now()
    make_phase(budget, kind=PhaseKind.VOTING, starts_at=now - DAY, ends_at=now + DAY)
    box = BallotBox.objects.create(
        budget=budget,
        **{
            "slug": "town",
            "vote_type": vote_type,
            "limits": {"min_length": "1"} if limits is None else limits,
            "counting_rule": rule_named("greedy").as_json(),
            **fields,
        },
    )
    BallotBoxText.objects.create(identity=box, locale=locale(), question="The whole town")
    envelope = make_envelope(budget, amount_minor=1_000, ballot_box=box, slug="all")
    for number, cost in enumerate(costs, start=1):
        make_project(envelope, public_number=number, recorded_order=number, cost_minor=cost)
    keys.create_box_key(box.uuid)
    return box


def make_voter(box: BallotBox, **fields) -> Voter:
    entry = RollEntry.objects.create(
        box=box,
        person_ref=new_person_ref(),
        **{
            "envelopes": [envelope.slug for envelope in box.envelopes.all()],
            "proof": Proof.CODE,
            **fields,
        },
    )
    return Voter(Claim.ENTRY, entry.pk)


def give_pass(person: Person, budget: Budget) -> OfficerPass:
    """For today, at a station of the budget."""
    station, _ = Station.objects.get_or_create(
        budget=budget, name="Town hall", defaults={"address": "Square 1", "hours": "9 to 5"}
    )
    now = timezone.now()
    return OfficerPass.objects.create(station=station, person=person, valid_from=now - DAY, valid_until=now + DAY)


def choice(*numbers: int, envelope: str = "all", **more) -> dict:
    return {"envelopes": {envelope: {"projects": list(numbers), **more}}}


def end_vote(box: BallotBox) -> BallotBox:
    """As if its time were over, by an act that moves the closing: the database's clock cannot be moved."""
    now = timezone.now()
    BallotBox.objects.filter(pk=box.pk).update(opens_at=now - 3 * DAY, closes_at=now - 2 * DAY)
    box.refresh_from_db()
    audit.record(box, "extended", now, closes_at=text_of(now - 2 * DAY))
    return box
