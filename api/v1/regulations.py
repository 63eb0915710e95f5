"""The regulations of budgets, and accepting the version in force."""

import django_filters
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import AppAuthentication
from api.fields import word
from api.inputs import refuse_words
from api.parsers import StrictJSONParser
from api.views import PublicViewSet
from participation.actions.regulations import accept_regulations
from participation.models import Budget, Regulations
from participation.refusals import ActionRefused, Refusal


class RegulationsDetail(serializers.ModelSerializer):
    """One version, in force from `valid_from` until a later one is."""

    budget = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    title = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()

    class Meta:
        model = Regulations
        fields = ("uuid", "budget", "version", "valid_from", "title", "body")

    def get_title(self, regulations: Regulations) -> str:
        return word(regulations, "title")

    def get_body(self, regulations: Regulations) -> str:
        return word(regulations, "body")


class RegulationsFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter("budget__slug", help_text="A budget's slug.")


class RegulationsViewSet(PublicViewSet):
    """The regulations of published budgets, in force or in force before; the newest first."""

    serializer_class = RegulationsDetail
    filterset_class = RegulationsFilter
    queryset = Regulations.objects.filter(budget__in=Budget.objects.public()).select_related("budget").with_texts()

    def get_queryset(self):
        return super().get_queryset().in_force(timezone.now()).order_by("budget_id", "-version")


class AcceptanceView(APIView):
    """That whoever asks accepts this version. Once more changes nothing."""

    authentication_classes = [AppAuthentication, SessionAuthentication]
    permission_classes: list[type] = []
    parser_classes = [StrictJSONParser]

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, uuid) -> Response:
        if not request.user.is_authenticated:
            raise NotAuthenticated
        refuse_words(request)
        regulations = get_object_or_404(Regulations, uuid=uuid, budget__in=Budget.objects.public())
        try:
            accept_regulations(actor=request.user, person=request.user, regulations=regulations, at=timezone.now())
        except ActionRefused as refused:
            if refused.refusal is not Refusal.DONE_ALREADY:
                raise
        return Response(status=204, headers={"Cache-Control": "no-store"})
