from collections.abc import Iterator
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import Channel, ResultSource
from participation.models.ballot_box import BallotBox
from participation.models.budget import Budget
from participation.models.envelope import Envelope
from participation.models.project import Decision, Project


class CountedBallotQuerySet(models.QuerySet):
    def grouped(self) -> Iterator[tuple[str, int]]:
        """Each different content and how often it was cast, in any order: no count depends on it."""
        contents = self.order_by().values_list("content").annotate(copies=models.Count("pk"))
        return contents.iterator(chunk_size=5_000)

    def count_by_channel(self) -> Iterator[tuple[str, int]]:
        return self.order_by().values_list("channel").annotate(ballots=models.Count("pk")).iterator()


class CountedBallot(models.Model):
    """One anonymous ballot as it is counted and published. Imports fill this table; closing a ballot box will.

    `content` is canonical JSON: `{"projects":[3,5]}`, with points `{"points":[2,1],"projects":[3,5]}`; projects
    are named by their public number.
    """

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="counted_ballots")
    number = models.PositiveIntegerField()
    content = models.TextField()
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.UNKNOWN)

    objects = CountedBallotQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("counted ballot"), _("counted ballots")
        ordering = ["envelope", "number"]
        constraints = [
            models.UniqueConstraint(fields=["envelope", "number"], name="counted_ballot_number_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="counted_ballot_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id}/{self.number}"


class ResultQuerySet(models.QuerySet):
    def counted_from(self, record: models.Model) -> Self:
        """The results that a change of this record would contradict: there where it is, and there where it is to go."""
        paths = {
            Envelope: "envelope",
            BallotBox: "envelope__ballot_box",
            Project: "envelope__projects",
            Decision: "envelope__projects__decision",
        }
        places = {Project: ("envelope", "envelope_id"), Decision: ("envelope__projects", "project_id")}
        touched = models.Q(pk__in=())
        if record.pk and type(record) in paths:
            touched |= models.Q(**{paths[type(record)]: record.pk})
        if type(record) in places:
            path, key = places[type(record)]
            touched |= models.Q(**{path: getattr(record, key)})
        return self.filter(touched)

    def of_box(self, box: BallotBox) -> Self:
        return self.filter(envelope__ballot_box=box).order_by("envelope__slug")

    def with_lines(self) -> Self:
        return self.select_related("envelope").prefetch_related("lines__project__texts")

    def public(self) -> Self:
        return self.filter(published_at__isnull=False, envelope__budget__in=Budget.objects.public())


class Result(models.Model):
    """The outcome of counting one envelope. Its lines hold every project in the order it was decided.

    `rule` is the rule with its switches, `facts` the figures about the count, `rounds` those of equal shares;
    `sha256` is that of the outcome's canonical JSON: the same ballots and rule give the same hash everywhere.
    """

    envelope = models.OneToOneField(Envelope, models.CASCADE, related_name="result")
    source = models.CharField(max_length=8, choices=ResultSource.choices)
    rule = models.JSONField()
    facts = models.JSONField()
    rounds = models.JSONField(default=list)
    spent_minor = models.BigIntegerField()
    left_minor = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    counted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("result"), _("results")
        constraints = [
            models.CheckConstraint(condition=Q(source__in=ResultSource.values), name="result_source_known"),
        ]

    def __str__(self) -> str:
        return str(self.envelope)


class ResultLineQuerySet(models.QuerySet):
    def with_projects(self) -> Self:
        """With the project's words, categories and decision, and what an explanation needs of the result."""
        return self.select_related("project__decision", "result__envelope__budget").prefetch_related(
            "project__texts", "project__categories__texts"
        )


class ResultLine(models.Model):
    """What became of one project, and why: `reason` is a code, `reason_facts` the figures of its sentence.

    `added_minor` is the money that the council adds afterwards to build one that the count left out, 0 where what was
    left pays for it; None for all others.
    """

    result = models.ForeignKey(Result, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    project = models.OneToOneField(Project, models.PROTECT, related_name="result_line")
    tally = models.DecimalField(max_digits=24, decimal_places=6)
    funded = models.BooleanField()
    reason = models.CharField(max_length=40)
    reason_facts = models.JSONField(default=dict)
    added_minor = models.BigIntegerField(null=True)

    objects = ResultLineQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("result line"), _("result lines")
        ordering = ["result", "position"]
        constraints = [
            models.UniqueConstraint(fields=["result", "position"], name="result_line_position_once"),
            models.CheckConstraint(
                condition=Q(added_minor__isnull=True) | Q(funded=False, added_minor__gte=0),
                name="result_line_added_where_not_funded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.project_id}"

    @property
    def is_added(self) -> bool:
        return self.added_minor is not None

    @property
    def is_paid_for(self) -> bool:
        """By the count, or afterwards by the council."""
        return self.funded or self.is_added
