"""What the accounts know of a person that the roll can be asked for: confirmed addresses, numbers of the register."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from participation.ballot_box.roll import bind_by_address, bind_by_claim, entry_of
from participation.models import BallotBox, Person


def confirmed_addresses(person: Person) -> list[str]:
    """The e-mail addresses that are proven to be this person's."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    return list(confirmed.order_by("pk").values_list("email", flat=True))


def register_numbers(person: Person) -> list[str]:
    """The numbers in the town's register that identity providers state for this person."""
    providers = [provider.id for provider in settings.OIDC_PROVIDERS if provider.register]
    if not providers:
        return []
    accounts = SocialAccount.objects.filter(user=person, provider__in=providers)
    return list(accounts.order_by("pk").values_list("uid", flat=True))


def bind_account(person: Person, boxes: Iterable[BallotBox]) -> None:
    """Gives the account the entries of these boxes that are its own, by a provider's word or by an address."""
    unbound = [box for box in boxes if entry_of(box, person) is None]
    if not unbound:
        return
    numbers, addresses = register_numbers(person), confirmed_addresses(person)
    for box in unbound:
        for number in numbers:
            bind_by_claim(box, person, number)
        for address in addresses:
            bind_by_address(box, person, address)
