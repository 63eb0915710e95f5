"""A person for each role of the demo town. The password is the same for all, and no secret."""

from allauth.account.models import EmailAddress

from participation.choices import Role
from participation.models import Person, RoleAssignment

PASSWORD = "rivemont-demo-town"  # noqa: S105 - printed by the command that makes these people
CITIZEN = "citizen"
DOMAIN = "rivemont.example"


def make_people() -> list[Person]:
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
    return person
