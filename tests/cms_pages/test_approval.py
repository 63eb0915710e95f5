"""What roles open in the CMS, and the second pair of eyes."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Task, Workflow
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms_pages.models import NewsIndexPage, NewsPage, OtherEyesTask
from participation.choices import Role
from participation.models import Person, RoleAssignment
from tests.factories.participation import make_budget, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def with_role(role: Role, **scope) -> Person:
    person = make_person(is_staff=True)
    RoleAssignment.objects.create(person=person, role=role, **scope)
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def groups_of(person: Person) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


@pytest.fixture
def article(home) -> NewsPage:
    index = home.add_child(instance=NewsIndexPage(title="News", slug="news", locale=home.locale))
    page = NewsPage(title="Trees", slug="trees", date="2026-03-02", locale=home.locale, live=False)
    return index.add_child(instance=page)


@pytest.mark.parametrize(
    ("role", "group"),
    [(Role.EDITOR, "Editors"), (Role.MANAGER, "Publishers"), (Role.TRANSLATOR, "Translators"), (Role.VALUATOR, None)],
)
def test_a_role_brings_its_group_and_takes_it_away(role, group):
    person = with_role(role)
    assert groups_of(person) == ({group} if group else set())
    person.roles.all().delete()
    assert groups_of(person) == set()


def test_a_role_in_one_budget_opens_no_pages():
    assert groups_of(with_role(Role.EDITOR, budget=make_budget())) == set()


def test_other_groups_of_a_person_stay():
    person = make_person(is_staff=True)
    person.groups.add(Group.objects.create(name="Printers"))
    RoleAssignment.objects.create(person=person, role=Role.EDITOR)
    assert groups_of(person) == {"Printers", "Editors"}


def test_translators_write_below_the_first_page_of_another_language_alone(home, french_home):
    translator = with_role(Role.TRANSLATOR)
    allowed = PagePermissionPolicy().instances_user_has_permission_for(translator, "publish")
    assert set(allowed.values_list("pk", flat=True)) == {french_home.pk}


def test_the_whole_site_is_under_the_approval_by_a_second_person(article):
    workflow = article.get_workflow()
    assert [type(task.specific) for task in workflow.tasks] == [OtherEyesTask]
    assert Workflow.objects.filter(active=True).count() == 1
    assert Task.objects.filter(active=True).count() == 1


def edit(person: Person, page: Page, **fields: str) -> None:
    form = {"title": page.title, "slug": page.slug, "date": "2026-03-02", "introduction": "", "body-count": 0}
    form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, **fields}
    signed_in(person).post(f"/cms/pages/{page.pk}/edit/", form)


def submit(person: Person, page: Page) -> None:
    edit(person, page, **{"action-submit": "1"})


APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def approve(person: Person, page: Page) -> None:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    signed_in(person).post(address)


def test_what_one_writes_another_approves(article):
    editor, publisher = with_role(Role.EDITOR), with_role(Role.MANAGER)
    submit(editor, article)
    article.refresh_from_db()
    assert article.current_workflow_state
    approve(editor, article)
    assert not Page.objects.get(pk=article.pk).live
    approve(publisher, article)
    assert Page.objects.get(pk=article.pk).live


def test_whoever_may_approve_is_told_by_a_mail_in_two_forms(article):
    publisher = with_role(Role.MANAGER)
    submit(with_role(Role.EDITOR), article)
    [told] = mail.outbox
    assert told.to == [publisher.email]
    assert [kind for _html, kind in told.alternatives] == ["text/html"]
    assert "Trees" in told.body


def test_whoever_approves_beside_the_form_has_changed_nothing(article):
    submit(with_role(Role.EDITOR), article)
    edit(with_role(Role.MANAGER), article, **APPROVE)
    assert Page.objects.get(pk=article.pk).live


def test_what_the_second_person_changes_needs_a_third(article):
    submit(with_role(Role.EDITOR), article)
    publisher = with_role(Role.MANAGER)
    edit(publisher, article, title="Other trees", **APPROVE)
    approve(publisher, article)
    assert not Page.objects.get(pk=article.pk).live
    approve(with_role(Role.MANAGER), article)
    article = Page.objects.get(pk=article.pk)
    assert (article.live, article.title) == (True, "Other trees")


def test_nobody_approves_what_they_submitted(article):
    publisher = with_role(Role.MANAGER)
    submit(publisher, article)
    approve(publisher, article)
    assert not Page.objects.get(pk=article.pk).live
    approve(with_role(Role.MANAGER), article)
    assert Page.objects.get(pk=article.pk).live


@pytest.mark.parametrize(
    ("role", "address", "answer"),
    [
        (Role.EDITOR, "/cms/snippets/cms_pages/siteframe/", 200),
        (Role.EDITOR, "/cms/contactmessage/", 200),
        (Role.EDITOR, "/cms/eventsignup/", 200),
        (Role.EDITOR, "/cms/redirects/", 200),
        (Role.EDITOR, "/cms/settings/cms_pages/sitelook/", 302),
        (Role.MANAGER, "/cms/settings/cms_pages/sitelook/", 302),
        (Role.VALUATOR, "/cms/contactmessage/", 302),
        (Role.TRANSLATOR, "/cms/contactmessage/", 302),
        (Role.TRANSLATOR, "/cms/redirects/", 302),
    ],
)
def test_which_screens_a_role_opens(home, role, address, answer):
    assert signed_in(with_role(role)).get(address).status_code == answer
