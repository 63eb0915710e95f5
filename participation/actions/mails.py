"""Which notifications go out by mail. A mail is claimed before it is sent, so that nobody gets one twice.

What is claimed and never settled is of unknown fate, for instance after a kill: it is not sent again, and the inbox
has it anyway.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from participation.actions.proposals import locked_person
from participation.choices import MailState
from participation.models import Notification, Person

WEEK = timedelta(days=7)


def waiting_at_once(most: int) -> list[int]:
    """The ids of notifications that each become one mail, the oldest first."""
    waiting = Notification.objects.filter(mail=MailState.WAITING, weekly=False)
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:most])


def waiting_for_a_week(at: datetime, most: int) -> list[int]:
    """The ids of people whose oldest unsent notification is a week old."""
    waiting = Notification.objects.filter(mail=MailState.WAITING, weekly=True).order_by()
    oldest = waiting.values("person").annotate(oldest=Min("at")).filter(oldest__lte=at - WEEK)
    return list(oldest.order_by("person").values_list("person", flat=True)[:most])


def claim(*, notification: int) -> bool:
    """Of several workers one gets a yes."""
    waiting = Notification.objects.filter(pk=notification, mail=MailState.WAITING)
    return bool(waiting.update(mail=MailState.SENDING))


@transaction.atomic
def claim_week(*, person: Person) -> list[int]:
    """The ids of all that waits for this person's weekly mail; none where another worker has them."""
    locked_person(person)
    waiting = Notification.objects.filter(person=person, mail=MailState.WAITING, weekly=True)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    Notification.objects.filter(pk__in=ids).update(mail=MailState.SENDING)
    return ids


def settle(*, notifications: Iterable[int], state: MailState) -> None:
    """What became of claimed ones."""
    Notification.objects.filter(pk__in=list(notifications), mail=MailState.SENDING).update(mail=state)


def mark_read(*, actor: Person, notifications: Iterable[int] | None, at: datetime | None) -> int:
    """Marks these of the person's own as read, or as unread without a moment; None stands for all."""
    own = Notification.objects.filter(person=actor)
    if notifications is not None:
        own = own.filter(pk__in=list(notifications))
    changed: int = own.filter(read_at__isnull=at is not None).update(read_at=at)
    return changed
