"""Merging: supports go along without doubling, and come back; authors join by their own yes."""

import pytest
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from participation.actions.co_authors import answer_invitation
from participation.actions.follows import follow
from participation.actions.merging import merge, unmerge
from participation.actions.moderation import hide, restore
from participation.actions.notifying import notify_waiting
from participation.actions.supports import enter_sheet, support, take_back
from participation.choices import PhaseKind, Role
from participation.models import Invitation, Merge, Notification, Proposal
from participation.refusals import ActionRefused, Refusal
from site_config.anonymous_reads import shelf
from tests.factories.discussion import make_holder
from tests.factories.participation import make_budget, make_person
from tests.factories.proposals import make_open_budget, put_proposal
from tests.frontend_templates.test_proposing import signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def budget():
    return make_open_budget(PhaseKind.SUPPORTING, slug="green")


@pytest.fixture
def two(budget):
    ada, ben = make_person(display_name="Ada"), make_person(display_name="Ben")
    return put_proposal(budget, author=ada, title="Trees"), put_proposal(budget, author=ben, title="More trees")


@pytest.fixture
def boss():
    return make_holder(Role.MANAGER)


def refused(act, **named) -> Refusal:
    with pytest.raises(ActionRefused) as caught:
        act(at=NOW, **named)
    return caught.value.refusal


def counted() -> None:
    """Every counter says what the rows say."""
    for one in Proposal.objects.all():
        signatures = one.sheets.aggregate(sum=Sum("signatures"))["sum"] or 0
        assert one.support_count == one.supports.count() + signatures


def counts(*proposals) -> list[int]:
    counted()
    return [Proposal.objects.get(pk=one.pk).support_count for one in proposals]


def test_one_person_counts_once_and_all_of_it_comes_back(two, boss):
    trees, more = two
    both, alone, other = (make_person() for _ in range(3))
    for person, proposal in ((both, trees), (both, more), (alone, trees), (other, more)):
        support(actor=person, proposal=proposal, at=NOW)
    enter_sheet(actor=make_holder(Role.OFFICER), proposal=trees, number="1", signatures=7, at=NOW)
    trees.supports.filter(person=alone).update(person=None)
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    assert counts(trees, more) == [1, 10]
    trees.refresh_from_db()
    assert (trees.status, trees.merged_into) == ("merged", more)
    unmerge(actor=boss, proposal=trees, at=NOW)
    assert counts(trees, more) == [9, 2]
    trees.refresh_from_db()
    assert (trees.status, trees.merged_into) == ("published", None)


def test_what_was_taken_back_meanwhile_does_not_return(two, boss):
    trees, more = two
    ada, ben = make_person(), make_person()
    for person in (ada, ben):
        support(actor=person, proposal=trees, at=NOW)
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    take_back(actor=ada, proposal=more, at=NOW)
    assert refused(support, actor=ada, proposal=trees) is Refusal.WRONG_STATUS
    unmerge(actor=boss, proposal=trees, at=NOW)
    assert counts(trees, more) == [1, 0]


def test_authors_become_co_authors_by_their_own_yes(two, boss):
    trees, more = two
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    asked = Invitation.objects.get()
    assert (asked.proposal, asked.person) == (more, trees.author)
    assert not more.co_authors.exists()
    answer_invitation(actor=trees.author, invitation=asked, accepted=True, at=NOW)
    unmerge(actor=boss, proposal=trees, at=NOW)
    assert more.co_author_names == ["Ada"]


def test_taking_it_back_forgets_what_nobody_answered(two, boss):
    trees, more = two
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    unmerge(actor=boss, proposal=trees, at=NOW)
    assert not Invitation.objects.exists()
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    assert Merge.objects.filter(undone_at=None).count() == 1


def test_followers_authors_and_supporters_are_told_once(two, boss):
    trees, more = two
    fan, supporter = make_person(display_name="Fan"), make_person(display_name="Supporter")
    for person in (fan, supporter):
        follow(actor=person, subject=trees, at=NOW)
    support(actor=supporter, proposal=trees, at=NOW)
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    for _ in range(2):
        notify_waiting(NOW)
    told = Notification.objects.filter(kind="merged").values_list("person__display_name", flat=True)
    assert sorted(told) == ["Ada", "Fan", "Supporter"]


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.OFFICER, Role.VALUATOR])
def test_it_takes_a_manager(two, role):
    person = make_holder(role) if role else make_person()
    assert refused(merge, actor=person, proposal=two[0], into=two[1]) is Refusal.ROLE_MISSING
    elsewhere = make_holder(Role.MANAGER, make_budget())
    assert refused(merge, actor=elsewhere, proposal=two[0], into=two[1]) is Refusal.ROLE_MISSING


@pytest.mark.parametrize("status", ["submitted", "withdrawn", "hidden"])
def test_both_are_published_and_of_one_budget(two, budget, boss, status):
    trees, more = two
    extra = {"hidden_because": "Rude", "hidden_from": "published"} if status == "hidden" else {}
    other = put_proposal(budget, status=status, **extra)
    assert refused(merge, actor=boss, proposal=other, into=more) is Refusal.WRONG_STATUS
    assert refused(merge, actor=boss, proposal=more, into=other) is Refusal.MERGE_ELSEWHERE
    assert refused(merge, actor=boss, proposal=more, into=put_proposal(make_budget())) is Refusal.MERGE_ELSEWHERE
    assert refused(merge, actor=boss, proposal=more, into=more) is Refusal.MERGE_ELSEWHERE
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    assert refused(merge, actor=boss, proposal=trees, into=more) is Refusal.WRONG_STATUS


def test_a_chain_is_taken_back_from_its_end(two, budget, boss):
    trees, more = two
    third, person = put_proposal(budget), make_person()
    support(actor=person, proposal=trees, at=NOW)
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    merge(actor=boss, proposal=more, into=third, at=NOW)
    assert counts(trees, more, third) == [0, 0, 1]
    assert refused(unmerge, actor=boss, proposal=trees) is Refusal.WRONG_STATUS
    unmerge(actor=boss, proposal=more, at=NOW)
    unmerge(actor=boss, proposal=trees, at=NOW)
    assert counts(trees, more, third) == [1, 0, 0]


def test_hiding_a_merged_one_and_showing_it_again_keeps_where_it_went(two, boss):
    trees, more = two
    merge(actor=boss, proposal=trees, into=more, at=NOW)
    hide(actor=boss, proposal=trees, reason="Rude.", at=NOW)
    restore(actor=boss, proposal=trees, at=NOW)
    trees.refresh_from_db()
    assert (trees.status, trees.merged_into) == ("merged", more)


@pytest.mark.usefixtures("town_in_english")
def test_the_screen_the_pages_and_the_api(two, boss):
    trees, more = two
    base = "/en/budgets/green/proposals/"
    where = f"{base}{trees.public_number}/merge/"
    assert signed_in(make_holder(Role.MODERATOR)).get(where).status_code == 403
    client = signed_in(boss)
    assert "More trees" in client.get(where).content.decode()
    for number in ("", "x", "999999", str(trees.public_number), "99999999999999"):
        assert "fault" in client.post(where, {"do": "merge", "number": number}).content.decode()
    assert client.post(where, {"do": "merge", "number": more.public_number}).status_code == 302
    shelf.clear()
    visitor = Client()
    page = visitor.get(f"{base}{trees.public_number}/").content.decode()
    assert f"{base}{more.public_number}/" in page
    target = visitor.get(f"{base}{more.public_number}/").content.decode()
    assert "Merged into this one" in target
    assert "Ada" in target
    said = visitor.get(f"/api/v1/proposals/{trees.uuid}/").json()
    assert (said["status"], said["merged_into"]) == ("merged", str(more.uuid))
    assert client.post(where, {"do": "undo"}).status_code == 302
    assert client.post(where, {"do": "undo"}).status_code == 409
    assert counts(trees, more) == [0, 0]


@pytest.fixture
def town_in_english(home):
    return home
