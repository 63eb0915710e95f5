"""A person for each role of the demo town. The password is the same for all, and no secret."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from cms_pages.models import HomePage
from participation.choices import Role
from participation.models import Person, RoleAssignment

PASSWORD = "rivemont-demo-town"  # noqa: S105 - printed by the command that makes these people
CITIZEN = "citizen"
DOMAIN = "rivemont.example"
WAGTAIL_GROUPS = {Role.EDITOR: "Editors", Role.TRANSLATOR: "Translators", Role.MANAGER: "Moderators"}


def make_people() -> list[Person]:
    Group.objects.get_or_create(name=WAGTAIL_GROUPS[Role.TRANSLATOR])
    return [make_person(CITIZEN, None), *(make_person(role.value, role) for role in Role)]


def make_person(name: str, role: Role | None) -> Person:
    is_administrator = role == Role.ADMINISTRATOR
    person = Person.objects.create_user(
        f"{name}@{DOMAIN}",
        PASSWORD,
        display_name=name.capitalize(),
        is_staff=role is not None,
        is_superuser=is_administrator,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if role:
        RoleAssignment.objects.create(person=person, role=role)
    if group := WAGTAIL_GROUPS.get(role):
        person.groups.add(Group.objects.get(name=group))
    return person


def give_translators_their_part() -> None:
    """The French site."""
    group = Group.objects.get(name=WAGTAIL_GROUPS[Role.TRANSLATOR])
    for home in HomePage.objects.filter(locale__language_code="fr"):
        for permission in Permission.objects.filter(codename__in=["add_page", "change_page", "publish_page"]):
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
