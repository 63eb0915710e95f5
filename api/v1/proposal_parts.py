"""Parts of a proposal: its earlier versions, and its photos."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import StrictSerializer, StrictText
from api.pagination import Pages
from api.throttles import WriteThrottle
from api.v1.proposal_output import PhotoOutput
from api.views import EVERYWHERE, IN_LISTS
from api.writing import WritingView
from participation.actions.proposal_photos import LONGEST_ALT, add_photo, describe_photo, remove_photo
from participation.models import Proposal, ProposalVersion
from participation.standing import standing_of


class VersionOutput(serializers.ModelSerializer):
    """The words from a moment on, until the next version."""

    class Meta:
        model = ProposalVersion
        fields = ("number", "at", "title", "what_and_why", "who_benefits", "address", "language")
        read_only_fields = fields


class PhotoInput(StrictSerializer):
    """A form in parts. `may_publish` is `true`: the author has the right to publish it."""

    photo = serializers.FileField()
    alt = serializers.CharField(max_length=LONGEST_ALT, help_text="What it shows, for those who cannot see it.")
    may_publish = serializers.ChoiceField(choices=[("true", "true"), ("false", "false")])


class PartView(WritingView):
    """What is not there for who asks is 404, as the proposal itself."""

    def get_throttles(self) -> list[Any]:
        return [] if self.request.method in {"GET", "HEAD", "OPTIONS"} else [WriteThrottle()]

    def seen(self, uuid: UUID) -> tuple[Proposal, bool]:
        """The proposal, and whether who asks moderates it."""
        rows = Proposal.objects.select_related("budget").prefetch_related("budget__phases", "photos")
        proposal = get_object_or_404(rows, uuid=uuid, budget__status="published")
        moderates = standing_of(self.person, proposal.budget).moderates
        if proposal.is_public or (self.person and proposal.is_seen_by(self.person, moderates=moderates)):
            return proposal, moderates
        raise Http404

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """What a person sees of their own is kept by no cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response


class VersionsView(PartView):
    """The newest first: all for its author and moderators, for others those that were public, where they are shown."""

    pagination_class = Pages
    known = EVERYWHERE | IN_LISTS

    @extend_schema(operation_id="proposal_versions", responses=VersionOutput(many=True))
    def get(self, request: Request, uuid: UUID) -> Response:
        proposal, moderates = self.seen(uuid)
        rows = proposal.versions_seen_by(self.person, moderates=moderates).order_by("-number")
        pages = Pages()
        return pages.get_paginated_response(VersionOutput(pages.paginate_queryset(rows, request), many=True).data)


class PhotosView(PartView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="proposal_photo_add", request={"multipart/form-data": PhotoInput}, responses={201: PhotoOutput}
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Adds a photo, made anew without metadata. The same twice is kept once."""
        person, (proposal, _) = self.somebody(), self.seen(uuid)
        asked = self.form(request)
        data = asked["photo"].read()
        may_publish = asked["may_publish"] == "true"
        photo = add_photo(
            actor=person, proposal=proposal, data=data, alt=asked["alt"], may_publish=may_publish, at=timezone.now()
        )
        return Response(PhotoOutput(photo, context={"request": request}).data, status=201)

    def form(self, request: Request) -> dict[str, Any]:
        """Each part once: a second one is not passed over."""
        parts = request.data if isinstance(request.data, QueryDict) else QueryDict()
        for name, values in parts.lists():
            if len(values) > 1:
                fault = serializers.ErrorDetail("This part may be given once.", "repeated_field")
                raise serializers.ValidationError({name[:40]: [fault]})
        if isinstance(parts.get("alt"), UploadedFile) or isinstance(parts.get("may_publish"), UploadedFile):
            raise serializers.ValidationError({"alt": [serializers.ErrorDetail("Text, not a file.", "invalid")]})
        return self.said(PhotoInput)


class PhotoWordsInput(StrictSerializer):
    alt = StrictText(max_length=LONGEST_ALT, help_text="What it shows, for those who cannot see it.")


class PhotoView(PartView):
    @extend_schema(operation_id="proposal_photo_describe", request=PhotoWordsInput, responses=PhotoOutput)
    def patch(self, request: Request, uuid: UUID, photo: UUID) -> Response:
        """Says anew what a photo shows."""
        person, (proposal, _) = self.somebody(), self.seen(uuid)
        found = get_object_or_404(proposal.photos.all(), uuid=photo)
        alt = self.said(PhotoWordsInput)["alt"]
        changed = describe_photo(actor=person, photo=found, alt=alt, at=timezone.now())
        return Response(PhotoOutput(changed, context={"request": request}).data)

    @extend_schema(operation_id="proposal_photo_remove", responses={204: None})
    def delete(self, request: Request, uuid: UUID, photo: UUID) -> Response:
        """Forgets a photo and its files."""
        person, (proposal, _) = self.somebody(), self.seen(uuid)
        found = get_object_or_404(proposal.photos.all(), uuid=photo)
        remove_photo(actor=person, photo=found, at=timezone.now())
        return Response(status=204)
