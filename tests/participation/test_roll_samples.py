"""The auditor's sample of a sealed roll."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.actions.box_closing import reconcile, seal_box
from participation.actions.retention import erase_roll
from participation.actions.roll_samples import sample_roll
from participation.ballot_box.casting import cast
from participation.ballot_box.latch import latch_closed
from participation.choices import Role
from participation.models import ActivityEntry, BallotBox
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_person
from tests.factories.votes import choice, end_vote, make_open_box, make_voter
from tests.participation.test_vote_screens import client_of


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def box(db) -> BallotBox:
    """Open: of 30 people on the roll 20 voted."""
    box = make_open_box()
    for number in range(30):
        voter = make_voter(box, register_id=f"R{number}")
        if number < 20:
            cast(box=box, voter=voter, ballot=choice(1), replaces=b"")
    return box


@pytest.fixture
def sealed(box) -> BallotBox:
    latch_closed(end_vote(box))
    reconcile(box=box, at=timezone.now())
    return seal_box(box=box, at=timezone.now())


def drawn(box: BallotBox, value: str = "4 2 6", size: int = 5) -> list[str]:
    entries = sample_roll(actor=make_person(), box=box, value=value, size=size, at=timezone.now())
    return [entry.register_id for entry in entries]


def test_a_sample_is_drawn_by_its_value_and_can_be_drawn_again(sealed):
    def place(entry) -> bytes:
        return hashlib.sha256(b"osp/sample/v1" + b"4 2 6" + bytes(entry.person_ref)).digest()

    expected = [entry.register_id for entry in sorted(sealed.roll.all(), key=place)]
    assert drawn(sealed, size=5) == expected[:5]
    assert drawn(sealed, size=500) == expected
    assert drawn(sealed, value="5 5 5") != expected[:5]


def test_before_the_sealing_and_after_the_erasure_there_is_none(box):
    for _ in range(2):
        with pytest.raises(ActionRefused) as refused:
            drawn(box)
        assert refused.value.refusal is Refusal.NO_SEALED_ROLL
        latch_closed(end_vote(box))
    reconcile(box=box, at=timezone.now())
    seal_box(box=box, at=timezone.now())
    assert drawn(box)
    erase_roll(box=box, at=timezone.now())
    with pytest.raises(ActionRefused) as refused:
        drawn(box)
    assert refused.value.refusal is Refusal.NO_SEALED_ROLL


def test_the_auditor_sees_who_took_part_and_it_is_logged(sealed):
    auditor = client_of(Role.AUDITOR)
    typed = {"box": sealed.pk, "value": "4 2 6", "size": 30}
    answer = auditor.post(reverse("roll_sample"), typed)
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert page.count("<td>Yes</td>") == 20
    assert page.count("<td>No</td>") == 10
    entry = ActivityEntry.objects.get(verb="sample_roll")
    assert entry.details == {"value": "4 2 6", "size": 30}
    assert "R1" not in str(entry.details)


@pytest.mark.parametrize(
    "wrong", [{"size": 0}, {"size": 501}, {"size": "owl"}, {"value": ""}, {"box": 2**63}, {"box": "owl"}]
)
def test_a_wrong_form_draws_nothing(sealed, wrong):
    page = client_of(Role.AUDITOR).post(reverse("roll_sample"), {"box": sealed.pk, "value": "4", "size": 3} | wrong)
    assert page.status_code == 200
    assert "Took part" not in page.content.decode()
    assert not ActivityEntry.objects.filter(verb="sample_roll").exists()


def test_an_open_vote_is_not_offered(box):
    page = client_of(Role.AUDITOR).get(reverse("roll_sample")).content.decode()
    assert "There is no sealed roll to sample now." in page
    assert "The whole town" not in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_draws_one(sealed, role):
    answer = client_of(role).post(reverse("roll_sample"), {"box": sealed.pk, "value": "4", "size": 3})
    assert answer.status_code in (302, 403)
    assert not ActivityEntry.objects.filter(verb="sample_roll").exists()
