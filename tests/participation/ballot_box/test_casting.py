"""What a cast takes and what it refuses: a refusal has a stable code and changes nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.actions.box_opening import annul_box, freeze, suspend
from participation.ballot_box import keys
from participation.ballot_box.casting import Claim, Voter, cast, my_ballot
from participation.ballot_box.validation import Fault, InvalidBallot
from participation.choices import BoxState, Channel, VoteType
from participation.models import Ballot, BallotBox, RollEntry
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_category, make_person
from tests.factories.votes import DAY, choice, end_vote, make_draft_box, make_open_box, make_voter

HUGE = 2**63


@pytest.fixture
def box(db):
    return make_open_box()


def give(box, ballot, voter=None, replaces=b"", channel=Channel.WEB):
    return cast(box=box, voter=voter or make_voter(box), ballot=ballot, replaces=replaces, channel=channel)


def test_exactly_the_cap_is_accepted_and_one_minor_unit_more_is_not(db):
    box = make_open_box(costs=(400, 600, 601))
    assert give(box, choice(1, 2)).is_new
    with pytest.raises(InvalidBallot) as refused:
        give(box, choice(1, 3))
    assert refused.value.fault is Fault.OVER_BUDGET
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    ("ballot", "fault"),
    [
        (choice(1, 1), Fault.PROJECT_TWICE),
        (choice(99), Fault.UNKNOWN_PROJECT),
        (choice(HUGE), Fault.UNKNOWN_PROJECT),
        (choice(-1), Fault.UNKNOWN_PROJECT),
        (choice(), Fault.EMPTY),
        (choice("1"), Fault.NOT_A_BALLOT),
        (choice(True), Fault.NOT_A_BALLOT),
        (choice(None), Fault.NOT_A_BALLOT),
        (choice(1, envelope="elsewhere"), Fault.UNKNOWN_ENVELOPE),
        (choice(1, points=[3]), Fault.UNKNOWN_FIELD),
        ({"envelopes": {}}, Fault.EMPTY),
        ({"envelopes": []}, Fault.NOT_A_BALLOT),
        ({"envelopes": {"all": [1]}}, Fault.NOT_A_BALLOT),
        ({**choice(1), "person": 7}, Fault.UNKNOWN_FIELD),
        ({}, Fault.NOT_A_BALLOT),
        ([], Fault.NOT_A_BALLOT),
        (None, Fault.NOT_A_BALLOT),
    ],
)
def test_a_ballot_that_breaks_a_rule_changes_nothing(box, ballot, fault):
    with pytest.raises(InvalidBallot) as refused:
        give(box, ballot)
    assert refused.value.fault is fault
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("vote_type", "limits", "good", "bad", "fault"),
    [
        (VoteType.CHOOSE_1, {}, choice(2), choice(1, 2), Fault.TOO_MANY),
        (VoteType.APPROVAL, {"max_length": "2"}, choice(2, 1), choice(1, 2, 3), Fault.TOO_MANY),
        (VoteType.APPROVAL, {"min_length": "2"}, choice(2, 1), choice(1), Fault.TOO_FEW),
        (VoteType.APPROVAL, {"min_sum_cost": "5"}, choice(1, 4), choice(1), Fault.UNDER_COST),
        (VoteType.ORDINAL, {"max_length": "3"}, choice(3, 1), choice(3, 1, 2, 4), Fault.TOO_MANY),
        (
            VoteType.CUMULATIVE,
            {"max_sum_points": "5"},
            choice(1, 2, points=[3, 2]),
            choice(1, 2, points=[3, 3]),
            Fault.POINTS_SUM,
        ),
        (VoteType.CUMULATIVE, {}, choice(1, points=[3]), choice(1), Fault.POINTS_MISSING),
        (VoteType.CUMULATIVE, {}, choice(1, points=[3]), choice(1, points=[-1]), Fault.POINTS_OUT_OF_RANGE),
        (VoteType.CUMULATIVE, {}, choice(1, points=[3]), choice(1, points=["3"]), Fault.NOT_A_BALLOT),
        (VoteType.CUMULATIVE, {}, choice(1, points=[3]), choice(1, points=[True]), Fault.NOT_A_BALLOT),
        (VoteType.CUMULATIVE, {}, choice(1, points=[3]), choice(1, points=[1.5]), Fault.NOT_A_BALLOT),
        (VoteType.CUMULATIVE, {}, choice(1, points=[3]), choice(1, points=[1, 2]), Fault.POINTS_MISSING),
        (
            VoteType.SCORING,
            {"max_points": "5"},
            choice(1, points=[5]),
            choice(1, points=[6]),
            Fault.POINTS_OUT_OF_RANGE,
        ),
        (
            VoteType.SCORING,
            {"max_points": "5"},
            choice(1, points=[0]),
            choice(1, points=[HUGE]),
            Fault.POINTS_OUT_OF_RANGE,
        ),
    ],
)
def test_every_vote_type_has_its_limits(db, vote_type, limits, good, bad, fault):
    box = make_open_box(vote_type=vote_type, limits=limits)
    with pytest.raises(InvalidBallot) as refused:
        give(box, bad)
    assert refused.value.fault is fault
    assert not Ballot.objects.exists()
    assert give(box, good).is_new


def test_projects_keep_the_voters_order_only_where_it_has_a_meaning(db):
    ranked, approved = make_open_box(vote_type=VoteType.ORDINAL), make_open_box(vote_type=VoteType.APPROVAL)
    for box in (ranked, approved):
        give(box, choice(3, 1))
    contents = dict(Ballot.objects.values_list("box", "content"))
    assert contents == {ranked.pk: '{"all":{"projects":[3,1]}}', approved.pk: '{"all":{"projects":[1,3]}}'}


def test_a_category_holds_only_so_many(db):
    box = make_draft_box(category_limits={})
    nature = make_category("Nature")
    for project in box.envelopes.get().projects.filter(public_number__in=(3, 4)):
        project.categories.add(nature)
    BallotBox.objects.filter(pk=box.pk).update(category_limits={nature.slug: 1})
    box = frozen(box)
    with pytest.raises(InvalidBallot) as refused:
        give(box, choice(3, 4))
    assert refused.value.fault is Fault.CATEGORY_FULL
    assert give(box, choice(1, 4)).is_new


def frozen(box):
    return freeze(box=box, at=timezone.now() - 2 * DAY)


def refusal_of(box, voter=None, replaces=b"", ballot=None) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        give(box, ballot or choice(1), voter, replaces)
    return refused.value.refusal


def test_who_is_not_on_the_roll_barred_or_voted_on_paper_does_not_vote(box):
    assert refusal_of(box, Voter(Claim.ENTRY, 999_999)) is Refusal.NOT_ON_ROLL
    assert refusal_of(box, Voter(Claim.ACCOUNT, make_person().pk)) is Refusal.NOT_ON_ROLL
    assert refusal_of(box, make_voter(make_open_box())) is Refusal.NOT_ON_ROLL
    assert refusal_of(box, make_voter(box, barred="moved away")) is Refusal.BARRED
    assert refusal_of(box, make_voter(box, paper=True)) is Refusal.VOTED_ON_PAPER
    assert not Ballot.objects.exists()


def test_an_envelope_of_another_district_is_refused(box):
    with pytest.raises(InvalidBallot) as refused:
        give(box, choice(1), make_voter(box, envelopes=["north"]))
    assert refused.value.fault is Fault.ENVELOPE_NOT_OPEN


def test_before_opening_and_from_the_moment_of_closing_nothing_is_taken(box):
    now = timezone.now()
    BallotBox.objects.filter(pk=box.pk).update(opens_at=now + timedelta(hours=1))
    assert refusal_of(box) is Refusal.VOTE_NOT_OPEN
    end_vote(box)
    assert refusal_of(box) is Refusal.VOTE_CLOSED
    assert not Ballot.objects.exists()


def test_the_first_cast_that_comes_too_late_closes_the_box_for_good(box):
    end_vote(box)
    refusal_of(box)
    box.refresh_from_db()
    assert box.state == BoxState.CLOSED
    BallotBox.objects.filter(pk=box.pk).update(closes_at=timezone.now() + DAY)  # as a clock set back would
    assert refusal_of(box) is Refusal.VOTE_CLOSED


def test_suspended_and_annulled_boxes_take_nothing(box):
    suspend(box=box, at=timezone.now())
    assert refusal_of(box) is Refusal.VOTE_SUSPENDED
    annul_box(box=box, at=timezone.now(), reason="The ballots were printed wrongly.")
    assert not keys.box_file(box.uuid).exists()
    with pytest.raises(keys.KeyUnusable):
        give(box, choice(1))


def test_the_same_ballot_again_keeps_its_receipt(box):
    voter = make_voter(box)
    first = give(box, choice(1), voter)
    again = give(box, choice(1), voter)
    assert (again.is_new, again.receipt) == (False, first.receipt)


def test_a_change_needs_the_receipt_it_replaces(box):
    voter = make_voter(box)
    first = give(box, choice(1), voter)
    second = give(box, choice(2), voter, replaces=first.receipt)
    assert second.receipt != first.receipt
    assert refusal_of(box, voter, ballot=choice(3)) is Refusal.CHANGED_MEANWHILE
    assert refusal_of(box, voter, first.receipt, choice(3)) is Refusal.CHANGED_MEANWHILE  # a late retry of an old form
    assert Ballot.objects.get().content == '{"all":{"projects":[2]}}'


def test_a_desk_never_learns_whether_there_was_a_ballot(box):
    voter = make_voter(box)
    receipts = {give(box, choice(1), voter, channel=Channel.DESK).receipt for _ in range(3)}
    assert len(receipts) == 3
    assert Ballot.objects.count() == 1


def test_my_ballot_shows_receipt_and_choice(box):
    voter = make_voter(box)
    person_ref = bytes(RollEntry.objects.get(pk=voter.value).person_ref)
    assert my_ballot(box=box, person_ref=person_ref) is None
    receipt = give(box, choice(2, 1), voter).receipt
    assert my_ballot(box=box, person_ref=person_ref) == (receipt, '{"all":{"projects":[1,2]}}')


def test_one_cast_writes_one_row_in_few_statements(box):
    voter = make_voter(box)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        give(box, choice(1), voter)
    statements = [one["sql"] for one in seen if "SAVEPOINT" not in one["sql"]]
    assert len(statements) <= 4
    assert sum(one.lstrip().startswith(("INSERT", "UPDATE", "DELETE")) for one in statements) == 1


@pytest.mark.parametrize("damage", ["missing", "wrong", "readable", "short"])
def test_without_its_key_a_box_takes_nothing(box, damage):
    path = keys.box_file(box.uuid)
    if damage == "missing":
        path.unlink()
    elif damage == "readable":
        path.chmod(0o644)
    else:
        path.write_text(("ab" * 32 if damage == "wrong" else "ab") + "\n")
    with pytest.raises(keys.KeyUnusable):
        give(box, choice(1))
    assert not Ballot.objects.exists()


def test_the_database_itself_holds_one_ballot_per_voter(box):
    give(box, choice(1))
    ballot = Ballot.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            box=box, voter_key=ballot.voter_key, receipt=b"r" * 32, nonce=b"n", content="{}", channel=Channel.WEB
        )
