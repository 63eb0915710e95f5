"""Signing up for events with a limit, and taking it back. Whoever waits moves up by themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from cms_pages.models import EventPage, EventSignUp
from participation.refusals import ActionRefused, Refusal


@dataclass(frozen=True)
class Standing:
    """How somebody stands: with a place, or as which one of those who wait, from 1."""

    sign_up: EventSignUp
    waits_as: int | None

    @property
    def has_place(self) -> bool:
        return self.waits_as is None


def sign_up(*, event: EventPage, name: str, email: str, needs: str, language: str, at: datetime) -> Standing:
    """Refused when the event takes none, and for an address that is there already."""
    if not event.takes_sign_ups(at):
        raise ActionRefused(Refusal.NO_SIGN_UPS)
    try:
        with transaction.atomic():
            made = EventSignUp.objects.create(
                event=event.translation_key,
                event_title=event.title,
                over_at=event.ends_at,
                at=at,
                name=name,
                email=email,
                needs=needs,
                language=language,
            )
    except IntegrityError:
        raise ActionRefused(Refusal.SIGNED_UP_ALREADY) from None
    return standing(event, made)


def standing(event: EventPage, made: EventSignUp) -> Standing:
    before = EventSignUp.objects.of(event).filter(pk__lt=made.pk).count()
    seats = event.seats or 0
    return Standing(made, None if before < seats else before - seats + 1)


@transaction.atomic
def cancel(*, event: EventPage, made: EventSignUp) -> EventSignUp | None:
    """Takes a sign-up back. Gives the one who got the place by it, if somebody did."""
    EventPage.objects.select_for_update(of=("self",)).get(pk=event.pk)
    seats = event.seats or 0
    order = list(EventSignUp.objects.of(event).values_list("pk", flat=True)[: seats + 1])
    if not EventSignUp.objects.filter(pk=made.pk).delete()[0]:
        return None
    moves_up = made.pk in order[:seats] and len(order) > seats
    return EventSignUp.objects.get(pk=order[seats]) if moves_up else None


def erase_sign_ups(at: datetime, kept: timedelta) -> int:
    """Of events that are over for as long."""
    return EventSignUp.objects.filter(over_at__lt=at - kept).delete()[0]
