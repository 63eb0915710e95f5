"""What editors choose from in fields of pages and blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from participation.models import Budget


class BudgetChooser(ChooserViewSet):
    model = Budget
    icon = "folder-open-inverse"
    choose_one_text = _("Choose a budget")
    choose_another_text = _("Choose another budget")


budget_chooser = BudgetChooser("budget_chooser")
