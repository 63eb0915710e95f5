"""Groups under their own name: who makes them, who writes in their name, and what stays when the contact leaves."""

from datetime import date

import pytest
from django.utils import timezone

from participation.actions.erasure import erase_account
from participation.actions.groups import leave_group, make_group
from participation.actions.proposals import edit
from participation.choices import GroupKind, Role
from participation.exports.personal_data import document
from participation.models import CitizenGroup, Comment, Proposal
from participation.refusals import ActionRefused, Refusal
from tests.factories.discussion import make_comment, make_discussed, make_holder
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal

pytestmark = pytest.mark.django_db


def group_of(person, name: str = "Class 5b", *, is_adult: bool = True) -> CitizenGroup:
    return make_group(actor=person, kind=GroupKind.CLASS, name=name, is_adult=is_adult, at=timezone.now())


def refusal(act, *args, **named) -> Refusal | None:
    try:
        act(*args, **named)
    except ActionRefused as refused:
        return refused.refusal
    return None


def test_a_group_stands_under_its_own_name_beside_proposals_and_comments():
    teacher = make_person(display_name="Eva")
    group = group_of(teacher, "  Class   5b ")
    proposal = make_proposal(make_open_budget(), teacher, group=group)
    comment = make_comment(make_discussed(), teacher, group=group)
    assert proposal.author_name == comment.author_name == "Class 5b (School class)"
    assert proposal.author == comment.author == teacher


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", Refusal.GROUP_NAME_MISSING),
        ("The administration", Refusal.NAME_RESERVED),
        ("\u202eevil", Refusal.NAME_UNREADABLE),
        ("x" * 81, Refusal.NAME_TOO_LONG),
        ("CLASS 5B", Refusal.GROUP_NAME_TAKEN),
    ],
)
def test_names_follow_the_rules_of_names(name, expected):
    group_of(make_person())
    assert refusal(group_of, make_person(), name) is expected


def test_a_group_is_not_called_like_somebody_who_works_for_the_administration():
    make_person(display_name="Jeanne Martin", is_staff=True)
    assert refusal(group_of, make_person(), "Jeanne Martin") is Refusal.NAME_RESERVED


def test_the_contact_is_an_adult():
    today = timezone.localdate()
    young = make_person(born=date(today.year - 17, 1, 1))
    grown = make_person(born=date(today.year - 19, 1, 1))
    assert refusal(group_of, young) is Refusal.NOT_ADULT
    assert refusal(group_of, grown, is_adult=False) is Refusal.NOT_ADULT
    assert refusal(group_of, grown) is None


def test_one_person_speaks_for_five_groups_at_most():
    person = make_person()
    for number in range(5):
        group_of(person, f"Class {number}a")
    assert refusal(group_of, person, "One more") is Refusal.TOO_MANY_GROUPS


def test_nobody_else_writes_in_its_name():
    group, stranger, budget = group_of(make_person()), make_person(), make_open_budget()
    assert refusal(make_draft, budget, stranger, group=group) is Refusal.NOT_YOURS
    draft = make_draft(budget, stranger)
    changed = refusal(edit, actor=stranger, proposal=draft, answers={"group": group}, at=timezone.now())
    assert changed is Refusal.NOT_YOURS
    assert refusal(make_comment, make_discussed(), stranger, group=group) is Refusal.NOT_YOURS
    assert not Comment.objects.exists()
    assert not Proposal.objects.filter(group=group).exists()


def test_limits_count_for_the_person_who_acts():
    teacher, budget = make_person(), make_open_budget(most_proposals=1)
    make_proposal(budget, teacher)
    assert refusal(make_proposal, budget, teacher, group=group_of(teacher)) is Refusal.TOO_MANY_PROPOSALS


def test_an_official_answer_is_nobody_elses():
    holder = make_holder(Role.VALUATOR)
    comment = make_comment(make_discussed(), holder, group=group_of(holder), officially=True)
    assert comment.group is None


def test_who_leaves_takes_the_empty_group_along_and_leaves_the_other():
    teacher, at = make_person(), timezone.now()
    empty, used = group_of(teacher, "Empty"), group_of(teacher, "Used")
    make_proposal(make_open_budget(), teacher, group=used)
    leave_group(actor=teacher, group=empty, at=at)
    leave_group(actor=teacher, group=used, at=at)
    assert list(CitizenGroup.objects.values_list("name", "contact")) == [("Used", None)]
    assert refusal(leave_group, actor=teacher, group=used, at=at) is Refusal.NOT_YOURS


def test_erasing_the_contact_leaves_the_name_of_the_group_and_nobody_behind_it():
    teacher = make_person()
    group, empty = group_of(teacher, "Used"), group_of(teacher, "Empty")
    assert [one["name"] for one in document(teacher)["groups"]] == ["Used", "Empty"]
    proposal = make_proposal(make_open_budget(), teacher, group=group)
    erase_account(actor=teacher, person=teacher, at=timezone.now())
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.author_name, proposal.group.contact) == ("Used (School class)", None)
    assert not CitizenGroup.objects.filter(pk=empty.pk).exists()
