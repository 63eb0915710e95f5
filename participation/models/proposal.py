import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.choices import OPEN_TO_ALL, CostBand, CostKind, ProposalStatus
from participation.folding import folded
from participation.models.budget import Budget
from participation.models.category import Category, CategoryText
from participation.models.envelope import Envelope
from participation.models.group import CitizenGroup
from participation.models.project import random_place
from participation.models.texts import known

LONGEST_TITLE, LONGEST_TEXT, LONGEST_PLACE, LONGEST_KEY = 150, 5_000, 300, 100

# Said as a comparison: SQLite reads no index for a bare truth.
LISTED = {"is_listed__in": [True]}


def words_of(query: str) -> list[str]:
    """Each word once, folded."""
    return list(dict.fromkeys(folded(query).split()))


class ProposalQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(Exists(Budget.objects.public().filter(pk=OuterRef("budget"))), **LISTED)

    def in_envelope(self, envelope: Envelope) -> Self:
        return self.filter(envelope=envelope)

    def of(self, person) -> Self:
        return self.filter(author=person)

    def written_by(self, person) -> Self:
        """Those of which the person is author or co-author."""
        own = self.model.objects.filter(co_authors__person=person)
        return self.filter(Q(author=person) | Q(pk__in=own.values("pk")))

    def waiting(self) -> Self:
        return self.filter(status=ProposalStatus.SUBMITTED).order_by("submitted_at", "pk")

    def reported(self) -> Self:
        """Those with reports about which nobody has decided, the oldest first."""
        return self.filter(flags__isnull=False, flags__settled_at=None).distinct().order_by("pk")

    def with_words(self, query: str) -> Self:
        """Those that hold every word of the query, whatever their accents and letter case; all for no words."""
        found = self
        for word in words_of(query):
            found = found.filter(searched__words__holds=word)
        return found

    def shuffled_from(self, start: float) -> Self:
        """In an order without meaning: from `start`, between 0 and 1, once around."""
        comes_later = Case(When(shuffle__lt=start, then=1), default=0)
        return self.order_by(comes_later, "shuffle", "pk")

    def with_co_authors(self) -> Self:
        """In one more query: what `is_written_by` and the names of co-authors ask."""
        co_authors = self.model._meta.get_field("co_authors").related_model.objects.select_related("person")
        return self.prefetch_related(models.Prefetch("co_authors", co_authors))

    def with_everything(self) -> Self:
        """All that a card, a row or an answer of the API shows, at a fixed number of queries."""
        related = ("budget", "author", "group", "envelope__district", "merged_into")
        return self.select_related(*related).prefetch_related("categories__texts", "envelope__texts", "photos")


class ProposalWords(models.Model):
    """What the author wrote. A proposal holds the words of today, its versions those of each day they changed."""

    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    what_and_why = models.TextField(_("what and why"), max_length=LONGEST_TEXT, blank=True)
    who_benefits = models.TextField(_("who benefits"), max_length=LONGEST_TEXT, blank=True)
    address = models.CharField(_("place"), max_length=LONGEST_PLACE, blank=True)
    language = models.CharField(_("language of the words"), max_length=12)

    class Meta:
        abstract = True


WORDS = ("title", "what_and_why", "who_benefits", "address", "language")


class Proposal(ProposalWords):
    """What a citizen hands in. It gets its public number when it is handed in; a draft has none and is its author's."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="proposals", verbose_name=_("budget"))
    public_number = models.PositiveIntegerField(_("public number"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="proposals",
        null=True,
        blank=True,
        verbose_name=_("author"),
    )
    group = models.ForeignKey(
        CitizenGroup,
        models.SET_NULL,
        related_name="proposals",
        null=True,
        blank=True,
        verbose_name=_("in the name of the group"),
    )
    status = models.CharField(_("status"), max_length=12, choices=ProposalStatus.choices, default=ProposalStatus.DRAFT)
    hidden_from = models.CharField(max_length=12, blank=True, editable=False, help_text=_("Its status before."))
    hidden_because = models.TextField(_("why it is hidden"), blank=True)
    envelope = models.ForeignKey(
        Envelope, models.PROTECT, related_name="proposals", null=True, blank=True, verbose_name=_("envelope")
    )
    categories = models.ManyToManyField(Category, related_name="proposals", blank=True, verbose_name=_("categories"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    whole_area = models.BooleanField(_("about the whole district or town"), default=False)
    cost_band = models.CharField(
        _("rough cost"), max_length=12, blank=True, choices=CostBand.choices, help_text=_("Empty where it is unknown.")
    )
    cost_minor = models.BigIntegerField(_("cost"), null=True, blank=True, help_text=_("In minor units (cents)."))
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    saved_at = models.DateTimeField(_("last changed"), default=timezone.now)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    again_from = models.ForeignKey(
        "self", models.SET_NULL, related_name="copies", null=True, blank=True, verbose_name=_("copied from")
    )
    merged_into = models.ForeignKey(
        "self", models.RESTRICT, related_name="merged_from", null=True, blank=True, verbose_name=_("merged into")
    )
    support_count = models.PositiveIntegerField(_("supports"), default=0, editable=False)
    imported_ref = models.CharField(max_length=80, blank=True, editable=False, help_text=_("Its reference elsewhere."))
    sort_key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)
    shuffle = models.FloatField(default=random_place, editable=False)
    is_listed = models.GeneratedField(
        expression=Q(status__in=sorted(OPEN_TO_ALL), published_at__isnull=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("proposal"), _("proposals")
        # One for each order of a list, in one budget and in all; the others are for filters that leave few.
        indexes = [
            models.Index(fields=["budget", "is_listed", "-published_at", "-id"], name="proposal_newest"),
            models.Index(fields=["budget", "is_listed", "-support_count", "id"], name="proposal_most_supported"),
            models.Index(fields=["budget", "is_listed", "sort_key", "id"], name="proposal_by_title"),
            models.Index(fields=["budget", "is_listed", "shuffle", "id"], name="proposal_shuffled"),
            models.Index(fields=["is_listed", "-published_at", "-id"], name="proposal_newest_of_all"),
            models.Index(fields=["is_listed", "-support_count", "id"], name="proposal_supported_of_all"),
            models.Index(fields=["is_listed", "sort_key", "id"], name="proposal_by_title_of_all"),
            models.Index(fields=["is_listed", "shuffle", "id"], name="proposal_shuffled_of_all"),
            models.Index(fields=["budget", "is_listed", "status"], name="proposal_by_status"),
            models.Index(fields=["budget", "cost_band"], name="proposal_by_cost"),
            models.Index(fields=["latitude", "longitude"], name="proposal_by_place"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["budget", "public_number"], name="proposal_public_number_once"),
            models.UniqueConstraint(
                fields=["budget", "imported_ref"], condition=~Q(imported_ref=""), name="proposal_imported_once"
            ),
            models.CheckConstraint(condition=Q(status__in=ProposalStatus.values), name="proposal_status_known"),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.DRAFT, public_number__isnull=True, submitted_at__isnull=True)
                | Q(public_number__isnull=False, submitted_at__isnull=False)
                & ~Q(status=ProposalStatus.DRAFT)
                & ~Q(title=""),
                name="proposal_number_once_handed_in",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="proposal_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.HIDDEN) | ~Q(hidden_because="") & ~Q(hidden_from=""),
                name="proposal_hidden_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(cost_band__in=["", *CostBand.values])
                & (Q(cost_minor__isnull=True) | Q(cost_minor__gt=0) & ~Q(cost_band="")),
                name="proposal_cost_known_or_not",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="proposal_place_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(whole_area=False) | Q(address="", latitude__isnull=True),
                name="proposal_place_said_once",
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.MERGED, merged_into__isnull=False)
                | ~Q(status=ProposalStatus.MERGED)
                & (Q(merged_into__isnull=True) | Q(status=ProposalStatus.HIDDEN, hidden_from=ProposalStatus.MERGED)),
                name="proposal_merged_leads_on",
            ),
        ]

    def __str__(self) -> str:
        return self.title or gettext("A proposal without a title")

    @property
    def text(self) -> Self:
        """A proposal has one text, in the language of its author: where other nouns are asked for theirs, itself."""
        return self

    @property
    def spoken(self) -> str:
        return self.language

    @property
    def is_public(self) -> bool:
        return self.status in OPEN_TO_ALL and self.published_at is not None and self.budget.is_public

    def is_written_by(self, person) -> bool:
        """Whether the person is its author or a co-author. Load `co_authors` where many are asked."""
        if person is None:
            return False
        if self.author_id == person.pk:
            return True
        return self.pk is not None and any(one.person_id == person.pk for one in self.co_authors.all())

    def is_seen_by(self, person, *, moderates: bool) -> bool:
        """A draft is its authors' alone; whatever is handed in, moderators see too."""
        if self.is_written_by(person):
            return True
        return self.is_public or (moderates and self.status != ProposalStatus.DRAFT)

    def versions_seen_by(self, person, *, moderates: bool) -> models.QuerySet:
        """All for its authors and moderators; for others those that were public, where the budget shows them."""
        if moderates or self.is_written_by(person):
            return self.versions.all()
        return self.versions.filter(was_public=True) if self.budget.shows_versions else self.versions.none()

    @property
    def cost_kind(self) -> CostKind:
        if self.cost_minor is not None:
            return CostKind.EXACT
        return CostKind.BAND if self.cost_band else CostKind.UNKNOWN

    @property
    def author_name(self) -> str:
        """That of the group in whose name it is. Never an address: who gave no name is a citizen."""
        # Translators: stands where the author of a proposal gave no name.
        who = self.group or self.author
        return who.public_name if who else gettext("A citizen")

    @property
    def co_author_names(self) -> list[str]:
        """As others see them. Load `co_authors__person` with a list."""
        return [one.person.public_name for one in self.co_authors.all()]

    @property
    def has_place(self) -> bool:
        return self.whole_area or bool(self.address) or self.latitude is not None

    @property
    def is_complete(self) -> bool:
        """Whether it can be handed in. Cost and photo may be missing."""
        return bool(self.title and self.what_and_why and self.has_place)

    @property
    def cover(self):
        """Its first photo: from a list's annotation, where there is one, else from the photos."""
        if not hasattr(self, "first_photo"):
            return next(iter(self.photos.all()), None)
        return self.first_photo and {**self.first_photo, "uuid": uuid.UUID(self.first_photo["uuid"])}

    @property
    def shown_supports(self) -> int | None:
        return self.support_count if self.budget.shows_supports else None


def give_categories(proposals: list[Proposal]) -> None:
    """Their categories with all words, in one query for a whole list."""
    texts = CategoryText.objects.filter(identity__proposals__in=[proposal.pk for proposal in proposals])
    of_each: dict[int, dict[int, tuple[Category, list]]] = {proposal.pk: {} for proposal in proposals}
    rows = texts.annotate(proposal_id=F("identity__proposals")).select_related("identity", "locale")
    for text in rows.order_by("identity__slug", "pk"):
        if text.proposal_id in of_each:
            of_each[text.proposal_id].setdefault(text.identity_id, (text.identity, []))[1].append(text)
    for proposal in proposals:
        named = [known(category, "texts", words) for category, words in of_each[proposal.pk].values()]
        known(proposal, "categories", named)


class ProposalVersion(ProposalWords):
    """The words of a proposal from a moment on, until the next version."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions", verbose_name=_("proposal"))
    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    was_public = models.BooleanField(
        default=False, editable=False, help_text=_("What nobody but moderators ever saw is no part of the history.")
    )

    files = models.JSONField(
        default=list, editable=False, help_text=_("Its photos and documents then: kind, id and words of each.")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("version of a proposal"), _("versions of proposals")
        ordering = ["proposal", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"
