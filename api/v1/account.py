"""One's own account: name, language, notification choices, age, guardian, and the groups one speaks for."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import was_shown_again
from api.inputs import StrictSerializer, StrictText, StrictTruth
from api.throttles import ClaimThrottle
from api.v1.group_output import GroupOutput
from api.writing import OwnView
from participation.actions.erasure import erase_account
from participation.actions.field import claim_proposal
from participation.actions.follows import choose_mails
from participation.actions.groups import leave_group, make_group
from participation.actions.guardians import name_guardian, say_born
from participation.actions.people import agree_to_reminders, change_profile, sign_out_everywhere
from participation.choices import ConsentState, GroupKind, Mails
from participation.models import CitizenGroup, GuardianConsent, Person
from participation.names import LONGEST
from participation.refusals import ActionRefused, Refusal


class AccountInput(StrictSerializer):
    """What is not there stays as it is."""

    display_name = StrictText(max_length=4 * LONGEST, allow_blank=True, required=False)
    language = StrictText(max_length=12, allow_blank=True, required=False, help_text="One that the town offers.")
    mails = serializers.ChoiceField(choices=Mails.choices, required=False)
    reminders = StrictTruth(required=False)


class BornInput(StrictSerializer):
    born = serializers.DateField()


class GuardianInput(StrictSerializer):
    contact = serializers.EmailField(max_length=254)


class GroupInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=GroupKind.choices)
    name = StrictText(max_length=4 * LONGEST)
    is_adult = StrictTruth(help_text="What the contact declares.")


class GuardianOutput(serializers.ModelSerializer):
    """Who was asked last, and what became of it."""

    state = serializers.ChoiceField(choices=ConsentState.choices)

    class Meta:
        model = GuardianConsent
        fields = ("contact", "state", "asked_at", "answered_at")
        read_only_fields = fields


class AccountOutput(serializers.ModelSerializer):
    mails = serializers.ChoiceField(choices=Mails.choices)
    guardian = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = (
            *("uuid", "email", "display_name", "language", "mails", "reminders", "blocked_until", "born", "guardian"),
        )
        read_only_fields = fields

    def get_guardian(self, person: Person) -> GuardianOutput(allow_null=True):
        asked = GuardianConsent.objects.of(person).first()
        return GuardianOutput(asked).data if asked else None


class AccountView(OwnView):
    """Who asks, as they see themselves."""

    @extend_schema(operation_id="me_retrieve", responses=AccountOutput)
    def get(self, request: Request) -> Response:
        return self.answer()

    @extend_schema(operation_id="me_change", request=AccountInput, responses=AccountOutput)
    def patch(self, request: Request) -> Response:
        """All of it or nothing."""
        said, who = self.said(AccountInput), self.somebody()
        with transaction.atomic():
            self.keep(said, who)
        return self.answer()

    @extend_schema(operation_id="me_erase", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Erases the account for good, just after showing again who one is: `sign_in_again` says to do that first."""
        who = self.somebody()
        if not was_shown_again(request):
            raise ActionRefused(Refusal.SIGN_IN_AGAIN)
        erase_account(actor=who, person=who, at=timezone.now())
        return Response(status=204)

    def keep(self, said: dict[str, Any], who: Person) -> None:
        at = timezone.now()
        if {"display_name", "language"} & set(said):
            words = {name: said.get(name, getattr(who, name)) for name in ("display_name", "language")}
            change_profile(actor=who, person=who, at=at, **words)
        if "reminders" in said:
            agree_to_reminders(actor=who, person=who, agrees=said["reminders"], at=at)
        if "mails" in said:
            choose_mails(actor=who, mails=Mails(said["mails"]), at=at)

    def answer(self) -> Response:
        return Response(AccountOutput(Person.objects.get(pk=self.somebody().pk)).data)


class BornView(AccountView):
    """The date of birth is said once."""

    http_method_names = ["put", "options"]

    @extend_schema(operation_id="me_born", request=BornInput, responses=AccountOutput)
    def put(self, request: Request) -> Response:
        say_born(actor=self.somebody(), at=timezone.now(), **self.said(BornInput))
        return self.answer()


class GuardianView(AccountView):
    """Asks a parent or guardian by mail. Each time anew, at most three times a day."""

    http_method_names = ["put", "options"]

    @extend_schema(operation_id="me_guardian", request=GuardianInput, responses=AccountOutput)
    def put(self, request: Request) -> Response:
        name_guardian(actor=self.somebody(), at=timezone.now(), **self.said(GuardianInput))
        return self.answer()


class SessionsView(OwnView):
    @extend_schema(operation_id="me_sign_out_everywhere", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Ends the sessions of all browsers and apps, this one too."""
        who = self.somebody()
        sign_out_everywhere(actor=who, person=who, at=timezone.now())
        return Response(status=204)


class ClaimInput(StrictSerializer):
    code = StrictText(max_length=60, help_text="Of the letter about a proposal on paper.")


class ClaimOutput(serializers.Serializer):
    proposal = serializers.UUIDField(source="uuid")


class ClaimsView(OwnView):
    def get_throttles(self) -> list[Any]:
        return [ClaimThrottle()]

    @extend_schema(operation_id="me_claim", request=ClaimInput, responses=ClaimOutput)
    def post(self, request: Request) -> Response:
        """Makes the proposal that came on paper one's own."""
        proposal = claim_proposal(actor=self.somebody(), at=timezone.now(), **self.said(ClaimInput))
        return Response(ClaimOutput(proposal).data)


class GroupsView(OwnView):
    """The groups that one speaks for: five at most, so they come without pages."""

    @extend_schema(operation_id="me_groups_list", responses=GroupOutput(many=True))
    def get(self, request: Request) -> Response:
        return Response(GroupOutput(CitizenGroup.objects.of(self.somebody()), many=True).data)

    @extend_schema(operation_id="me_groups_create", request=GroupInput, responses={201: GroupOutput})
    def post(self, request: Request) -> Response:
        said = self.said(GroupInput)
        group = make_group(
            actor=self.somebody(),
            kind=GroupKind(said["kind"]),
            name=said["name"],
            is_adult=said["is_adult"],
            at=timezone.now(),
        )
        return Response(GroupOutput(group).data, status=201)


class GroupView(OwnView):
    @extend_schema(operation_id="me_groups_leave", responses={204: None})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Speaks for it no more."""
        group = get_object_or_404(CitizenGroup.objects.of(self.somebody()), uuid=uuid)
        leave_group(actor=self.somebody(), group=group, at=timezone.now())
        return Response(status=204)
