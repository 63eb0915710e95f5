"""The inbox: what happened that concerns one, read or not, and one's answer to a decision of the moderators."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import InvalidQuery
from api.inputs import StrictSerializer, StrictText, StrictTruth
from api.pagination import Pages
from api.v1.proposal_output import said
from api.v1.votes import RefusalOutput
from api.views import EVERYWHERE, IN_LISTS
from api.writing import OwnView
from participation.actions.decisions import answer_decision
from participation.actions.mails import mark_read
from participation.choices import DecisionOnWords, NoticeKind
from participation.eligibility import refusal_to_answer
from participation.models import ModerationDecision, Notification, Proposal
from participation.models.moderation import LONGEST_ANSWER

MOST_MARKED = 100


class MarkInput(StrictSerializer):
    """`notices` are uuids; without them it is about all."""

    read = StrictTruth()
    notices = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_MARKED, required=False)


class DecisionAnswerInput(StrictSerializer):
    words = StrictText(max_length=LONGEST_ANSWER)


class MarkedOutput(serializers.Serializer):
    changed = serializers.IntegerField()


class DecisionRefusals(serializers.Serializer):
    answer = RefusalOutput(allow_null=True)


class OwnDecisionOutput(serializers.ModelSerializer):
    """What moderators decided about one's own words, why, and what one said to it."""

    kind = serializers.ChoiceField(choices=DecisionOnWords.choices)
    reason = serializers.CharField(source="because")
    refusals = serializers.SerializerMethodField()

    class Meta:
        model = ModerationDecision
        fields = ("kind", "at", "reason", "until", "undone_at", "answer", "answered_at", "refusals")
        read_only_fields = fields

    def get_refusals(self, decision: ModerationDecision) -> DecisionRefusals:
        return {"answer": said(refusal_to_answer(decision, self.context["person"]))}


class NoticeOutput(serializers.ModelSerializer):
    """What is not public any more is not named, unless it is one's own."""

    kind = serializers.ChoiceField(choices=NoticeKind.choices)
    proposal = serializers.SerializerMethodField()
    comment = serializers.SerializerMethodField()
    decision = OwnDecisionOutput(allow_null=True)

    class Meta:
        model = Notification
        fields = ("uuid", "kind", "at", "read_at", "proposal", "comment", "decision")
        read_only_fields = fields

    def get_proposal(self, notice: Notification) -> str | None:
        proposal: Proposal | None = notice.proposal or (notice.decision and notice.decision.proposal)
        return self.uuid_of(proposal)

    def get_comment(self, notice: Notification) -> str | None:
        return self.uuid_of(notice.comment or (notice.decision and notice.decision.comment))

    def uuid_of(self, subject: Any) -> str | None:
        if subject is None:
            return None
        is_own = subject.author_id == self.context["person"].pk
        return str(subject.uuid) if is_own or subject.is_public else None


class InboxView(OwnView):
    """The newest first."""

    pagination_class = Pages
    known = EVERYWHERE | IN_LISTS | {"unread"}

    @extend_schema(
        operation_id="me_inbox_list",
        responses=NoticeOutput(many=True),
        parameters=[OpenApiParameter("unread", str, enum=["true"], description="Those alone.")],
    )
    def get(self, request: Request) -> Response:
        rows = Notification.objects.filter(person=self.somebody()).order_by("-at", "-pk").with_everything()
        rows = rows.select_related("comment__proposal__budget", "comment__parent", "comment__root")
        unread = request.query_params.get("unread")
        if unread not in {None, "true"}:
            raise InvalidQuery("unread", "invalid_choice", "unread may be true.")
        pages = Pages()
        page = pages.paginate_queryset(rows.unread() if unread else rows, request)
        return pages.get_paginated_response(NoticeOutput(page, many=True, context={"person": self.somebody()}).data)

    @extend_schema(operation_id="me_inbox_mark", request=MarkInput, responses=MarkedOutput)
    def patch(self, request: Request) -> Response:
        """Marks as read, or as unread. Others' are passed over: they are not there."""
        asked, person = self.said(MarkInput), self.somebody()
        chosen = asked.get("notices")
        if chosen is not None:
            chosen = Notification.objects.filter(person=person, uuid__in=chosen).values_list("pk", flat=True)
        at = timezone.now() if asked["read"] else None
        return Response({"changed": mark_read(actor=person, notifications=chosen, at=at)})


class AnswerView(OwnView):
    """Answers once to a decision about one's own words."""

    @extend_schema(operation_id="me_inbox_answer", request=DecisionAnswerInput, responses=OwnDecisionOutput)
    def post(self, request: Request, uuid: UUID) -> Response:
        person, asked = self.somebody(), self.said(DecisionAnswerInput)
        own = Notification.objects.filter(person=person, decision__isnull=False).select_related("decision")
        decision = get_object_or_404(own, uuid=uuid).decision
        decision = answer_decision(actor=person, decision=decision, words=asked["words"], at=timezone.now())
        return Response(OwnDecisionOutput(decision, context={"person": person}).data)
