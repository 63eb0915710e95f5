"""Blocks that show what the system knows now: money, phases, proposals, results, places."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms_pages.choosers import budget_chooser

BudgetChooserBlock = budget_chooser.get_block_class("BudgetChooserBlock", "cms_pages.blocks.live")


class LiveBlock(blocks.StructBlock):
    """Speaks of one budget."""

    budget = BudgetChooserBlock(
        label=_("budget"), required=False, help_text=_("Empty: the budget that is running or comes next.")
    )


class BudgetFactsBlock(LiveBlock):
    class Meta:
        label = _("budget facts (live)")
        icon = "view"
        template = "cms_pages/blocks/budget_facts.html"


class TimelineBlock(LiveBlock):
    class Meta:
        label = _("phases (live)")
        icon = "calendar-alt"
        template = "cms_pages/blocks/timeline.html"


class ProposalsBlock(LiveBlock):
    class Meta:
        label = _("proposals (live)")
        icon = "list-ul"
        template = "cms_pages/blocks/proposals.html"


class ResultsBlock(LiveBlock):
    class Meta:
        label = _("results (live)")
        icon = "success"
        template = "cms_pages/blocks/results.html"


class PlaceBlock(blocks.StructBlock):
    """One place on a map: those that follow each other share one."""

    name = blocks.CharBlock(label=_("name of the place"), max_length=120)
    address = blocks.CharBlock(label=_("address"), max_length=200)
    latitude = blocks.FloatBlock(label=_("latitude"), min_value=-90, max_value=90)
    longitude = blocks.FloatBlock(label=_("longitude"), min_value=-180, max_value=180)

    class Meta:
        label = _("map")
        icon = "site"
        template = "cms_pages/blocks/place.html"
