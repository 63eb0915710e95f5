"""All that is kept about whoever asks, to take along: asked for, made by the worker, handed out to its owner."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import Pages
from api.views import EVERYWHERE, IN_LISTS
from api.writing import OwnView
from participation.actions.personal_data import ask_for_personal_data
from participation.exports.personal_data import opened_file
from participation.models import PersonalDataExport


class PersonalDataOutput(serializers.ModelSerializer):
    """`file` is where it is, once it is made."""

    file = serializers.SerializerMethodField()

    class Meta:
        model = PersonalDataExport
        fields = ("uuid", "asked_at", "made_at", "file")
        read_only_fields = fields

    def get_file(self, export: PersonalDataExport) -> str | None:
        if export.made_at is None:
            return None
        return self.context["request"].build_absolute_uri(reverse("me-data-file", args=[export.uuid]))


class PersonalDataView(OwnView):
    """The newest first. Each is deleted some days after it was asked for."""

    pagination_class = Pages
    known = EVERYWHERE | IN_LISTS

    @extend_schema(operation_id="me_data_list", responses=PersonalDataOutput(many=True))
    def get(self, request: Request) -> Response:
        pages = Pages()
        page = pages.paginate_queryset(PersonalDataExport.objects.of(self.somebody()), request)
        return pages.get_paginated_response(PersonalDataOutput(page, many=True, context={"request": request}).data)

    @extend_schema(operation_id="me_data_ask", request=None, responses={202: PersonalDataOutput})
    def post(self, request: Request) -> Response:
        """Has a file made: one at a time, and one an hour."""
        export = ask_for_personal_data(actor=self.somebody(), person=self.somebody(), at=timezone.now())
        return Response(PersonalDataOutput(export, context={"request": request}).data, status=202)


class PersonalDataFileView(OwnView):
    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Its faults are JSON, also for who takes nothing but a ZIP."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(operation_id="me_data_file", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, uuid: UUID) -> FileResponse:
        """As ZIP: `data.json`, and photos and documents beside it."""
        file = opened_file(self.somebody(), uuid)
        if file is None:
            raise Http404
        return FileResponse(file, as_attachment=True, filename="my-data.zip", content_type="application/zip")
