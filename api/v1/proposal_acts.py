"""What else is done with a proposal: look for similar ones, propose it again, merge it, count sheets of paper."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import StrictNumber, StrictSerializer, StrictText, StrictUuid
from api.v1.proposal_parts import PartView
from participation.actions.merging import merge, unmerge
from participation.actions.proposals import propose_again, refuse
from participation.actions.supports import MOST_SIGNATURES, enter_sheet, remove_sheet
from participation.eligibility import leads, refusal_to_enter_sheet
from participation.models import Budget, Person, Proposal, SupportSheet
from participation.models.similar import similar_to
from participation.models.support import LONGEST_NUMBER
from participation.refusals import ActionRefused, Refusal

MOST_SIMILAR = 3


class SimilarOutput(serializers.ModelSerializer):
    class Meta:
        model = Proposal
        fields = ("uuid", "public_number", "title", "language")


class SimilarView(PartView):
    @extend_schema(operation_id="proposal_similar", responses=SimilarOutput(many=True))
    def get(self, request: Request, uuid: UUID) -> Response:
        """Public proposals of the same budget that share words of its title; three at most, the nearest first."""
        proposal, _ = self.seen(uuid)
        return Response(SimilarOutput(similar_to(proposal)[:MOST_SIMILAR], many=True).data)


class AgainInput(StrictSerializer):
    budget = serializers.SlugRelatedField(slug_field="slug", queryset=Budget.objects.public().with_phases())


class BegunOutput(serializers.ModelSerializer):
    class Meta:
        model = Proposal
        fields = ("uuid",)


class AgainView(PartView):
    @extend_schema(operation_id="proposal_again", request=AgainInput, responses={201: BegunOutput})
    def post(self, request: Request, uuid: UUID) -> Response:
        """A draft in another budget with the words of one's own proposal. Once more answers with the same draft."""
        person = self.somebody()
        proposal = get_object_or_404(Proposal.objects.of(person).select_related("envelope"), uuid=uuid)
        budget = self.said(AgainInput)["budget"]
        draft = propose_again(actor=person, proposal=proposal, budget=budget, at=timezone.now())
        return Response(BegunOutput(draft).data, status=201)


class MergeInput(StrictSerializer):
    """`into` is a published proposal of the same budget."""

    into = StrictUuid()


class MergeOutput(serializers.Serializer):
    merged_into = serializers.UUIDField(allow_null=True)


class MergeView(PartView):
    """For who leads the budget."""

    def led(self, uuid: UUID) -> tuple[Person, Proposal]:
        person, (proposal, _) = self.somebody(), self.seen(uuid)
        if not leads(person, proposal.budget):
            raise ActionRefused(Refusal.ROLE_MISSING)
        return person, proposal

    @extend_schema(operation_id="proposal_merge", request=MergeInput, responses=MergeOutput)
    def put(self, request: Request, uuid: UUID) -> Response:
        """Lets a published proposal go on in another, with its supports."""
        (person, proposal), said = self.led(uuid), self.said(MergeInput)
        into = get_object_or_404(Proposal.objects.public(), uuid=said["into"])
        merge(actor=person, proposal=proposal, into=into, at=timezone.now())
        return Response({"merged_into": str(into.uuid)})

    @extend_schema(operation_id="proposal_unmerge", request=None, responses=MergeOutput)
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Takes it back."""
        person, proposal = self.led(uuid)
        unmerge(actor=person, proposal=proposal, at=timezone.now())
        return Response({"merged_into": None})


class SheetInput(StrictSerializer):
    number = StrictText(max_length=LONGEST_NUMBER, help_text="Of the sheet: none counts twice.")
    signatures = StrictNumber(min_value=1, max_value=MOST_SIGNATURES, help_text="The valid ones.")


class SheetOutput(serializers.ModelSerializer):
    class Meta:
        model = SupportSheet
        fields = ("id", "number", "signatures", "entered_at")


class SheetPart(PartView):
    """Signatures on paper, for officers of the budget."""

    def counted(self, uuid: UUID) -> tuple[Person, Proposal]:
        person, (proposal, _) = self.somebody(), self.seen(uuid)
        refuse(refusal_to_enter_sheet(proposal, person, timezone.now()))
        return person, proposal


class SheetsView(SheetPart):
    @extend_schema(operation_id="sheets_of_proposal", responses=SheetOutput(many=True))
    def get(self, request: Request, uuid: UUID) -> Response:
        _, proposal = self.counted(uuid)
        return Response(SheetOutput(proposal.sheets.all(), many=True).data)

    @extend_schema(operation_id="sheets_enter", request=SheetInput, responses={201: SheetOutput})
    def post(self, request: Request, uuid: UUID) -> Response:
        """Counts the valid signatures of one sheet."""
        (person, proposal), said = self.counted(uuid), self.said(SheetInput)
        sheet = enter_sheet(actor=person, proposal=proposal, at=timezone.now(), **said)
        return Response(SheetOutput(sheet).data, status=201)


class SheetView(SheetPart):
    @extend_schema(operation_id="sheets_remove", responses={204: None})
    def delete(self, request: Request, uuid: UUID, number: int) -> Response:
        """Takes out a sheet that was entered wrongly, by its `id`."""
        person, proposal = self.counted(uuid)
        sheet = get_object_or_404(proposal.sheets, pk=number)
        remove_sheet(actor=person, sheet=sheet, at=timezone.now())
        return Response(status=204)
