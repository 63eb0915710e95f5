"""The discussion of a proposal: the same rules and the same actions as on the site."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import InvalidQuery
from api.inputs import StrictNumber, StrictSerializer, StrictText, StrictTruth, StrictUuid
from api.pagination import Pages
from api.v1.comment_output import CommentOutput
from api.views import EVERYWHERE, IN_LISTS
from api.writing import WritingView
from participation.actions.comments import comment_on, edit_comment, rate_comment
from participation.actions.flags import flag
from participation.choices import FlagReason
from participation.locales import active_languages
from participation.models import CitizenGroup, Comment, Proposal
from participation.models.comment import LONGEST_COMMENT
from participation.models.moderation import LONGEST_NOTE

SEEDS = 16
SEED = {"type": "integer", "minimum": 0, "maximum": 15}
ORDERS = ("newest", "useful", "random")


class EditInput(StrictSerializer):
    body = StrictText(max_length=LONGEST_COMMENT)


class CommentInput(EditInput):
    """`key` is a UUID of the client's: the same twice makes one comment. `parent` is the comment replied to."""

    key = StrictUuid()
    parent = StrictUuid(required=False, allow_null=True)
    language = StrictText(required=False, max_length=12)
    officially = StrictTruth(required=False)
    group = StrictUuid(required=False, allow_null=True, help_text="In whose name, for its contact.")

    def validate_language(self, code: str) -> str:
        if code not in active_languages():
            raise serializers.ValidationError("There is no such locale.", "unknown_locale")
        return code


class VoteInput(StrictSerializer):
    """1 for useful, -1 for not, 0 to take that back."""

    value = StrictNumber(min_value=-1, max_value=1)


class FlagInput(StrictSerializer):
    reason = serializers.ChoiceField(choices=FlagReason.choices)
    note = StrictText(required=False, allow_blank=True, max_length=LONGEST_NOTE)


class CommentVoteOutput(serializers.Serializer):
    value = serializers.IntegerField()
    up_count = serializers.IntegerField()
    down_count = serializers.IntegerField()


class FlagOutput(serializers.Serializer):
    reason = serializers.ChoiceField(choices=FlagReason.choices)


class DiscussionView(WritingView):
    """What is read is the same for everybody, but for one's own comments."""

    def proposal(self, uuid: UUID) -> Proposal:
        rows = Proposal.objects.public().select_related("budget").prefetch_related("budget__phases")
        return get_object_or_404(rows, uuid=uuid)

    def comment(self, uuid: UUID) -> Comment:
        shown = Comment.objects.filter(proposal__in=Proposal.objects.public()).seen_by(self.person)
        shown = shown.with_everything().select_related("proposal__budget", "root")
        return get_object_or_404(shown.prefetch_related("proposal__budget__phases"), uuid=uuid)

    def shown(self, comments: Any, **options: Any) -> Any:
        context = {"person": self.person, "at": timezone.now()}
        return CommentOutput(comments, context=context, **options).data

    def own_group(self, uuid: UUID | None) -> CitizenGroup | None:
        return get_object_or_404(CitizenGroup.objects.of(self.person), uuid=uuid) if uuid else None


class CommentsView(DiscussionView):
    """Comments on a proposal, flat: each names the one it replies to. `thread` asks for one thread."""

    pagination_class = Pages
    known = EVERYWHERE | IN_LISTS | {"order", "seed", "thread"}

    @extend_schema(
        operation_id="comments_list",
        responses=CommentOutput(many=True),
        parameters=[
            OpenApiParameter("order", str, enum=ORDERS, description="`newest` unless stated."),
            OpenApiParameter("seed", SEED, description="Where random starts: 0 to 15."),
            OpenApiParameter("thread", UUID, description="The uuid of the comment that began the thread."),
        ],
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        proposal = self.proposal(uuid)
        shown = proposal.comments.seen_by(self.person).with_everything()
        shown = shown.select_related("root")
        if thread := request.query_params.get("thread"):
            shown = shown.filter(root__uuid=uuid_in(thread))
        pages = Pages()
        rows = pages.paginate_queryset(ordered(request, shown), request)
        for row in rows:
            row.proposal = proposal
        return pages.get_paginated_response(self.shown(rows, many=True))

    @extend_schema(operation_id="comments_create", request=CommentInput, responses={201: CommentOutput})
    def post(self, request: Request, uuid: UUID) -> Response:
        person, proposal, said = self.somebody(), self.proposal(uuid), self.said(CommentInput)
        parent = self.comment(said["parent"]) if said.get("parent") else None
        comment = comment_on(
            actor=person,
            proposal=proposal,
            parent=parent,
            key=said["key"],
            body=said["body"],
            language=said.get("language") or get_language(),
            officially=said.get("officially", False),
            group=self.own_group(said.get("group")),
            at=timezone.now(),
        )
        return Response(self.shown(comment), status=201)


def ordered(request: Request, comments):
    order = request.query_params.get("order", "newest")
    if order not in ORDERS:
        raise InvalidQuery("order", "invalid_choice", "order must be newest, useful or random.")
    seed = request.query_params.get("seed", "0")
    if not (seed.isascii() and seed.isdigit() and len(seed) < 4 and int(seed) < SEEDS):
        raise InvalidQuery("seed", "out_of_range", "seed must be a whole number from 0 to 15.")
    if order == "random":
        return comments.shuffled_from(int(seed) / SEEDS)
    return comments.most_useful() if order == "useful" else comments.newest()


def uuid_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidQuery("thread", "invalid", "thread must be a UUID.") from None


class CommentView(DiscussionView):
    """One comment; its author changes it for 15 minutes."""

    @extend_schema(operation_id="comments_retrieve", responses=CommentOutput)
    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(self.shown(self.comment(uuid)))

    @extend_schema(operation_id="comments_change", request=EditInput, responses=CommentOutput)
    def patch(self, request: Request, uuid: UUID) -> Response:
        person, comment, said = self.somebody(), self.comment(uuid), self.said(EditInput)
        changed = edit_comment(actor=person, comment=comment, body=said["body"], at=timezone.now())
        return Response(self.shown(changed))


class CommentVoteView(DiscussionView):
    @extend_schema(operation_id="comments_vote", request=VoteInput, responses=CommentVoteOutput)
    def put(self, request: Request, uuid: UUID) -> Response:
        person, comment, said = self.somebody(), self.comment(uuid), self.said(VoteInput)
        rate_comment(actor=person, comment=comment, value=said["value"], at=timezone.now())
        comment.refresh_from_db()
        return Response({"value": said["value"], "up_count": comment.up_count, "down_count": comment.down_count})


class FlagView(DiscussionView):
    """Reports a comment, or a proposal, to the moderators; once per person."""

    noun = "comment"

    @extend_schema(request=FlagInput, responses={201: FlagOutput})
    def post(self, request: Request, uuid: UUID) -> Response:
        person, subject, said = self.somebody(), getattr(self, self.noun)(uuid), self.said(FlagInput)
        reason = FlagReason(said["reason"])
        flag(actor=person, subject=subject, reason=reason, note=said.get("note", ""), at=timezone.now())
        return Response({"reason": reason.value}, status=201)


class CommentFlagView(FlagView):
    pass


class ProposalFlagView(FlagView):
    noun = "proposal"
