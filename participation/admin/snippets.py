"""The words of the budget, per locale: snippets, so that the translation tools of the pages serve them too."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView as GenericIndexView
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from participation.models import (
    BallotBoxText,
    BudgetText,
    CannedReasonText,
    CategoryText,
    DecisionText,
    EnvelopeText,
    PhaseText,
    PriceHintText,
    ProjectText,
    RegulationsText,
)
from participation.models.texts import Text

TEXTS = (
    *(BudgetText, PhaseText, EnvelopeText, BallotBoxText, CategoryText, ProjectText, DecisionText),
    *(RegulationsText, CannedReasonText, PriceHintText),
)


class TextIndexView(IndexView):
    """Without the translation tool's buttons, which ask the database twice for each row: they are on the form."""

    def get_list_buttons(self, instance: Text) -> list:
        return GenericIndexView.get_list_buttons(self, instance)


def viewset_of(text: type[Text]) -> type[SnippetViewSet]:
    options = {"model": text, "icon": "doc-full", "index_view_class": TextIndexView}
    return type(f"{text.__name__}ViewSet", (SnippetViewSet,), options)


class TextGroup(SnippetViewSetGroup):
    menu_label = _("Words")
    menu_icon = "doc-full"
    menu_order = 160
    items = tuple(viewset_of(text) for text in TEXTS)
