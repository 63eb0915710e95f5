"""A proposal as everybody reads it, with what the reader may do with it and why not."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from api.fields import Money, money
from api.v1.group_output import GroupOutput
from api.v1.projects import CategoryOutput
from api.v1.votes import RefusalOutput
from participation.choices import CostBand, CostKind, ProposalStatus
from participation.eligibility import (
    refusal_to_discard,
    refusal_to_discuss,
    refusal_to_edit,
    refusal_to_flag,
    refusal_to_invite,
    refusal_to_leave,
    refusal_to_submit,
    refusal_to_support,
    refusal_to_withdraw,
)
from participation.models import Proposal, ProposalDocument, ProposalPhoto
from participation.refusals import Refusal
from participation.standing import NOBODY, Standing, Voice


def refusal_to_comment(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """By what is known without counting what the person did in this hour."""
    return refusal_to_discuss(proposal, Voice(standing.person, moderates=standing.moderates), at)


def refusal_to_report(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    return refusal_to_flag(proposal, Voice(standing.person), at)


VERBS = {
    "edit": refusal_to_edit,
    "submit": refusal_to_submit,
    "discard": refusal_to_discard,
    "withdraw": refusal_to_withdraw,
    "support": refusal_to_support,
    "comment": refusal_to_comment,
    "flag": refusal_to_report,
    "invite": refusal_to_invite,
    "leave": refusal_to_leave,
}


class ProposalRefusals(serializers.Serializer):
    """Why a thing cannot be done now by who asks; null where it can."""

    edit = RefusalOutput(allow_null=True)
    submit = RefusalOutput(allow_null=True)
    discard = RefusalOutput(allow_null=True)
    withdraw = RefusalOutput(allow_null=True)
    support = RefusalOutput(allow_null=True)
    comment = RefusalOutput(allow_null=True)
    flag = RefusalOutput(allow_null=True)
    invite = RefusalOutput(allow_null=True)
    leave = RefusalOutput(allow_null=True)


class CostOutput(serializers.Serializer):
    """What the author thinks it costs. An exact amount has its band too."""

    kind = serializers.ChoiceField(choices=CostKind.choices)
    band = serializers.ChoiceField(choices=CostBand.choices, allow_null=True)
    exact = Money(allow_null=True)


class PhotoOutput(serializers.ModelSerializer):
    large = serializers.SerializerMethodField()
    small = serializers.SerializerMethodField()

    class Meta:
        model = ProposalPhoto
        fields = ("uuid", "alt", "width", "height", "large", "small")

    def get_large(self, photo: ProposalPhoto) -> str:
        return self.address_of(photo, "large")

    def get_small(self, photo: ProposalPhoto) -> str:
        return self.address_of(photo, "small")

    def address_of(self, photo: ProposalPhoto, size: str) -> str:
        where = reverse("proposal_photo", args=[photo.proposal.budget.slug, photo.uuid, size])
        return self.context["request"].build_absolute_uri(where)


class DocumentOutput(serializers.ModelSerializer):
    """A PDF. `file` is the address of the bytes, which come as an attachment."""

    file = serializers.SerializerMethodField()

    class Meta:
        model = ProposalDocument
        fields = ("uuid", "title", "pages", "size", "file")

    def get_file(self, document: ProposalDocument) -> str:
        where = reverse("proposal_document", args=[document.proposal.budget.slug, document.uuid])
        return self.context["request"].build_absolute_uri(where)


class ProposalOutput(serializers.ModelSerializer):
    """What a citizen hands in. The words are in the language of their author."""

    budget = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    status = serializers.ChoiceField(choices=ProposalStatus.choices)
    author = serializers.CharField(source="author_name", help_text="A display name.")
    group = GroupOutput(allow_null=True)
    co_authors = serializers.ListField(
        child=serializers.CharField(), source="co_author_names", help_text="Display names."
    )
    envelope = serializers.SlugRelatedField(slug_field="uuid", read_only=True, allow_null=True)
    categories = CategoryOutput(many=True)
    cost = serializers.SerializerMethodField()
    photos = PhotoOutput(many=True)
    documents = DocumentOutput(many=True)
    merged_into = serializers.SlugRelatedField(
        slug_field="uuid", read_only=True, allow_null=True, help_text="Where a merged one went on."
    )
    support_count = serializers.IntegerField(
        source="shown_supports", allow_null=True, help_text="Null where the budget does not show it."
    )
    supported = serializers.SerializerMethodField(help_text="Whether who asks supports it; null for nobody.")
    refusals = serializers.SerializerMethodField()

    class Meta:
        model = Proposal
        fields = (
            *("uuid", "public_number", "budget", "status", "title", "what_and_why", "who_benefits", "language"),
            *("author", "co_authors", "group", "envelope", "categories", "address", "latitude", "longitude"),
            *("whole_area", "cost", "photos", "documents", "merged_into", "created_at", "submitted_at", "published_at"),
            *("support_count", "supported", "refusals"),
        )

    def get_cost(self, proposal: Proposal) -> CostOutput:
        exact = money(proposal.cost_minor, proposal.budget.currency)
        return {"kind": proposal.cost_kind.value, "band": proposal.cost_band or None, "exact": exact}

    def get_supported(self, proposal: Proposal) -> bool | None:
        standing = self.standing_in(proposal)
        return None if standing.person is None else proposal.pk in standing.supported

    def get_refusals(self, proposal: Proposal) -> ProposalRefusals:
        standing, at = self.standing_in(proposal), self.context["at"]
        return {verb: said(refusal_to(proposal, standing, at)) for verb, refusal_to in VERBS.items()}

    def standing_in(self, proposal: Proposal) -> Standing:
        return self.context["standings"].get(proposal.budget_id, NOBODY)


def said(refusal: Refusal | None) -> dict[str, Any] | None:
    return refusal and {"code": refusal.value, "detail": str(refusal.label)}


class SupportOutput(serializers.Serializer):
    supported = serializers.BooleanField()
    support_count = serializers.IntegerField(allow_null=True)
