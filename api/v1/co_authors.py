"""Co-authors of a proposal: inviting, answering and leaving, by the same rules as on the site."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import StrictSerializer, StrictText, StrictTruth
from api.throttles import WriteThrottle
from api.v1.comments import DiscussionView
from participation.actions.co_authors import (
    answer_invitation,
    claim_invitation,
    invitation_to,
    invite,
    leave,
    take_invitation_back,
)
from participation.models import Invitation, Proposal
from participation.refusals import ActionRefused, Refusal

LONGEST_WHOM, LONGEST_CODE = 254, 60


class InviteInput(StrictSerializer):
    whom = StrictText(max_length=LONGEST_WHOM, help_text="An e-mail address, or a display name that one person has.")

    def validate_whom(self, whom: str) -> str:
        if "@" in whom:
            try:
                validate_email(whom)
            except ValidationError as error:
                raise serializers.ValidationError(error.messages, "invalid") from None
        return whom


class CodeInput(StrictSerializer):
    code = StrictText(max_length=LONGEST_CODE, help_text="As it stands in the mail.")


class InvitationAnswerInput(StrictSerializer):
    accepted = StrictTruth()


class InvitationOutput(serializers.ModelSerializer):
    """To its inviter `whom` says who is invited; to the invited it is their own name."""

    proposal = serializers.SlugRelatedField(slug_field="uuid", read_only=True)
    title = serializers.CharField(source="proposal.title")
    inviter = serializers.CharField(source="inviter.public_name", help_text="A display name.")
    whom = serializers.CharField(source="__str__")

    class Meta:
        model = Invitation
        fields = ("uuid", "proposal", "title", "inviter", "whom", "at", "expires_at", "answered_at", "accepted")
        read_only_fields = fields


class WrittenTogetherView(DiscussionView):
    is_own = True

    def get_throttles(self) -> list[Any]:
        return [] if self.request.method in {"GET", "HEAD", "OPTIONS"} else [WriteThrottle()]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Nothing here is for a cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def written(self, uuid: UUID) -> Proposal:
        """One of which the person is author or co-author."""
        own = Proposal.objects.written_by(self.somebody()).filter(budget__status="published")
        return get_object_or_404(own.select_related("budget"), uuid=uuid)


class InvitationsOfProposalView(WrittenTogetherView):
    """The open invitations of one's own proposal."""

    @extend_schema(operation_id="invitations_of_proposal", responses=InvitationOutput(many=True))
    def get(self, request: Request, uuid: UUID) -> Response:
        proposal = self.written(uuid)
        if proposal.author_id != self.somebody().pk:
            raise ActionRefused(Refusal.NOT_YOURS)
        still_open = proposal.invitations.open_at(timezone.now()).select_related("proposal", "inviter", "person")
        return Response(InvitationOutput(still_open, many=True).data)

    @extend_schema(operation_id="invitations_create", request=InviteInput, responses={201: InvitationOutput})
    def post(self, request: Request, uuid: UUID) -> Response:
        proposal, said = self.written(uuid), self.said(InviteInput)
        asked = invite(actor=self.somebody(), proposal=proposal, whom=said["whom"], at=timezone.now())
        return Response(InvitationOutput(asked).data, status=201)


class InvitationOfProposalView(WrittenTogetherView):
    @extend_schema(operation_id="invitations_take_back", request=None, responses={204: None})
    def delete(self, request: Request, uuid: UUID, invitation: UUID) -> Response:
        """Takes an open invitation back. Once more changes nothing."""
        asked = get_object_or_404(self.written(uuid).invitations, uuid=invitation)
        take_invitation_back(actor=self.somebody(), invitation=asked, at=timezone.now())
        return Response(status=204)


class CoAuthorshipView(WrittenTogetherView):
    @extend_schema(operation_id="co_authorship_leave", request=None, responses={204: None})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """A co-author takes their name off."""
        leave(actor=self.somebody(), proposal=self.written(uuid), at=timezone.now())
        return Response(status=204)


class OwnInvitationsView(WrittenTogetherView):
    """What one is invited to and has not answered."""

    @extend_schema(operation_id="invitations_own", responses=InvitationOutput(many=True))
    def get(self, request: Request) -> Response:
        asked = Invitation.objects.to(self.somebody()).open_at(timezone.now())
        return Response(InvitationOutput(asked.select_related("proposal", "inviter", "person"), many=True).data)

    @extend_schema(operation_id="invitations_claim", request=CodeInput, responses=InvitationOutput)
    def post(self, request: Request) -> Response:
        """Makes the invitation of a mail one's own, by its code. It can be answered then."""
        asked = claim_invitation(actor=self.somebody(), code=self.said(CodeInput)["code"], at=timezone.now())
        return Response(InvitationOutput(asked).data)


class InvitationAnswerView(WrittenTogetherView):
    @extend_schema(operation_id="invitations_answer", request=InvitationAnswerInput, responses=InvitationOutput)
    def put(self, request: Request, uuid: UUID) -> Response:
        """Says yes or no. The same once more changes nothing."""
        person, said = self.somebody(), self.said(InvitationAnswerInput)
        asked = invitation_to(person, uuid)
        if asked is None:
            raise Http404
        answered = answer_invitation(actor=person, invitation=asked, accepted=said["accepted"], at=timezone.now())
        return Response(InvitationOutput(answered).data)
