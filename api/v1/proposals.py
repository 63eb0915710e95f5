"""Proposals: read by everybody, written by their authors, by the same actions as on the site."""

from typing import Any
from uuid import uuid4

import django_filters
from django.db.models import QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import AppAuthentication
from api.inputs import NothingInput, refuse_words
from api.parsers import PlainJSONParser
from api.throttles import WriteThrottle
from api.v1.projects import SEEDS, read_box
from api.v1.proposal_input import NewProposalInput, ProposalInput
from api.v1.proposal_output import ProposalOutput, SupportOutput
from api.v1.votes import never_stored
from api.views import PublicViewSet
from participation.actions.proposals import discard, edit, save_draft, submit, withdraw
from participation.actions.supports import support, take_back
from participation.choices import CostBand, CostKind, ProposalStatus
from participation.models import Budget, Person, Proposal
from participation.models.long_list import ORDERS, RANDOM, BoundedList, LongList
from participation.models.proposal import give_categories
from participation.models.proposal_document import give_files
from participation.refusals import ActionRefused, Refusal
from participation.standing import standings_of

COSTS = [*CostBand.choices, (CostKind.UNKNOWN.value, CostKind.UNKNOWN.label)]


class ProposalFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter("budget__slug", help_text="A budget's slug.")
    envelope = django_filters.UUIDFilter("envelope__uuid", help_text="An envelope's uuid.")
    category = django_filters.CharFilter("categories__slug", help_text="A category's slug.")
    district = django_filters.UUIDFilter("envelope__district__uuid", help_text="A district's uuid.")
    status = django_filters.ChoiceFilter(choices=ProposalStatus.choices, help_text="Those that the reader may see.")
    cost = django_filters.ChoiceFilter(method="costing", choices=COSTS)
    q = django_filters.CharFilter(method="holding", help_text="Every word, whatever its accents and letter case.")
    bbox = django_filters.CharFilter(method="within", help_text="west,south,east,north in degrees.")
    mine = django_filters.ChoiceFilter(
        method="as_is", choices=[("true", "true")], help_text="One's own alone, drafts too."
    )
    order = django_filters.ChoiceFilter(
        method="ordered",
        choices=[(name, name) for name in ORDERS],
        help_text="`newest` unless stated; `random` takes a `seed`.",
    )
    seed = django_filters.NumberFilter(
        method="as_is", min_value=0, max_value=SEEDS - 1, decimal_places=0, help_text="Where random starts: 0 to 15."
    )

    def costing(self, proposals, name: str, value: str):
        return proposals.filter(cost_band="" if value == CostKind.UNKNOWN else value)

    def holding(self, proposals, name: str, value: str):
        return proposals.with_words(value)

    def within(self, proposals, name: str, value: str):
        west, south, east, north = read_box(value)
        return proposals.filter(latitude__range=(south, north), longitude__range=(west, east))

    def ordered(self, proposals, name: str, value: str):
        if value == RANDOM:
            return proposals.shuffled_from(int(self.form.cleaned_data["seed"] or 0) / SEEDS)
        if value == "supports":
            proposals = proposals.filter(budget__shows_supports=True)
        return proposals.order_by(*ORDERS[value])

    def as_is(self, proposals, name: str, value: object):
        return proposals


class ProposalViewSet(PublicViewSet):
    """Proposals of published budgets, the newest first; and one's own.

    Writing takes an account and a CSRF token. What is somebody else's and not public is 404.
    """

    serializer_class = ProposalOutput
    filterset_class = ProposalFilter
    authentication_classes = [AppAuthentication, SessionAuthentication]
    parser_classes = [PlainJSONParser]
    queryset = (
        Proposal.objects.select_related("budget", "author", "group", "envelope", "merged_into")
        .prefetch_related("budget__phases")
        .with_co_authors()
    )

    def get_throttles(self) -> list[Any]:
        return [] if self.request.method in {"GET", "HEAD", "OPTIONS"} else [WriteThrottle()]

    @property
    def person(self) -> Person | None:
        return self.request.user if self.request.user.is_authenticated else None

    @property
    def author(self) -> Person:
        """Whoever writes. 401 for nobody."""
        if self.person is None:
            raise ActionRefused(Refusal.NOT_SIGNED_IN)
        return self.person

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().order_by(*ORDERS["newest"])
        if self.detail or self.request.query_params.get("mine") != "true":
            return rows if self.detail else rows.public()
        return rows.written_by(self.author).filter(budget__status="published")

    def get_object(self) -> Proposal:
        """What the reader may see. 404 for what is not there for them."""
        proposal = get_object_or_404(self.get_queryset(), uuid=self.kwargs["uuid"], budget__status="published")
        is_seen = proposal.is_public or (
            self.person is not None
            and proposal.is_seen_by(self.person, moderates=self.standings([proposal])[proposal.budget_id].moderates)
        )
        return proposal if is_seen else get_object_or_404(Proposal.objects.none())

    def standings(self, proposals: list[Proposal]) -> dict[int, Any]:
        counting = any(one.status == ProposalStatus.DRAFT for one in proposals)
        budgets = {proposal.budget_id for proposal in proposals}
        return standings_of(self.person, budgets, counting=counting, moderating=bool(self.detail))

    def answer(self, proposal: Proposal, status: int = 200) -> Response:
        fresh = self.get_queryset().get(pk=proposal.pk) if self.detail else self.queryset.get(pk=proposal.pk)
        return never_stored(Response(self.said([fresh])[0], status=status))

    def said(self, proposals: list[Proposal]) -> list[dict[str, Any]]:
        give_categories(proposals)
        give_files(proposals)
        facts = {"at": timezone.now(), "standings": self.standings(proposals)}
        context = self.get_serializer_context() | facts
        return ProposalOutput(proposals, many=True, context=context).data

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.long_list(self.filter_queryset(self.get_queryset())))
        return self.get_paginated_response(self.said(page))

    def long_list(self, rows: QuerySet) -> BoundedList:
        """Read along an index, but for one's own, which are few."""
        asked = self.request.query_params
        if asked.get("mine"):
            return BoundedList(rows)
        named = Budget.objects.filter(slug=asked.get("budget"))
        along = {"budget": Subquery(named.values("pk"))} if asked.get("budget") else {}
        order, start = asked.get("order") or "newest", int(asked.get("seed") or 0) / SEEDS
        return LongList(rows, self.queryset, order, along=along, query=asked.get("q", ""), start=start)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.said([self.get_object()])[0])

    @extend_schema(request=NewProposalInput, responses={200: ProposalOutput, 201: ProposalOutput})
    def create(self, request: Request) -> Response:
        """Begins a draft; once more with the same `uuid` writes into it."""
        author, said = self.author, NewProposalInput(data=request.data)
        said.is_valid(raise_exception=True)
        budget, key = said.validated_data["budget"], said.validated_data.get("uuid") or uuid4()
        is_known = Proposal.objects.filter(uuid=key).exists()
        draft = save_draft(actor=author, budget=budget, key=key, answers=said.answers(), at=timezone.now())
        return self.answer(draft, 200 if is_known else 201)

    @extend_schema(request=ProposalInput, responses=ProposalOutput)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Changes what is said and leaves the rest."""
        author, proposal = self.author, self.get_object()
        said = ProposalInput(data=request.data)
        said.is_valid(raise_exception=True)
        return self.answer(edit(actor=author, proposal=proposal, answers=said.answers(), at=timezone.now()))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Throws a draft away, with its photos and documents."""
        discard(actor=self.author, proposal=self.untouched(request), at=timezone.now())
        return never_stored(Response(status=204))

    @extend_schema(request=NothingInput, responses=ProposalOutput)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hands it in. Once more changes nothing."""
        return self.answer(submit(actor=self.author, proposal=self.untouched(request), at=timezone.now()))

    @extend_schema(request=NothingInput, responses=ProposalOutput)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(withdraw(actor=self.author, proposal=self.untouched(request), at=timezone.now()))

    @extend_schema(request=NothingInput, responses=SupportOutput)
    @action(detail=True, methods=["put"])
    def support(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Gives one's support. Once more changes nothing."""
        return self.supported(support, request, True)

    @extend_schema(request=None, responses={200: SupportOutput})
    @support.mapping.delete
    def take_back(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Takes it back. Once more changes nothing."""
        return self.supported(take_back, request, False)

    def supported(self, act: Any, request: Request, is_given: bool) -> Response:
        proposal = self.untouched(request)
        act(actor=self.author, proposal=proposal, at=timezone.now())
        proposal.refresh_from_db(fields=["support_count"])
        return never_stored(Response({"supported": is_given, "support_count": proposal.shown_supports}))

    def untouched(self, request: Request) -> Proposal:
        """The proposal, for an act that takes no body."""
        _, proposal = self.author, self.get_object()
        refuse_words(request)
        return proposal
