"""Short links for print: made by staff for a place, counted by the day when somebody follows one."""

import secrets
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from participation.actions.records import log
from participation.eligibility import refusal_to_make_short_link
from participation.folding import cleaned
from participation.models import Budget, Person, Project, ShortLink, ShortLinkDay, Station
from participation.models.short_link import LETTERS, MOST_VISITS
from participation.refusals import ActionRefused


@transaction.atomic
def make_short_link(
    *,
    actor: Person | None,
    budget: Budget,
    place: str,
    leads_to: str,
    at: datetime,
    project: Project | None = None,
    station: Station | None = None,
    event: UUID | None = None,
) -> ShortLink:
    """A link for a place to a path of this site, without its language. One that is there already is given again.

    Refused without a place, for a path that is none of this site, and beyond 500 links.
    """
    locked = Budget.objects.select_for_update(no_key=True).get(pk=budget.pk)
    place = cleaned(place)
    if known := ShortLink.objects.filter(budget=locked, place=place, leads_to=leads_to).first():
        return known
    if refusal := refusal_to_make_short_link(locked, place, leads_to):
        raise ActionRefused(refusal)
    link = ShortLink.objects.create(
        budget=locked,
        code=unused_code(),
        leads_to=leads_to,
        place=place,
        project=project,
        station=station,
        event=event,
        made_at=at,
    )
    log(actor=actor, verb="make_short_link", subject=link, at=at, code=link.code)
    return link


def unused_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(6))
        if not ShortLink.objects.filter(code=code).exists():
            return code


@transaction.atomic
def make_station_links(*, actor: Person | None, budget: Budget, leads_to: str, at: datetime) -> list[ShortLink]:
    """One link for each station of the budget; those that are there stay."""
    return [
        make_short_link(actor=actor, budget=budget, place=station.name, leads_to=leads_to, at=at, station=station)
        for station in budget.stations.all()
    ]


@transaction.atomic
def remove_short_link(*, actor: Person | None, link: ShortLink, at: datetime) -> None:
    """With its counts. What is printed with it leads nowhere from then on."""
    log(actor=actor, verb="remove_short_link", subject=link, at=at, code=link.code)
    link.delete()


def count_visit(*, link: ShortLink, day: date) -> None:
    """One more on this day, up to a million. No word about who it was."""
    if counted(link, day):
        return
    try:
        with transaction.atomic():
            ShortLinkDay.objects.create(link=link, day=day, visits=1)
    except IntegrityError:
        counted(link, day)


def counted(link: ShortLink, day: date) -> bool:
    days = ShortLinkDay.objects.filter(link=link, day=day, visits__lt=MOST_VISITS)
    return bool(days.update(visits=F("visits") + 1))
