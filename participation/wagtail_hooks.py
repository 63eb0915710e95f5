from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from participation.admin import declarations, desk, moderation, roll_samples, stations, votes
from participation.admin.people_in_bulk import BULK_ACTIONS
from participation.admin.snippets import TextGroup
from participation.admin.viewsets import BudgetGroup, PaperGroup, ProjectChooser, RecordGroup

register_snippet(TextGroup)


@hooks.register("register_admin_viewset")
def budget_viewsets() -> list:
    """The chooser first: forms that name a project ask for it when they are made."""
    return [ProjectChooser("project_chooser"), BudgetGroup(), PaperGroup(), RecordGroup()]


@hooks.register("register_admin_urls")
def vote_urls() -> list:
    return [
        path("votes/", votes.votes, name="votes"),
        path("votes/<uuid:uuid>/", votes.vote, name="vote_of_box"),
        path("votes/<uuid:uuid>/ask/<slug:kind>/", votes.ask, name="vote_ask"),
        path("votes/<uuid:uuid>/acts/<int:act>/", votes.settle, name="vote_settle"),
        path("votes/<uuid:uuid>/step/", votes.step, name="vote_step"),
        path("votes/<uuid:uuid>/statement/", votes.statement, name="vote_statement"),
        path("votes/sample/", roll_samples.sample, name="roll_sample"),
        path("votes/desk/", desk.desk, name="vote_desk"),
        path("votes/desk/<int:entry>/", desk.mark, name="vote_desk_mark"),
        path("votes/declarations/", declarations.queue, name="declarations"),
        path("votes/declarations/<int:pk>/", declarations.settle, name="declaration_settle"),
        path("votes/declarations/<int:pk>/proof/", declarations.proof, name="declaration_proof"),
        path("votes/declarations/enter/", declarations.enter, name="declaration_at_desk"),
        path("votes/papers/", desk.batches, name="vote_papers"),
        path("votes/papers/<int:batch>/cover/", stations.cover, name="vote_cover"),
        path("votes/stations/<int:count>/protocol/", stations.protocol, name="vote_protocol"),
        path("votes/papers/<int:batch>/<slug:reading>/", desk.keying, name="vote_keying"),
        path("votes/papers/<int:batch>/", desk.batch_page, name="vote_batch"),
    ]


@hooks.register("register_admin_urls")
def moderation_urls() -> list:
    return [
        path("moderation/", moderation.queue, name="moderation"),
        path("moderation/decisions/", moderation.decisions, name="moderation_decisions"),
        path("moderation/decisions/<uuid:uuid>/undo/", moderation.take_back, name="moderation_undo"),
    ]


for bulk_action in BULK_ACTIONS:
    # After Wagtail's own of the same name, which they stand in for.
    hooks.register("register_bulk_action", bulk_action, order=100)


class GuardedMenuItem(MenuItem):
    """Shown to those who may open it."""

    def __init__(self, label, address: str, permission: str, **options) -> None:
        super().__init__(label, address, **options)
        self._permission = permission

    def is_shown(self, request) -> bool:
        return request.user.has_perm(self._permission)


@hooks.register("register_admin_menu_item")
def votes_menu_item() -> MenuItem:
    return GuardedMenuItem(_("Votes"), reverse("votes"), votes.PERMISSION, name="votes", icon_name="form", order=155)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return GuardedMenuItem(_("Desk"), reverse("vote_desk"), desk.ROLL, name="desk", icon_name="user", order=156)


@hooks.register("register_admin_menu_item")
def declarations_menu_item() -> MenuItem:
    label = _("Declarations")
    return GuardedMenuItem(
        label, reverse("declarations"), declarations.SETTLE, name="declarations", icon_name="group", order=157
    )


@hooks.register("register_admin_menu_item")
def roll_sample_menu_item() -> MenuItem:
    label, address = _("Sample of the roll"), reverse("roll_sample")
    return GuardedMenuItem(label, address, roll_samples.PERMISSION, name="roll-sample", icon_name="view", order=157)


@hooks.register("register_admin_menu_item")
def papers_menu_item() -> MenuItem:
    label = _("Keying of papers")
    return GuardedMenuItem(label, reverse("vote_papers"), desk.PAPERS, name="papers", icon_name="edit", order=158)


@hooks.register("register_admin_menu_item")
def moderation_menu_item() -> MenuItem:
    label, address = _("Moderation"), reverse("moderation")
    return GuardedMenuItem(label, address, moderation.PERMISSION, name="moderation", icon_name="warning", order=159)
