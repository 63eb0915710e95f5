"""The address that ends all mails of notifications, without signing in. It is signed, and lasts."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from participation.models import Person

signer = Signer(salt="no more mails", sep=".")


def unsubscribe_address(person: Person) -> str:
    return settings.SITE_ADDRESS + reverse("unsubscribe", args=[signer.sign(person.uuid.hex)])


def person_named(token: str) -> Person | None:
    try:
        return Person.objects.filter(uuid=signer.unsign(token)).first()
    except BadSignature:
        return None
