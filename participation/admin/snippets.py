"""The words of the budget, per locale: snippets, so that the translation tools of the pages serve them too."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from participation.models import (
    BallotBoxText,
    BudgetText,
    CategoryText,
    DecisionText,
    EnvelopeText,
    PhaseText,
    ProjectText,
)

TEXTS = (BudgetText, PhaseText, EnvelopeText, BallotBoxText, CategoryText, ProjectText, DecisionText)


def viewset_of(text: type) -> type[SnippetViewSet]:
    return type(f"{text.__name__}ViewSet", (SnippetViewSet,), {"model": text, "icon": "doc-full"})


class TextGroup(SnippetViewSetGroup):
    menu_label = _("Words")
    menu_icon = "doc-full"
    menu_order = 160
    items = tuple(viewset_of(text) for text in TEXTS)
