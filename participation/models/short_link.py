import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.models.budget import Budget
from participation.models.paper import Station
from participation.models.project import Project

# Without 0, 1, i, l, o and u: nobody mistakes one for another, and no code is a word.
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
CODE = rf"^[{LETTERS}]{{6}}\Z"
SEGMENT = "[A-Za-z0-9_~%-][A-Za-z0-9_.~%-]*"
# A path on this very site: no host, no scheme, no way up.
INSIDE = rf"^/({SEGMENT}/)*({SEGMENT})?([?][A-Za-z0-9_.~%=&+-]*)?\Z"
LONGEST_TARGET, LONGEST_PLACE = 300, 200
MOST_VISITS = 1_000_000


def is_inside(target: str) -> bool:
    return len(target) <= LONGEST_TARGET and re.match(INSIDE, target) is not None


class ShortLink(models.Model):
    """A short address for what is printed and hung up at one place: `/s/<code>` leads to a page of this site.

    `leads_to` is a path without its language, so that every reader gets their own. `event` is the translation key of
    an event's page, the same in all languages.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="short_links", verbose_name=_("budget"))
    code = models.CharField(_("code"), max_length=6, unique=True, editable=False)
    leads_to = models.CharField(_("leads to"), max_length=LONGEST_TARGET)
    place = models.CharField(_("place"), max_length=LONGEST_PLACE, help_text=_("Where it hangs or is handed out."))
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="short_links")
    station = models.ForeignKey(Station, models.SET_NULL, null=True, blank=True, related_name="short_links")
    event = models.UUIDField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("short link"), _("short links")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "place", "leads_to"], name="short_link_once"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="short_link_code_is_plain"),
            models.CheckConstraint(condition=Q(leads_to__regex=INSIDE), name="short_link_stays_inside"),
            models.CheckConstraint(condition=~Q(place=""), name="short_link_names_its_place"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def address(self) -> str:
        return f"/s/{self.code}"


class ShortLinkDay(models.Model):
    """How often a short link was followed on one day. Nothing is known of who followed it."""

    link = models.ForeignKey(ShortLink, models.CASCADE, related_name="days", verbose_name=_("short link"))
    day = models.DateField(_("day"))
    visits = models.PositiveIntegerField(_("visits"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("visits of a short link"), _("visits of short links")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["link", "day"], name="short_link_day_once"),
            models.CheckConstraint(condition=Q(visits__range=(0, MOST_VISITS)), name="short_link_visits_bounded"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.visits}"
