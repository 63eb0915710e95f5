"""For moderators: what was reported or waits, and what they decide. A role in one budget opens that budget alone."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import InvalidQuery
from api.inputs import StrictNumber, StrictSerializer, StrictText, StrictUuid, refuse_words
from api.pagination import Pages
from api.views import EVERYWHERE, IN_LISTS
from api.writing import OwnView
from participation.actions.decisions import LONGEST_BLOCK, Asked, ListRefused, Why, decide, decide_list, undo
from participation.choices import CommentState, DecisionOnWords, FlagReason, ProposalStatus
from participation.models import CannedReason, Comment, Flag, ModerationDecision, Proposal
from participation.models.moderation import LONGEST_REASON
from participation.refusals import ActionRefused, Refusal
from participation.standing import roles_in

MOST_DECISIONS = 50
HIDDEN, WAITS = "hidden", {CommentState.WAITING, ProposalStatus.SUBMITTED}


class DecisionInput(StrictSerializer):
    """`canned` is the slug of a reason of the list; hiding, warning and blocking need that or words of one's own."""

    do = serializers.ChoiceField(choices=DecisionOnWords.choices)
    canned = serializers.SlugRelatedField(
        slug_field="slug", queryset=CannedReason.objects.all(), required=False, allow_null=True
    )
    words = StrictText(max_length=LONGEST_REASON, allow_blank=True, required=False)
    days = StrictNumber(min_value=1, max_value=LONGEST_BLOCK, required=False, allow_null=True)


class OneOfManyInput(DecisionInput):
    """`kind` and `uuid` say what it is about."""

    kind = serializers.ChoiceField(choices=["comment", "proposal"])
    uuid = StrictUuid()


class ListInput(StrictSerializer):
    decisions = OneOfManyInput(many=True, allow_empty=False, max_length=MOST_DECISIONS)

    def validate_decisions(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({(row["kind"], row["uuid"]) for row in rows}) < len(rows):
            raise serializers.ValidationError(_("Each may be there once."), "repeated")
        return rows


class FlagRow(serializers.ModelSerializer):
    """Who told is not said."""

    reason = serializers.ChoiceField(choices=FlagReason.choices)

    class Meta:
        model = Flag
        fields = ("reason", "note", "at")
        read_only_fields = fields


class QueueRow(serializers.Serializer):
    """A comment or a proposal, with its open reports. `body` is the comment, or what and why of the proposal."""

    uuid = serializers.UUIDField()
    budget = serializers.CharField(source="budget.slug")
    proposal = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()
    language = serializers.CharField()
    author = serializers.CharField(source="author_name")
    state = serializers.SerializerMethodField()
    flags = FlagRow(source="open_flags", many=True)

    def get_proposal(self, row: Proposal | Comment) -> str:
        return str((row.proposal if isinstance(row, Comment) else row).uuid)

    def get_title(self, row: Proposal | Comment) -> str:
        return (row.proposal if isinstance(row, Comment) else row).title

    def get_body(self, row: Proposal | Comment) -> str:
        return row.body if isinstance(row, Comment) else row.what_and_why

    def get_state(self, row: Proposal | Comment) -> str:
        return row.state if isinstance(row, Comment) else row.status


class ModerationOutput(serializers.ModelSerializer):
    kind = serializers.ChoiceField(choices=DecisionOnWords.choices)
    budget = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    proposal = serializers.SlugRelatedField(slug_field="uuid", read_only=True, allow_null=True)
    comment = serializers.SlugRelatedField(slug_field="uuid", read_only=True, allow_null=True)
    canned = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)

    class Meta:
        model = ModerationDecision
        fields = (
            *("uuid", "kind", "budget", "proposal", "comment", "canned", "reason", "until", "at", "undone_at"),
            *("answer", "answered_at"),
        )
        read_only_fields = fields


class MadeOutput(serializers.Serializer):
    """In the order of what was sent."""

    decisions = ModerationOutput(many=True)


class ReasonOutput(serializers.Serializer):
    slug = serializers.CharField()
    words = serializers.CharField(source="text.words", default="")


def why_of(asked: dict[str, Any]) -> Why:
    return Why(asked.get("words", ""), asked.get("canned"), asked.get("days"))


class ModeratorView(OwnView):
    """403 for whoever moderates nothing; what is in a budget of others is not there."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "OPTIONS":
            return
        person = self.somebody()
        self.budgets = roles_in(person)
        self.is_everywhere = person.is_superuser or None in self.budgets
        if not (self.is_everywhere or self.budgets):
            raise ActionRefused(Refusal.ROLE_MISSING)

    def moderated(self, rows: QuerySet, budget: str) -> QuerySet:
        """`budget` is the way from a row to its budget."""
        return rows if self.is_everywhere else rows.filter(**{f"{budget}__in": [one for one in self.budgets if one]})

    def comments(self) -> QuerySet:
        return self.moderated(Comment.objects.select_related("author", "group", "proposal__budget"), "proposal__budget")

    def proposals(self) -> QuerySet:
        rows = Proposal.objects.exclude(status=ProposalStatus.DRAFT).select_related("author", "group", "budget")
        return self.moderated(rows, "budget")


class QueueView(ModeratorView):
    """What waits or was reported, the oldest first; with `show=hidden`, what is hidden."""

    pagination_class = Pages
    known = EVERYWHERE | IN_LISTS | {"kind", "show", "budget"}

    @extend_schema(
        operation_id="moderation_queue",
        responses=QueueRow(many=True),
        parameters=[
            OpenApiParameter("kind", str, enum=["comment", "proposal"], description="`comment` unless stated."),
            OpenApiParameter("show", str, enum=["open", "hidden"], description="`open` unless stated."),
            OpenApiParameter("budget", str, description="A budget's slug."),
        ],
    )
    def get(self, request: Request) -> Response:
        kind, show = choice_in(request, "kind", "comment", "proposal"), choice_in(request, "show", "open", "hidden")
        state = "state" if kind == "comment" else "status"
        rows = self.comments() if kind == "comment" else self.proposals()
        flags = Flag.objects.open().order_by("pk")
        is_open = Exists(flags.filter(**{kind: OuterRef("pk")})) | Q(**{f"{state}__in": sorted(WAITS)})
        rows = rows.filter(**{state: HIDDEN}) if show == "hidden" else rows.filter(is_open)
        if slug := request.query_params.get("budget"):
            rows = rows.filter(**{"proposal__budget__slug" if kind == "comment" else "budget__slug": slug})
        pages = Pages()
        rows = rows.prefetch_related(Prefetch("flags", flags, to_attr="open_flags")).order_by("pk")
        return pages.get_paginated_response(QueueRow(pages.paginate_queryset(rows, request), many=True).data)


def choice_in(request: Request, name: str, *choices: str) -> str:
    """One of them; the first unless stated."""
    asked = request.query_params.get(name, choices[0])
    if asked not in choices:
        raise InvalidQuery(name, "invalid_choice", f"{name} must be one of: {', '.join(choices)}.")
    return asked


class ReasonsView(ModeratorView):
    """The reasons that moderators give often, in the language asked for."""

    @extend_schema(operation_id="moderation_reasons", responses=ReasonOutput(many=True))
    def get(self, request: Request) -> Response:
        return Response(ReasonOutput(CannedReason.objects.with_texts(), many=True).data)


class DecisionsView(ModeratorView):
    """What was decided, the newest first, with what authors answered."""

    pagination_class = Pages
    known = EVERYWHERE | IN_LISTS

    @extend_schema(operation_id="moderation_decisions", responses=ModerationOutput(many=True))
    def get(self, request: Request) -> Response:
        rows = ModerationDecision.objects.select_related("budget", "proposal", "comment", "canned").order_by("-pk")
        pages = Pages()
        page = pages.paginate_queryset(self.moderated(rows, "budget"), request)
        return pages.get_paginated_response(ModerationOutput(page, many=True).data)

    @extend_schema(operation_id="moderation_decide", request=ListInput, responses={201: MadeOutput})
    def post(self, request: Request) -> Response:
        """Several decisions at once: all of them are made, or none."""
        rows = self.said(ListInput)["decisions"]
        found = {kind: self.named(kind, rows) for kind in ("comment", "proposal")}
        missing = [place for place, row in enumerate(rows) if row["uuid"] not in found[row["kind"]]]
        if missing:
            raise ListRefused(Refusal.NOT_YOURS, missing[0])
        asked = [Asked(DecisionOnWords(row["do"]), found[row["kind"]][row["uuid"]], why_of(row)) for row in rows]
        made = decide_list(actor=self.somebody(), asked=asked, at=timezone.now())
        return Response(MadeOutput({"decisions": made}).data, status=201)

    def named(self, kind: str, rows: list[dict[str, Any]]) -> dict[UUID, Proposal | Comment]:
        uuids = [row["uuid"] for row in rows if row["kind"] == kind]
        subjects = self.comments() if kind == "comment" else self.proposals()
        return {one.uuid: one for one in subjects.filter(uuid__in=uuids)} if uuids else {}


class UndoView(ModeratorView):
    @extend_schema(operation_id="moderation_undo", request=None, responses=ModerationOutput)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Puts back what was there before the decision."""
        refuse_words(request)
        decision = get_object_or_404(self.moderated(ModerationDecision.objects.all(), "budget"), uuid=uuid)
        undone = undo(actor=self.somebody(), decision=decision, at=timezone.now())
        return Response(ModerationOutput(undone).data)


class DecideView(ModeratorView):
    """Decides about a comment or a proposal, or about who wrote it."""

    noun = "comments"

    @extend_schema(request=DecisionInput, responses={201: ModerationOutput})
    def post(self, request: Request, uuid: UUID) -> Response:
        subject, asked = get_object_or_404(getattr(self, self.noun)(), uuid=uuid), self.said(DecisionInput)
        kind = DecisionOnWords(asked["do"])
        made = decide(actor=self.somebody(), kind=kind, subject=subject, why=why_of(asked), at=timezone.now())
        return Response(ModerationOutput(made).data, status=201)


class CommentDecideView(DecideView):
    pass


class ProposalDecideView(DecideView):
    noun = "proposals"
