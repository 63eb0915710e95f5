"""Citizens' words in another language, by the town's machine: the same, within the same limits, as on the site."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import LANGUAGES
from api.throttles import TranslationThrottle
from api.v1.comments import DiscussionView
from cms_pages.machines.failures import MachineFailed
from cms_pages.machines.readers import is_offered, translated
from participation.models import Comment, Proposal
from participation.refusals import ActionRefused

LOCALE = OpenApiParameter("locale", str, enum=LANGUAGES, description="Into which of the town's locales.")


class MachineDown(APIException):
    status_code = 503
    default_code = "machine_failed"


class TranslationOutput(serializers.Serializer):
    """Made by a machine, and perhaps wrong: say so, and have the original at hand."""

    language = serializers.CharField()
    source_language = serializers.CharField(source="subject.language")
    machine = serializers.CharField()
    words = serializers.DictField(child=serializers.CharField(), help_text="By the name of the field.")


class TranslationView(DiscussionView):
    throttle_classes = [TranslationThrottle]

    def throttled_count(self) -> None:
        """Counted where the machine is asked, not where an answer is kept already."""
        for throttle in self.get_throttles():
            if not throttle.allow_request(self.request, self):
                raise Throttled(throttle.wait())

    def check_throttles(self, request: Request) -> None:
        return

    def answer(self, subject: Proposal | Comment) -> Response:
        language = get_language()
        if not subject.is_public or not is_offered(subject.language, language):
            raise Http404
        try:
            found = translated(subject, language, at=timezone.now(), count=self.throttled_count)
        except MachineFailed as failure:
            raise MachineDown(str(failure)) from failure
        except ActionRefused as refused:
            raise Throttled(detail=str(refused.refusal.label)) from refused
        return Response(TranslationOutput(found).data, headers={"X-Robots-Tag": "noindex"})


class ProposalTranslationView(TranslationView):
    @extend_schema(operation_id="proposals_translation", parameters=[LOCALE], responses=TranslationOutput)
    def get(self, request: Request, uuid: UUID) -> Response:
        return self.answer(self.proposal(uuid))


class CommentTranslationView(TranslationView):
    @extend_schema(operation_id="comments_translation", parameters=[LOCALE], responses=TranslationOutput)
    def get(self, request: Request, uuid: UUID) -> Response:
        return self.answer(self.comment(uuid))
