"""Documents of one's own proposal: sent as a form with a file, since a PDF is no JSON."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import StrictSerializer
from api.v1.co_authors import WrittenTogetherView
from api.v1.proposal_output import DocumentOutput
from participation.actions.proposal_documents import LONGEST_DOCUMENT_TITLE, add_document, remove_document
from participation.documents import MOST_BYTES
from participation.refusals import Refusal


class DocumentInput(StrictSerializer):
    file = serializers.FileField(help_text="A PDF of at most 10 MB and 100 pages that can do nothing.")
    title = serializers.CharField(max_length=LONGEST_DOCUMENT_TITLE)
    may_publish = serializers.BooleanField(help_text="That the author has the right to publish it.")

    def to_internal_value(self, data: Any) -> Any:
        for name in data:
            if len(data.getlist(name)) > 1:
                twice = serializers.ErrorDetail(_("This field is given twice."), "repeated_field")
                raise serializers.ValidationError({name[:40]: [twice]})
        return super().to_internal_value(data)

    def validate_file(self, file: Any) -> Any:
        if file.size > MOST_BYTES:
            raise serializers.ValidationError(Refusal.DOCUMENT_TOO_LARGE.label, Refusal.DOCUMENT_TOO_LARGE.value)
        return file


class DocumentsView(WrittenTogetherView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="documents_create", request={"multipart/form-data": DocumentInput}, responses={201: DocumentOutput}
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Adds a document. The same once more keeps one."""
        proposal, said = self.written(uuid), self.said(DocumentInput)
        document = add_document(
            actor=self.somebody(),
            proposal=proposal,
            data=said["file"].read(),
            title=said["title"],
            may_publish=said["may_publish"],
            at=timezone.now(),
        )
        return Response(DocumentOutput(document, context={"request": request}).data, status=201)


class DocumentView(WrittenTogetherView):
    @extend_schema(operation_id="documents_remove", request=None, responses={204: None})
    def delete(self, request: Request, uuid: UUID, document: UUID) -> Response:
        """Forgets a document and its file."""
        found = get_object_or_404(self.written(uuid).documents, uuid=document)
        remove_document(actor=self.somebody(), document=found, at=timezone.now())
        return Response(status=204)
