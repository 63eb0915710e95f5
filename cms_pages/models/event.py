from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.core.paginator import Page as PaginatedPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms_pages.feeds import calendar
from cms_pages.models.content import ContentPage
from cms_pages.models.media import SiteImage
from cms_pages.visibility import public

PAGE_SIZE = 20
CALENDAR_SIZE = 200


class EventQuerySet(PageQuerySet):
    def published(self) -> Self:
        return public(self).select_related("picture").defer_streamfields()

    def to_come(self) -> Self:
        """The next first, with those that are going on."""
        return self.published().filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def over(self) -> Self:
        return self.published().filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")


class EventIndexPage(RoutablePageMixin, Page):
    """Where people meet: workshops, desks, polling places; also as a calendar."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "cms_pages/event_index.html"
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.EventPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name, verbose_name_plural = _("events"), _("events")

    @path("")
    def whole(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, context_overrides=self.lists(request.GET.get("page")))

    @path("events.ics")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        return calendar(self.events().to_come()[:CALENDAR_SIZE], request)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict:
        return super().get_preview_context(request, mode_name) | self.lists(None)

    def lists(self, number: str | None) -> dict[str, list["EventPage"] | PaginatedPage]:
        return {
            "events": list(self.events().to_come()[:PAGE_SIZE]),
            "past": Paginator(self.events().over(), PAGE_SIZE).get_page(number),
        }

    def events(self) -> EventQuerySet:
        return EventPage.objects.child_of(self)


class EventPage(RoutablePageMixin, ContentPage):
    """A workshop, a desk, a polling place: when, where, how to get in. People can sign up where there is a limit."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("workshop")
        DESK = "desk", _("help desk")
        POLLING_PLACE = "polling_place", _("polling place")
        OTHER = "other", _("event")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.WORKSHOP)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("name of the place"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    accessibility = models.TextField(
        _("accessibility"), blank=True, help_text=_("Steps, lift, hearing loop, sign language, child care.")
    )
    picture = models.ForeignKey(
        SiteImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("With a number people can sign up; who comes later waits.")
    )

    objects = PageManager.from_queryset(EventQuerySet)()

    public_fields = (
        *("kind", "starts_at", "ends_at", "place", "address", "latitude", "longitude"),
        *("accessibility", "seats", "picture"),
    )
    template = "cms_pages/event.html"
    parent_page_types = ["cms_pages.EventIndexPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])], heading=_("When")
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("accessibility"),
            ],
            heading=_("Where"),
        ),
        FieldPanel("seats"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("place"), index.SearchField("address")]

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="event_point_is_whole",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It must end after it begins.")})

    @path("")
    def whole(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path("event.ics")
    def file(self, request: HttpRequest) -> HttpResponse:
        return calendar([self], request)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | {"takes_sign_ups": self.takes_sign_ups(timezone.now())}

    def takes_sign_ups(self, at: datetime) -> bool:
        return self.seats is not None and self.live and at < self.starts_at

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        return {
            "@type": "Event",
            "name": self.title,
            "description": self.introduction,
            "startDate": self.starts_at.isoformat(),
            "endDate": self.ends_at.isoformat(),
            "inLanguage": self.locale.language_code,
            "location": {"@type": "Place", "name": self.place, "address": self.address},
            "url": self.get_full_url(request),
        }
