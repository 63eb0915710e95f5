"""A vote that is open on the day the demo town is loaded: fixed rules, a roll, letters, and some ballots already cast."""

import random
from datetime import datetime, time, timedelta

from django.utils import timezone

from participation.actions.box_opening import freeze
from participation.ballot_box import audit, keys
from participation.ballot_box.casting import Claim, Voter, cast
from participation.ballot_box.locks import box_lock
from participation.ballot_box.receipts import grouped, with_check
from participation.ballot_box.roll import new_person_ref
from participation.ballot_box.rules import text_of
from participation.choices import BudgetStatus, PhaseKind, Proof, VoteType
from participation.counting.rules import rule_named
from participation.models import (
    BallotBox,
    BallotBoxText,
    Budget,
    BudgetText,
    Category,
    Envelope,
    EnvelopeText,
    Person,
    Phase,
    PhaseText,
    Project,
    ProjectText,
    RollEntry,
)
from site_config.demo.town import EUROS, say

SLUG = "rivemont-schoolyards"
CODES = tuple(with_check(f"DEM0T0WN000000{number}") for number in range(1, 4))
BALLOTS = 48
IDEAS = (
    ("nature", 9_000, "A vegetable garden at the Mill school", "Un potager à l’école du Moulin"),
    ("sport", 14_000, "A climbing wall for rainy days", "Un mur d’escalade pour les jours de pluie"),
    ("nature", 6_500, "Shade trees where the tarmac burns", "Des arbres là où le goudron brûle"),
    ("culture", 11_000, "A reading hut in the yard", "Une cabane à lire dans la cour"),
    ("solidarity", 4_000, "A swap shelf for coats and boots", "Une étagère d’échange pour manteaux et bottes"),
    ("mobility", 12_500, "A roof for two hundred bicycles", "Un toit pour deux cents vélos"),
)


def make_open_vote(at: datetime) -> BallotBox:
    today = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    budget = make_budget(today)
    box = make_box(budget)
    keys.create_box_key(box.uuid)
    box = freeze(box=box, at=today - timedelta(days=6))
    make_roll(box)
    cast_some(box)
    return box


def make_budget(today: datetime) -> Budget:
    budget = Budget.objects.create(slug=SLUG, status=BudgetStatus.PUBLISHED, currency="EUR", share_minor=30_000 * EUROS)
    say(
        BudgetText,
        budget,
        en={"title": "Rivemont’s schoolyards", "introduction": "30,000 euros for the yards of the town’s schools."},
        fr={"title": "Les cours d’école de Rivemont", "introduction": "30 000 euros pour les cours des écoles."},
    )
    phases = (
        (PhaseKind.INFORMING, -20, -5, "The projects", "Les projets"),
        (PhaseKind.VOTING, -5, 16, "The vote", "Le vote"),
        (PhaseKind.COUNTING, 16, 19, "The count", "Le dépouillement"),
    )
    for kind, start, end, title, titre in phases:
        phase = Phase.objects.create(
            budget=budget, kind=kind, starts_at=today + timedelta(days=start), ends_at=today + timedelta(days=end)
        )
        say(PhaseText, phase, en={"title": title}, fr={"title": titre})
    return budget


def make_box(budget: Budget) -> BallotBox:
    box = BallotBox.objects.create(
        budget=budget,
        slug="yards",
        vote_type=VoteType.KNAPSACK,
        limits={"min_length": "1"},
        counting_rule=rule_named("greedy").as_json(),
    )
    say(BallotBoxText, box, en={"question": "Which yards first?"}, fr={"question": "Quelles cours d’abord ?"})
    envelope = Envelope.objects.create(budget=budget, ballot_box=box, slug="schools", amount_minor=30_000 * EUROS)
    say(EnvelopeText, envelope, en={"title": "All schools"}, fr={"title": "Toutes les écoles"})
    for number, (category, euros, title, titre) in enumerate(IDEAS, start=1):
        project = Project.objects.create(
            budget=budget, envelope=envelope, public_number=number, recorded_order=number, cost_minor=euros * EUROS
        )
        project.categories.add(Category.objects.get(slug=category))
        say(ProjectText, project, en={"title": title}, fr={"title": titre})
    return box


def make_roll(box: BallotBox) -> None:
    """Everybody with an account, three people with letters, and those whose ballots are in the box already."""
    for person in Person.objects.order_by("pk"):
        make_entry(box, account_email_hash=keys.address_hash(person.email))
    for code in CODES:
        make_entry(box, code_hash=keys.code_hash(code))


def make_entry(box: BallotBox, **fields) -> RollEntry:
    number = f"R{RollEntry.objects.filter(box=box).count() + 1:05}"
    return RollEntry.objects.create(
        box=box, person_ref=new_person_ref(), register_id=number, envelopes=["schools"], **fields
    )


def cast_some(box: BallotBox) -> None:
    dice = random.Random(2026)  # noqa: S311 - invented ballots
    for _ in range(BALLOTS):
        entry = make_entry(box, proof=Proof.CODE)
        chosen = dice.sample(range(1, len(IDEAS) + 1), 2)
        ballot = {"envelopes": {"schools": {"projects": chosen}}}
        cast(box=box, voter=Voter(Claim.ENTRY, entry.pk), ballot=ballot, replaces=b"")


def codes_to_print() -> list[str]:
    return [grouped(code) for code in CODES]


def end_open_vote(at: datetime) -> BallotBox:
    """Moves the closing of the demo's vote to this moment, by an act like an extension: to watch what follows.

    Only a demo does this: the vote of a town closes when its rules and extensions say.
    """
    box = BallotBox.objects.get(budget__slug=SLUG)
    with box_lock(box.pk, alone=True):
        box.closes_at = at.replace(microsecond=0)
        box.save(update_fields=["closes_at"])
        audit.record(box, "extended", at, closes_at=text_of(box.closes_at))
    return box
