import random
from typing import Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from participation.choices import DecisionKind
from participation.models.budget import Budget
from participation.models.category import Category
from participation.models.envelope import Envelope
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale


def random_place() -> float:
    return random.random()  # noqa: S311 - a place in a shuffled list, no secret


class ProjectQuerySet(IdentityQuerySet):
    def public(self) -> Self:
        return self.filter(budget__in=Budget.objects.public())

    def in_envelope(self, envelope: Envelope) -> Self:
        return self.filter(envelope=envelope)

    def in_recorded_order(self) -> Self:
        return self.order_by("envelope_id", "recorded_order", "public_number")

    def with_words(self, query: str) -> Self:
        """Those whose title or description holds every word of the query, in whatever language."""
        found = self
        for word in query.split():
            texts = ProjectText.objects.filter(Q(title__icontains=word) | Q(description__icontains=word))
            found = found.filter(pk__in=texts.values("identity"))
        return found if query.split() else self.none()

    def shuffled_from(self, start: float) -> Self:
        """In an order without meaning: from `start`, between 0 and 1, once around."""
        comes_later = Case(When(shuffle__lt=start, then=1), default=0)
        return self.order_by(comes_later, "shuffle", "pk")

    def with_decisions(self) -> Self:
        return self.select_related("decision")

    def with_categories(self) -> Self:
        return self.prefetch_related("categories__texts")


class Project(Identity):
    """A costed line on the ballot. `public_number` is what people, ballots and files call it."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="projects", verbose_name=_("budget"))
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="projects", verbose_name=_("envelope"))
    public_number = models.PositiveIntegerField(_("public number"))
    imported_id = models.CharField(
        max_length=120, blank=True, editable=False, help_text=_("Its id in an imported file, where it is no number.")
    )
    imported_selected = models.PositiveSmallIntegerField(
        null=True,
        editable=False,
        help_text=_("An imported file's word: 1 for funded, 2 and 3 beside the rule."),
    )
    cost_minor = models.BigIntegerField(_("cost"), help_text=_("In minor units (cents)."))
    recorded_order = models.PositiveIntegerField(
        _("recorded order"), default=0, help_text=_("Its place among projects with equal votes.")
    )
    exclusive_group = models.CharField(
        _("exclusive group"),
        max_length=60,
        blank=True,
        help_text=_("Of the projects with the same word here, only the first by rank is funded."),
    )
    address = models.CharField(_("place"), max_length=300, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    categories = models.ManyToManyField(Category, related_name="projects", blank=True, verbose_name=_("categories"))
    shuffle = models.FloatField(default=random_place, db_index=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("project"), _("projects")
        constraints = [
            models.UniqueConstraint(fields=["budget", "public_number"], name="project_public_number_once"),
            models.UniqueConstraint(
                fields=["envelope", "imported_id"], condition=~Q(imported_id=""), name="project_imported_id_once"
            ),
            models.CheckConstraint(condition=Q(cost_minor__gte=0), name="project_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="project_place_on_earth",
            ),
        ]

    @property
    def is_funded(self) -> bool | None:
        """Whether the published count or the council funded it; None before that.

        Load `result_line` and `envelope__result` too.
        """
        line = getattr(self, "result_line", None)
        return line.is_paid_for if line and self.envelope.has_public_result else None

    @property
    def pabulib_id(self) -> str:
        return self.imported_id or str(self.public_number)


class ProjectText(Text):
    identity = models.ForeignKey(Project, models.CASCADE, related_name="texts", verbose_name=_("project"))
    title = models.CharField(_("title"), max_length=1000)
    description = models.TextField(_("description"), blank=True)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("project text"), _("project texts")
        constraints = [one_text_per_locale("project")]

    def __str__(self) -> str:
        return self.title


class Decision(Identity):
    """An official decision about a project after the vote, shown with its reason beside the result."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="decision", verbose_name=_("project"))
    kind = models.CharField(_("decision"), max_length=12, choices=DecisionKind.choices)
    decided_on = models.DateField(_("decided on"))
    rank = models.PositiveIntegerField(
        _("rank"), default=0, help_text=_("Kept projects are funded first, in the order of their ranks.")
    )

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        ordering = ["rank", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_known")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.project.public_number}"


class DecisionText(Text):
    identity = models.ForeignKey(Decision, models.CASCADE, related_name="texts", verbose_name=_("decision"))
    reason = models.TextField(_("reason"))

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("decision text"), _("decision texts")
        constraints = [one_text_per_locale("decision")]

    def __str__(self) -> str:
        return self.reason
