"""What one follows: a budget, a district, a category or a proposal."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import refuse_words
from api.pagination import Pages
from api.views import EVERYWHERE, IN_LISTS
from api.writing import OwnView
from participation.actions.follows import follow, stop_following
from participation.models import Budget, Category, District, Follow, Proposal
from participation.models.follow import FOLLOWED

BY_SLUG = {"budget": Budget.objects.public, "category": Category.objects.all}
BY_UUID = {"district": District.objects.all, "proposal": Proposal.objects.select_related("budget").all}


class FollowOutput(serializers.Serializer):
    """`noun` and `key` are the last two words of its address."""

    noun = serializers.ChoiceField(choices=[(name, name) for name in FOLLOWED])
    key = serializers.SerializerMethodField(help_text="A slug of a budget or category, a uuid of the others.")
    name = serializers.SerializerMethodField()
    since = serializers.DateTimeField()

    def get_key(self, one: Follow) -> str:
        return key_of(one.noun, one.subject)

    def get_name(self, one: Follow) -> str:
        """Nothing of a proposal that is not public any more."""
        return str(one.subject) if getattr(one.subject, "is_public", True) else ""


class FollowedOutput(serializers.Serializer):
    followed = serializers.BooleanField()


def key_of(noun: str, subject: Model) -> str:
    return str(getattr(subject, "slug" if noun in BY_SLUG else "uuid"))


class FollowsView(OwnView):
    pagination_class = Pages
    known = EVERYWHERE | IN_LISTS

    @extend_schema(operation_id="me_follows_list", responses=FollowOutput(many=True))
    def get(self, request: Request) -> Response:
        rows = Follow.objects.filter(person=self.somebody()).order_by("-since", "-pk")
        rows = rows.select_related("proposal__budget", "budget", "category", "district")
        pages = Pages()
        page = pages.paginate_queryset(rows.prefetch_related("budget__texts", "category__texts"), request)
        return pages.get_paginated_response(FollowOutput(page, many=True).data)


class FollowView(OwnView):
    @extend_schema(operation_id="me_follow", request=None, responses=FollowedOutput)
    def put(self, request: Request, noun: str, key: str) -> Response:
        """Once more changes nothing."""
        refuse_words(request)
        follow(actor=self.somebody(), subject=subject_of(noun, key), at=timezone.now())
        return Response({"followed": True})

    @extend_schema(operation_id="me_stop_following", responses={200: FollowedOutput})
    def delete(self, request: Request, noun: str, key: str) -> Response:
        """Once more changes nothing."""
        stop_following(actor=self.somebody(), subject=subject_of(noun, key), at=timezone.now())
        return Response({"followed": False})


def subject_of(noun: str, key: str) -> Any:
    if "\0" in key:
        raise Http404
    if noun in BY_SLUG:
        return get_object_or_404(BY_SLUG[noun](), slug=key)
    if noun not in BY_UUID:
        raise Http404
    try:
        return get_object_or_404(BY_UUID[noun](), uuid=UUID(key))
    except ValueError:
        raise Http404 from None
