"""Ballot boxes and one's own ballot in one: the same rules and the same cast as on the site."""

import django_filters
from django.http import Http404
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
from api.parsers import StrictJSONParser
from api.throttles import CastThrottle
from api.views import PublicViewSet
from cms_pages.identities import bind_account
from participation.ballot_box import casting
from participation.ballot_box.receipts import code_of, grouped
from participation.ballot_box.roll import entry_of
from participation.ballot_box.validation import Fault, InvalidBallot
from participation.choices import BoxState, VoteType
from participation.content import read_ballot
from participation.eligibility import box_at, refusal_to_vote
from participation.models import BallotBox, RollEntry
from participation.refusals import ActionRefused, Refusal

HEX_DIGITS = 64


class RefusalOutput(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()


class BoxRefusals(serializers.Serializer):
    """Why a thing cannot be done now; null where it can."""

    vote = RefusalOutput(allow_null=True)


class BallotBoxDetail(serializers.ModelSerializer):
    """One question put to voters. `rules_sha256` is the hash of its frozen rules, which `rules` holds."""

    question = serializers.SerializerMethodField()
    budget = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    vote_type = serializers.ChoiceField(choices=VoteType.choices)
    state = serializers.ChoiceField(choices=BoxState.choices)
    envelopes = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    rules = serializers.CharField(help_text="Canonical JSON, empty until the rules are fixed.")
    refusals = serializers.SerializerMethodField()

    class Meta:
        model = BallotBox
        fields = (
            *("uuid", "slug", "budget", "question", "vote_type", "envelopes", "state", "opens_at", "closes_at"),
            *("rules_sha256", "rules", "refusals"),
        )

    def get_question(self, box: BallotBox) -> str:
        return word(box, "question")

    def get_refusals(self, box: BallotBox) -> BoxRefusals:
        refusal = refusal_to_vote(box_at(box, timezone.now()))
        return {"vote": refusal and {"code": refusal.value, "detail": str(refusal.label)}}


class BallotBoxFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter("budget__slug", help_text="A budget's slug.")


class BallotBoxViewSet(PublicViewSet):
    """The ballot boxes of published budgets."""

    serializer_class = BallotBoxDetail
    filterset_class = BallotBoxFilter
    queryset = (
        BallotBox.objects.public()
        .with_texts()
        .select_related("budget")
        .prefetch_related("envelopes")
        .order_by("budget_id", "pk")
    )


class ChoiceInput(serializers.Serializer):
    """What is chosen in one envelope: projects by public number, and their points where the vote type has points."""

    projects = serializers.ListField(child=serializers.IntegerField())
    points = serializers.ListField(child=serializers.IntegerField(), required=False)


class BallotInput(serializers.Serializer):
    """A whole ballot. `replaces` is the receipt of the ballot it takes the place of, empty for a first one."""

    envelopes = serializers.DictField(child=ChoiceInput())
    replaces = serializers.CharField(required=False, allow_blank=True)


class ReceiptOutput(serializers.Serializer):
    receipt = serializers.CharField(help_text="64 hexadecimal digits.")
    code = serializers.CharField(help_text="As people read it.")


class OwnBallot(ReceiptOutput):
    envelopes = serializers.DictField(child=ChoiceInput())


class BallotView(APIView):
    """One's own ballot: to look at while voting is open, and to cast as a whole.

    Looking at it first binds an entry of the roll that names the account's address or register number.

    Nothing is stored besides the ballot: no session, no key against repetition. The same ballot again answers 200
    with the same receipt; after a change elsewhere it is 409 `changed_meanwhile`.
    """

    authentication_classes = [AppAuthentication, SessionAuthentication]
    permission_classes: list[type] = []
    parser_classes = [StrictJSONParser]
    throttle_classes = [CastThrottle]
    is_own = True

    @extend_schema(responses=OwnBallot)
    def get(self, request: Request, uuid) -> Response:
        box = self.box(uuid)
        if refusal := refusal_to_vote(box_at(box, timezone.now())):
            raise ActionRefused(refusal)
        found = casting.my_ballot(box=box, person_ref=bytes(self.entry(request, box).person_ref))
        if found is None:
            return never_stored(Response({"receipt": "", "code": "", "envelopes": {}}))
        receipt, content = found
        return never_stored(Response({**said(receipt), "envelopes": read_ballot(content)}))

    @extend_schema(request=BallotInput, responses={200: ReceiptOutput, 201: ReceiptOutput})
    def post(self, request: Request, uuid) -> Response:
        box = casting.frozen_box(uuid)
        if box is None:
            raise Http404
        ballot, replaces = parts_of(request.data)
        voter = self.voter(request, box)
        cast = casting.cast(box=box, voter=voter, ballot=ballot, replaces=replaces)
        return never_stored(Response(said(cast.receipt), status=201 if cast.is_new else 200))

    def box(self, uuid) -> BallotBox:
        return get_object_or_404(BallotBox.objects.public().frozen(), uuid=uuid)

    def voter(self, request: Request, box: BallotBox) -> casting.Voter:
        if not request.user.is_authenticated:
            raise NotAuthenticated
        return casting.Voter(casting.Claim.ACCOUNT, request.user.pk)

    def entry(self, request: Request, box: BallotBox) -> RollEntry:
        self.voter(request, box)
        bind_account(request.user, [box])
        entry = entry_of(box, request.user)
        if entry is None:
            raise ActionRefused(Refusal.NOT_ON_ROLL)
        return entry


def parts_of(data: object) -> tuple[dict, bytes]:
    if not isinstance(data, dict):
        raise InvalidBallot(Fault.NOT_A_BALLOT)
    replaces = data.get("replaces", "")
    if not isinstance(replaces, str) or len(replaces) not in (0, HEX_DIGITS):
        raise InvalidBallot(Fault.NOT_A_BALLOT, "/replaces")
    try:
        before = bytes.fromhex(replaces)
    except ValueError:
        raise InvalidBallot(Fault.NOT_A_BALLOT, "/replaces") from None
    return {name: value for name, value in data.items() if name != "replaces"}, before


def said(receipt: bytes) -> dict[str, str]:
    return {"receipt": receipt.hex(), "code": grouped(code_of(receipt))}


def never_stored(response: Response) -> Response:
    response["Cache-Control"] = "no-store"
    return response
