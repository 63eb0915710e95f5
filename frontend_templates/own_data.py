"""What the sign-in and the CMS hold about a person, for their file and for the end of their account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models.functions import Lower
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms_pages.models import ContactMessage, EventSignUp
from participation.actions import erasure
from participation.exports import personal_data
from participation.models import Person


def addresses(person: Person) -> list[dict]:
    return list(EmailAddress.objects.filter(user=person).order_by("pk").values("email", "verified", "primary"))


def second_factors(person: Person) -> list[str]:
    return list(Authenticator.objects.filter(user=person).order_by("pk").values_list("type", flat=True))


def providers(person: Person) -> list[dict]:
    return list(SocialAccount.objects.filter(user=person).order_by("pk").values("provider", "uid"))


def messages(person: Person) -> list[dict]:
    """Written on pages of the town from an address that is the person's."""
    written = ContactMessage.objects.annotate(folded=Lower("email")).filter(folded__in=confirmed_addresses(person))
    return list(written.order_by("pk").values("page_title", "at", "name", "organisation", "email", "words"))


def event_sign_ups(person: Person) -> list[dict]:
    signed = EventSignUp.objects.annotate(folded=Lower("email")).filter(folded__in=confirmed_addresses(person))
    return list(signed.order_by("pk").values("event_title", "at", "name", "email", "needs"))


def confirmed_addresses(person: Person) -> list[str]:
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    return [address.lower() for address in confirmed.values_list("email", flat=True)]


def forget_sign_in(person: Person) -> None:
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()


def forget_in_cms(person: Person) -> None:
    """The settings of the workspace, and the name in its log of changes."""
    UserProfile.objects.filter(user=person).delete()
    ModelLogEntry.objects.for_instance(person).update(label=str(person.uuid))


def add_own_data() -> None:
    personal_data.SECTIONS |= {"addresses": addresses, "second_factors": second_factors, "providers": providers}
    personal_data.SECTIONS |= {"messages": messages, "event_sign_ups": event_sign_ups}
    erasure.STEPS += [forget_sign_in, forget_in_cms]
