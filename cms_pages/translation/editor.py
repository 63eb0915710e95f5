"""What the translation tool's editor sends, one string at a time: as a form, and held to its source as a file is."""

from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.documents import permissions as documents
from wagtail.images import permissions as images
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.views import edit_translation

from cms_pages.translation.access import no_drafts_of_others
from cms_pages.translation.fidelity import fault_in
from cms_pages.translation.po_file import length_fault
from participation.models import Person

LONGEST = 100_000
SCHEMES = {"http", "https", "mailto", "tel"}
# A place that ends so is the address of a link in rich text.
QUOTE = "'"


def value_of(request: Request) -> str:
    """Raises ValidationError where there is none, or none that could be kept."""
    value = request.POST.get("value")
    if value is None:
        raise ValidationError({"value": _("Say what it is in the other language.")}, "required")
    if len(value) > LONGEST or "\0" in value:
        raise ValidationError({"value": _("This value cannot be read.")}, "invalid")
    return value


def translation_of(request: Request, pk: int) -> Translation:
    """For whoever may edit what it makes."""
    translation = get_object_or_404(Translation.objects.select_related("source"), pk=pk)
    if not edit_translation.user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    return translation


class StringView(edit_translation.edit_string_translation.cls):
    parser_classes = [FormParser, MultiPartParser]

    def put(self, request: Request, translation_id: int, string_segment_id: int) -> Response:
        translation = translation_of(request, translation_id)
        segments = StringSegment.objects.select_related("context", "string").filter(source__translations=translation)
        segment = get_object_or_404(segments, pk=string_segment_id)
        value = value_of(request)
        fault = fault_in(segment.string.data, value) or length_fault(translation, segment.context.path, value)
        if fault:
            return refused(segment, value, fault)
        return super().put(request, translation_id, string_segment_id)


def refused(segment: StringSegment, value: str, fault: str) -> Response:
    """Nothing is kept. The editor shows `error` beside what was typed, but only in an answer that says 200."""
    error = _("Not saved: %(what)s.") % {"what": fault}
    named = {"string_id": segment.string_id, "segment_id": segment.pk, "data": value}
    return Response({**named, "error": error, "comment": error, "last_translated_by": None})


class OverrideView(edit_translation.edit_override.cls):
    """Another picture, document, page or address than the source has: one that this person could choose there."""

    parser_classes = [FormParser, MultiPartParser]

    def put(self, request: Request, translation_id: int, overridable_segment_id: int) -> Response:
        translation = translation_of(request, translation_id)
        segments = OverridableSegment.objects.select_related("context", "source")
        segment = get_object_or_404(segments, pk=overridable_segment_id, source__translations=translation)
        value = value_of(request)
        if not may_stand(request.user, segment, value):
            raise ValidationError({"value": _("This cannot stand here.")}, "invalid")
        return super().put(request, translation_id, overridable_segment_id)


def may_stand(person: Person, segment: OverridableSegment, value: str) -> bool:
    if segment.context.path.endswith(QUOTE):
        return urlsplit(value).scheme in SCHEMES
    match chooser_of(segment):
        case "text":
            return True
        case "page_chooser":
            return chosen(no_drafts_of_others(Page.objects.all(), person), value)
        case "image_chooser" | "document_chooser" as chooser:
            policy = images.permission_policy if chooser == "image_chooser" else documents.permission_policy
            return chosen(policy.instances_user_has_any_permission_for(person, ["choose"]), value)
    return False


def chooser_of(segment: OverridableSegment) -> str:
    """What the editor offers for it; empty for what it does not show."""
    source, place = segment.source.as_instance(), segment.context
    tabs, path = edit_translation.TabHelper(source), place.get_field_path(source)
    try:
        found = edit_translation.get_segment_location_info(source, tabs, place.path, path, widget=True)
    except edit_translation.FieldHasNoEditPanelError:
        return ""
    return found["widget"]["type"]


def chosen(records: QuerySet, value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10 and records.filter(pk=int(value)).exists()
