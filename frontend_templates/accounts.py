from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from participation.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up opens with the citizens' part; until then accounts are made by the administration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display_name(person: Person) -> str:
    return person.get_full_name()


def confirmed_addresses(person: Person) -> list[str]:
    """The e-mail addresses that are proven to be this person's."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    return list(confirmed.order_by("pk").values_list("email", flat=True))
