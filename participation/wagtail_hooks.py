from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from participation.admin import votes
from participation.admin.snippets import TextGroup
from participation.admin.viewsets import BudgetGroup, ProjectChooser, RecordGroup

register_snippet(TextGroup)


@hooks.register("register_admin_viewset")
def budget_viewsets() -> list:
    """The chooser first: forms that name a project ask for it when they are made."""
    return [ProjectChooser("project_chooser"), BudgetGroup(), RecordGroup()]


@hooks.register("register_admin_urls")
def vote_urls() -> list:
    return [
        path("votes/", votes.votes, name="votes"),
        path("votes/<uuid:uuid>/", votes.vote, name="vote_of_box"),
        path("votes/<uuid:uuid>/ask/<slug:kind>/", votes.ask, name="vote_ask"),
        path("votes/<uuid:uuid>/acts/<int:act>/", votes.settle, name="vote_settle"),
        path("votes/<uuid:uuid>/step/", votes.step, name="vote_step"),
    ]


class VotesMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm(votes.PERMISSION)


@hooks.register("register_admin_menu_item")
def votes_menu_item() -> MenuItem:
    return VotesMenuItem(_("Votes"), reverse("votes"), name="votes", icon_name="form", order=155)
