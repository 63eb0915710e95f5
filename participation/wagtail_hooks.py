from wagtail import hooks
from wagtail.snippets.models import register_snippet

from participation.admin.snippets import TextGroup
from participation.admin.viewsets import BudgetGroup, ProjectChooser, RecordGroup

register_snippet(TextGroup)


@hooks.register("register_admin_viewset")
def budget_viewsets() -> list:
    """The chooser first: forms that name a project ask for it when they are made."""
    return [ProjectChooser("project_chooser"), BudgetGroup(), RecordGroup()]
