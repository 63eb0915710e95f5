import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.choices import CommentState
from participation.models.group import CitizenGroup
from participation.models.project import random_place
from participation.models.proposal import Proposal

LONGEST_COMMENT = 3_000
DEEPEST = 2  # a comment, a reply, and a reply to that
IN_TREE_ORDER = (Case(When(depth=DEEPEST, then="parent"), default="pk"), "depth", "pk")


def is_published() -> Q:
    """Nothing above it is hidden either."""
    published = Q(state=CommentState.PUBLISHED)
    for above in ("parent", "root"):
        published &= Q(**{f"{above}__isnull": True}) | Q(**{f"{above}__state": CommentState.PUBLISHED})
    return published


class CommentQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Those that everybody reads where the proposal is read."""
        return self.filter(is_published())

    def public(self) -> Self:
        return self.published().filter(proposal__in=Proposal.objects.public())

    def seen_by(self, person) -> Self:
        """What is published, and what the person wrote, whatever became of it."""
        return self.published() if person is None else self.filter(is_published() | Q(author=person))

    def roots(self) -> Self:
        return self.filter(parent=None)

    def newest(self) -> Self:
        return self.order_by("-posted_at", "-pk")

    def most_useful(self) -> Self:
        return self.order_by("-score", "-pk")

    def shuffled_from(self, start: float) -> Self:
        """In an order without meaning: from `start`, between 0 and 1, once around."""
        return self.order_by(Case(When(shuffle__lt=start, then=1), default=0), "shuffle", "pk")

    def in_tree_order(self) -> Self:
        return self.order_by(*IN_TREE_ORDER)

    def first_of_each_thread(self, most: int) -> Self:
        """At most so many replies of each thread, as they are read, each with how many its thread has."""
        place = Window(RowNumber(), partition_by="root", order_by=list(IN_TREE_ORDER))
        in_all = Window(Count("pk"), partition_by="root")
        return self.annotate(place=place, in_thread=in_all).filter(place__lte=most).in_tree_order()

    def to_moderate(self) -> Self:
        """Those that wait or were reported, the oldest first."""
        is_flagged = Q(flags__isnull=False, flags__settled_at=None)
        return self.filter(Q(state=CommentState.WAITING) | is_flagged).distinct().order_by("pk")

    def with_everything(self) -> Self:
        return self.select_related("author", "group", "parent__author", "parent__group")


class Comment(models.Model):
    """What somebody says about a proposal, or in reply to another comment of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments", verbose_name=_("proposal"))
    parent = models.ForeignKey(
        "self", models.CASCADE, related_name="replies", null=True, blank=True, verbose_name=_("in reply to")
    )
    root = models.ForeignKey("self", models.CASCADE, related_name="thread", null=True, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="comments",
        null=True,
        blank=True,
        verbose_name=_("author"),
        help_text=_("Nobody once the person is erased: the comment stays."),
    )
    group = models.ForeignKey(
        CitizenGroup,
        models.SET_NULL,
        related_name="comments",
        null=True,
        blank=True,
        verbose_name=_("in the name of the group"),
    )
    body = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    language = models.CharField(_("language of the words"), max_length=12)
    state = models.CharField(
        _("state"), max_length=12, choices=CommentState.choices, default=CommentState.PUBLISHED, db_index=True
    )
    hidden_from = models.CharField(max_length=12, blank=True, editable=False, help_text=_("Its state before."))
    is_official = models.BooleanField(_("official answer"), default=False)
    posted_at = models.DateTimeField(_("posted"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    up_count = models.PositiveIntegerField(_("useful"), default=0, editable=False)
    down_count = models.PositiveIntegerField(_("not useful"), default=0, editable=False)
    score = models.IntegerField(default=0, editable=False)
    shuffle = models.FloatField(default=random_place, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        indexes = [
            models.Index(fields=["proposal", "depth", "-posted_at"], name="comment_newest"),
            models.Index(fields=["proposal", "depth", "-score"], name="comment_most_useful"),
            models.Index(fields=["proposal", "depth", "shuffle"], name="comment_shuffled"),
            models.Index(fields=["author", "posted_at"], name="comment_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="comment_state_known"),
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True, depth=0)
                | Q(parent__isnull=False, root__isnull=False, depth__range=(1, DEEPEST)),
                name="comment_depth_bounded",
            ),
            models.CheckConstraint(
                condition=Q(score=F("up_count") - F("down_count")), name="comment_score_is_the_difference"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def budget(self):
        return self.proposal.budget

    @property
    def is_public(self) -> bool:
        above = [one for one in (self.parent, self.root) if one is not None]
        return self.proposal.is_public and all(one.state == CommentState.PUBLISHED for one in (self, *above))

    @property
    def author_name(self) -> str:
        """That of the group in whose name it is. Never an address: who gave no name is a citizen."""
        who = self.group or self.author
        return who.public_name if who else gettext("A citizen")


class CommentVote(models.Model):
    """One person's word on whether a comment is useful."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="votes", verbose_name=_("comment"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="comment_votes",
        null=True,
        blank=True,
        verbose_name=_("person"),
    )
    value = models.SmallIntegerField(_("value"), choices=[(1, _("useful")), (-1, _("not useful"))])
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name, verbose_name_plural = _("vote on a comment"), _("votes on comments")
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="comment_vote_once"),
            models.CheckConstraint(condition=Q(value__in=[1, -1]), name="comment_vote_up_or_down"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} {self.comment}"


def public_count() -> Subquery:
    """For annotating proposals: how many comments everybody reads, or None for none."""
    own = Comment.objects.filter(proposal=OuterRef("pk")).published().order_by()
    return Subquery(own.values("proposal").annotate(how_many=Count("pk")).values("how_many"))
