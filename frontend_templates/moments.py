"""Sign-in leaves no moment in the database: it could be set beside ballots. Nor are a provider's claims kept.

The models are of a package that writes `last_used_at` and `last_login` whenever somebody signs in.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Model
from django.db.models.signals import pre_save
from django.utils import timezone


def day_of(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def keep_no_moment(sender: type[Model], instance: Authenticator, **more: object) -> None:
    """When a second factor was set up is kept by the day, when it was used not at all."""
    instance.last_used_at = None
    instance.created_at = day_of(instance.created_at)


def keep_no_claims(sender: type[Model], instance: SocialAccount, **more: object) -> None:
    instance.extra_data = {}


def day_of_joining(account: SocialAccount, add: bool) -> datetime:
    """In place of the moment of each saving: the day on which the two accounts were joined."""
    account.date_joined = account.last_login = day_of(account.date_joined or timezone.now())
    return account.date_joined


def forget_moments() -> None:
    pre_save.connect(keep_no_moment, sender=Authenticator)
    pre_save.connect(keep_no_claims, sender=SocialAccount)
    for name in ("date_joined", "last_login"):
        SocialAccount._meta.get_field(name).pre_save = day_of_joining
