"""The workspace's list of people, for a person without a user name, first name or last sign-in."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from participation.actions.erasure import erase_account
from participation.models import ActivityEntry, Person
from tests.factories.participation import make_person
from tests.factories.proposals import make_open_budget, put_proposal
from tests.factories.votes import make_draft_box, make_voter

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def staff_client(client):
    administrator = make_person(email="administrator@town.example", is_staff=True, is_superuser=True)
    TOTP.activate(administrator, SECRET)
    client.force_login(administrator)
    return client


def filled_in(**changes) -> dict[str, str]:
    return {"email": "new@town.example", "display_name": "New", **changes}


def test_the_list_shows_people_by_name_or_address(staff_client):
    make_person(email="ada@town.example", display_name="Ada L.")

    page = staff_client.get(reverse("wagtailusers_users:index"))

    assert page.status_code == 200
    assert "Ada L." in page.content.decode()
    assert "administrator@town.example" in page.content.decode()


@pytest.mark.parametrize("word", ["ada", "L.", "town.example"])
def test_people_are_found_by_name_and_address(staff_client, word):
    make_person(email="ada@town.example", display_name="Ada L.")
    make_person(email="bob@elsewhere.invalid", display_name="Bob")

    page = staff_client.get(reverse("wagtailusers_users:index"), {"q": word})

    assert page.status_code == 200
    assert "Ada L." in page.content.decode()
    assert "Bob" not in page.content.decode()


@pytest.mark.parametrize("order", ["email", "-email", "is_superuser", "is_active"])
def test_every_order_of_the_list(staff_client, order):
    assert staff_client.get(reverse("wagtailusers_users:index"), {"ordering": order}).status_code == 200


def test_the_list_offers_no_order_it_cannot_make(staff_client):
    page = staff_client.get(reverse("wagtailusers_users:index")).content.decode()
    offered = set(re.findall(r"ordering=(-?[a-z_]+)", page))

    assert offered
    for order in offered:
        assert staff_client.get(reverse("wagtailusers_users:index"), {"ordering": order}).status_code == 200


@pytest.mark.parametrize("asked", [{"is_active": "true"}, {"is_superuser": "false"}, {"group": "1"}])
def test_every_filter_of_the_list(staff_client, asked):
    assert staff_client.get(reverse("wagtailusers_users:index"), asked).status_code == 200


def test_a_person_is_added(staff_client):
    assert staff_client.get(reverse("wagtailusers_users:add")).status_code == 200
    words = filled_in(password1="another long password", password2="another long password")

    answer = staff_client.post(reverse("wagtailusers_users:add"), words)

    assert answer.status_code == 302, answer.context["form"].errors
    person = Person.objects.get(email="new@town.example")
    assert person.check_password("another long password")
    assert not person.is_superuser


def test_the_same_address_in_other_letters_is_refused(staff_client):
    make_person(email="new@town.example")
    words = filled_in(email="NEW@town.example", password1="another long password", password2="another long password")

    answer = staff_client.post(reverse("wagtailusers_users:add"), words)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Person.objects.filter(email__iexact="new@town.example").count() == 1


def test_a_person_is_changed(staff_client):
    person = make_person(email="new@town.example", display_name="Old")
    group = Group.objects.create(name="Readers")
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    assert staff_client.get(address).status_code == 200

    answer = staff_client.post(address, filled_in(is_active="on", groups=[str(group.pk)]))

    assert answer.status_code == 302, answer.context["form"].errors
    person.refresh_from_db()
    assert (person.display_name, person.is_active) == ("New", True)
    assert list(person.groups.all()) == [group]
    assert person.check_password("a long enough password")


def test_a_person_is_deleted(staff_client):
    person = make_person()

    staff_client.post(reverse("wagtailusers_users:delete", args=[person.pk]))

    assert not Person.objects.filter(pk=person.pk).exists()


def test_the_page_of_ones_own_account(staff_client):
    assert staff_client.get(reverse("wagtailadmin_account")).status_code == 200


def test_the_list_costs_the_same_whatever_its_length(staff_client, django_assert_max_num_queries):
    address = reverse("wagtailusers_users:index")
    staff_client.get(address)
    with django_assert_max_num_queries(100) as few:
        staff_client.get(address)
    for _ in range(15):
        make_person()
    with django_assert_max_num_queries(100) as many:
        staff_client.get(address)

    assert len(many) == len(few)


def test_deleting_goes_by_the_action_and_is_logged(staff_client):
    person = make_person(email="gone@town.example")
    staff_client.post(reverse("wagtailusers_users:delete", args=[person.pk]))
    assert not Person.objects.filter(pk=person.pk).exists()
    assert ActivityEntry.objects.get(verb="erase_account").actor.email == "administrator@town.example"


def test_who_works_for_the_administration_is_not_deleted_by_one_click(staff_client):
    person = make_person(is_staff=True)
    answer = staff_client.post(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True)
    assert "an administrator must end that first" in answer.content.decode()
    assert Person.objects.filter(pk=person.pk, is_active=True).exists()


def test_an_erased_account_has_no_screen(staff_client):
    person = make_person(email="gone@town.example")
    erase_account(actor=None, person=person, at=timezone.now())
    assert str(person.uuid) not in staff_client.get(reverse("wagtailusers_users:index")).content.decode()
    assert staff_client.get(reverse("wagtailusers_users:edit", args=[person.pk])).status_code == 404


def in_bulk(client, action: str, *people, **words):
    ids = "&".join(f"id={person.pk}" for person in people)
    address = reverse("wagtail_bulk_action", args=["participation", "person", action])
    return client.post(f"{address}?{ids}&next=/cms/", words, follow=True)


def test_deleting_many_erases_each_and_is_logged(staff_client):
    gone, voter = make_person(), make_person(display_name="Voter")
    make_voter(make_draft_box(), account=voter)
    staff = make_person(is_staff=True)
    page = in_bulk(staff_client, "delete", gone, voter, staff)
    assert "2 accounts are erased." in page.content.decode()
    assert "an administrator must end that first" in page.content.decode()
    assert not Person.objects.filter(pk=gone.pk).exists()
    voter.refresh_from_db()
    assert (voter.display_name, voter.is_active, bool(voter.erased_at)) == ("", False, True)
    assert Person.objects.filter(pk=staff.pk, is_active=True).exists()
    assert ActivityEntry.objects.filter(verb="erase_account").count() == 2


def test_what_somebody_wrote_outlives_deleting_many(staff_client):
    proposal = put_proposal(make_open_budget(), author=make_person(display_name="Ada"))
    in_bulk(staff_client, "delete", proposal.author)
    proposal.refresh_from_db()
    assert proposal.title


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_an_erased_account_is_out_of_reach_in_bulk(staff_client, action):
    person = make_person()
    erase_account(actor=None, person=person, at=timezone.now())
    words = {"mark_as_active": "True", "role": str(Group.objects.create(name="Readers").pk)}
    assert in_bulk(staff_client, action, person, **words).status_code == 404
    person.refresh_from_db()
    assert (person.is_active, person.groups.count()) == (False, 0)


def test_many_are_set_inactive_and_active_again(staff_client):
    person = make_person()
    in_bulk(staff_client, "set_active_state", person, mark_as_active="False")
    assert not Person.objects.get(pk=person.pk).is_active
    in_bulk(staff_client, "set_active_state", person, mark_as_active="True")
    assert Person.objects.get(pk=person.pk).is_active


def test_nothing_in_the_workspace_deletes_a_person_but_erasing():
    found = bulk_action_registry.get_bulk_actions_for_model("participation", "person")
    assert {one.__module__ for one in found} == {"participation.admin.people_in_bulk"}
