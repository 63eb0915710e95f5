"""Reminders of a vote, to everybody on its roll who agreed to such mails."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import models

from participation.choices import BoxState
from participation.models import BallotBox, Person, Reminder

BEFORE_CLOSING = timedelta(days=3)


def boxes_to_remind_of(at: datetime) -> models.QuerySet[BallotBox]:
    """Those that are open and close within three days."""
    open_now = BallotBox.objects.public().filter(state=BoxState.FROZEN, annulled_at=None, suspended=False)
    return open_now.filter(opens_at__lte=at, closes_at__gt=at, closes_at__lte=at + BEFORE_CLOSING)


def people_to_remind(box: BallotBox) -> Iterator[Person]:
    """Whoever is on the roll by an account, agreed, and was not reminded yet.

    Each is noted before they are given out: a worker that is stopped in between reminds nobody twice.
    """
    entries = box.roll.filter(barred="", account__isnull=False)
    people = Person.objects.filter(pk__in=entries.values("account"), reminders=True, is_active=True)
    waiting = people.exclude(pk__in=Reminder.objects.filter(box=box).values("person")).order_by("pk")
    for person in waiting.iterator(chunk_size=1_000):
        if Reminder.objects.get_or_create(box=box, person=person)[1]:
            yield person


def forget_reminder(box: BallotBox, person: Person) -> None:
    """The mail could not be sent: the next time may do better."""
    Reminder.objects.filter(box=box, person=person).delete()
