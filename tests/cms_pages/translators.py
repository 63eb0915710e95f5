"""A town with words to translate, and people who may translate some of them."""

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail.rich_text import RichText
from wagtail_localize.operations import translate_object

from cms_pages.models import HomePage, StandardPage
from participation.choices import Role
from participation.models import BudgetText, Person, RoleAssignment
from tests.factories.participation import make_budget, make_person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def locale_of(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def make_home(**fields) -> HomePage:
    Page.objects.filter(depth=2).delete()
    home = HomePage(**{"title": "Our town", "slug": "home", "locale": locale_of("en"), **fields})
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def make_page(home: HomePage, slug: str = "how", *, live: bool = True, **fields) -> StandardPage:
    words = "<p>Read <a href='https://example.org/'>the rules</a> of <b>{town}</b>.</p>"
    page = StandardPage(**{"title": f"Page {slug}", "slug": slug, "locale": home.locale, "live": live, **fields})
    page.body = [("heading", "Who decides?"), ("text", RichText(words))]
    home.add_child(instance=page)
    if live:
        page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def make_words(title: str = "Parks", code: str = "en") -> BudgetText:
    """Of a budget that has no others."""
    budget = make_budget()
    budget.texts.all().delete()
    return BudgetText.objects.create(identity=budget, locale=locale_of(code), title=title)


def allow_pages(group: Group, page: Page, *verbs: str) -> None:
    for verb in verbs:
        permission = Permission.objects.get(codename=f"{verb}_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def workspace_of(role: Role) -> Client:
    """Somebody with a role in the whole town, signed in."""
    person = make_person(is_staff=True)
    RoleAssignment.objects.create(person=person, role=role)
    client = Client()
    client.force_login(person)
    return client


def make_staff(role: Role | None = Role.TRANSLATOR, page: Page | None = None, *verbs: str) -> Person:
    """Somebody with a second factor and a role in the town, and of pages these rights below this one alone."""
    person = make_person(is_staff=True)
    TOTP.activate(person, SECRET)
    if role:
        RoleAssignment.objects.create(person=person, role=role)
    group = Group.objects.create(name=f"Part of {person.pk}")
    if page:
        allow_pages(group, page, *verbs)
    person.groups.set([group])
    return person


def sent(page, code: str = "fr") -> None:
    """Given to translators, by somebody who may."""

    translate_object(page, [locale_of(code)])
