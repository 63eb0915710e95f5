"""What a role in the whole town allows in the staff workspace.

A role in one budget alone opens nothing here: these screens show all budgets. It counts where an action asks for it.
"""

from django.contrib.auth.backends import ModelBackend

from participation.choices import Role
from participation.models import Person, RoleAssignment

ENTER = frozenset({"wagtailadmin.access_admin"})
WRITTEN = (
    "budget",
    "phase",
    "envelope",
    "ballotbox",
    "project",
    "decision",
    "district",
    "category",
    "regulations",
    "pricehint",
)
WORDS = (
    "budgettext",
    "phasetext",
    "envelopetext",
    "ballotboxtext",
    "projecttext",
    "decisiontext",
    "categorytext",
    "regulationstext",
    "pricehinttext",
)
REASONS = ("cannedreason", "cannedreasontext")
RECORDS = ("result", "countedballot", "activityentry")


def permissions(verbs: tuple[str, ...], models: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"participation.{verb}_{model}" for verb in verbs for model in models)


READ = ENTER | permissions(("view",), WRITTEN + WORDS + REASONS + RECORDS)
# What stands around pages, and the words of mails.
FRAME = frozenset(f"cms_pages.{verb}_{model}" for verb in ("add", "change") for model in ("siteframe", "mailwords"))
TRANSLATE = permissions(("add", "change"), (*WORDS, "cannedreasontext")) | FRAME
TRANSLATE |= {"wagtail_localize.submit_translation"}
DESK = frozenset({"participation.change_rollentry", "participation.change_paperbatch"})
STATIONS = permissions(("view", "add", "change", "delete"), ("station", "officerpass", "papercount", "paperbatch"))
SAMPLE = frozenset({"participation.view_rollentry"})
DECLARATIONS = permissions(("change",), ("declaration",))
LANGUAGES = frozenset({"wagtailcore.add_locale", "wagtailcore.change_locale"})
MODERATE = frozenset({"participation.change_comment"}) | permissions(("add", "change", "delete"), REASONS)
# The campaign kit: what is printed about a budget, its pictures and its short links.
CAMPAIGN = permissions(("change",), ("shortlink",)) | frozenset(
    f"cms_pages.{verb}_projectpicture" for verb in ("view", "add", "change", "delete")
)
MANAGE = permissions(("add", "change", "delete"), WRITTEN + WORDS) | DESK | STATIONS | DECLARATIONS

ALLOWED: dict[str, frozenset[str]] = {
    Role.MODERATOR: READ | MODERATE,
    Role.VALUATOR: READ,
    Role.OFFICER: READ | DESK,
    Role.AUDITOR: READ | SAMPLE,
    Role.EDITOR: READ | CAMPAIGN | FRAME,
    Role.TRANSLATOR: READ | TRANSLATE,
    Role.MANAGER: READ | TRANSLATE | MANAGE | MODERATE | CAMPAIGN,
    Role.ADMINISTRATOR: READ | TRANSLATE | MANAGE | MODERATE | CAMPAIGN | LANGUAGES,
}


class RoleBackend(ModelBackend):
    """Django's own permissions of a person and their groups, and those of their roles."""

    def get_all_permissions(self, user_obj: Person, obj=None) -> set[str]:
        given = super().get_all_permissions(user_obj, obj)
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return given
        if not hasattr(user_obj, "_role_permissions"):
            roles = RoleAssignment.objects.held_by(user_obj).values_list("role", flat=True)
            user_obj._role_permissions = frozenset().union(*(ALLOWED[role] for role in roles))
        return given | user_obj._role_permissions
