import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.models.ballot_box import BallotBox
from participation.models.budget import Budget


class Station(models.Model):
    """A place where people vote on paper. Its name and address are proper names and are not translated."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="stations", verbose_name=_("budget"))
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300)
    hours = models.CharField(_("opening hours"), max_length=300)
    accessibility = models.CharField(_("accessibility"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("station"), _("stations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["budget", "name"], name="station_name_once")]

    def __str__(self) -> str:
        return self.name


class OfficerPassQuerySet(models.QuerySet):
    def valid_at(self, at: datetime) -> Self:
        return self.filter(valid_from__lte=at, valid_until__gt=at)


class OfficerPass(models.Model):
    """An officer's hours at a station: within them, and only then, they mark who voted on paper there."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="passes", verbose_name=_("station"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="passes", verbose_name=_("officer")
    )
    valid_from = models.DateTimeField(_("from"))
    valid_until = models.DateTimeField(_("until"))

    objects = OfficerPassQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("pass of an officer"), _("passes of officers")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="pass_ends_after_it_begins",
                violation_error_message=_("A pass must end after it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.station}"


class PaperCount(models.Model):
    """What a station's urn held for one ballot box: `marks` are the people marked on the roll there."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="counts", verbose_name=_("station"))
    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="paper_counts", verbose_name=_("ballot box"))
    marks = models.PositiveIntegerField(_("people marked on the roll"), default=0)
    blank = models.PositiveIntegerField(_("blank papers"), default=0)
    spoilt = models.PositiveIntegerField(_("spoilt papers"), default=0)
    difference_explained = models.TextField(_("explanation of a difference"), blank=True)
    stays_unexplained = models.BooleanField(
        _("nobody can explain the difference"),
        default=False,
        help_text=_("The result then says whether it could have changed a winner."),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("count of a station"), _("counts of stations")
        constraints = [models.UniqueConstraint(fields=["station", "box"], name="paper_count_once")]

    def __str__(self) -> str:
        return f"{self.station}: {self.box}"

    @property
    def valid(self) -> int:
        """Papers of the station's urn that were keyed."""
        return KeyedPaper.objects.filter(batch__box=self.box, batch__station=self.station, is_second=False).count()

    @property
    def difference(self) -> int:
        """Papers of the urn less people marked there; 0 is as it must be."""
        return self.valid + self.blank + self.spoilt - self.marks


class PaperBatch(models.Model):
    """A pack of papers of one station, keyed twice by two people and signed when both agree."""

    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="batches", verbose_name=_("ballot box"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="batches", verbose_name=_("station"))
    number = models.PositiveIntegerField(_("number"))
    papers = models.PositiveIntegerField(_("papers"), validators=[MinValueValidator(1)])
    first_keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    second_keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(_("signed"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("batch of papers"), _("batches of papers")
        ordering = ["box", "number"]
        constraints = [
            models.UniqueConstraint(fields=["box", "number"], name="batch_number_once"),
            models.CheckConstraint(
                condition=Q(second_keyed_by__isnull=True) | ~Q(second_keyed_by=F("first_keyed_by")),
                name="batch_keyed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.number}"


class KeyedPaper(models.Model):
    """One paper as one of two people read it: `content` is the content of a ballot."""

    batch = models.ForeignKey(PaperBatch, models.CASCADE, related_name="keyed")
    is_second = models.BooleanField()
    number = models.PositiveIntegerField()
    content = models.TextField()

    class Meta:
        verbose_name, verbose_name_plural = _("keyed paper"), _("keyed papers")
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "is_second", "number"], name="keyed_paper_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"
