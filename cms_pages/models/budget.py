from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms_pages.fields import BlocksField
from participation.choices import PhaseKind
from participation.models import Budget

OTHERWISE = "otherwise"


def body_for(label: str) -> BlocksField:
    return BlocksField(verbose_name=label, blank=True)


class BudgetPageQuerySet(PageQuerySet):
    def face_of(self, budget: Budget, language: str) -> "BudgetPage | None":
        """What staff wrote about a budget, in this language."""
        pages = self.live().public().filter(budget=budget, locale__language_code=language)
        return pages.select_related("locale").first()


class BudgetPage(Page):
    """The face of a budget in the CMS: a text for each phase. The text of the phase we are in shows by itself.

    It has no address of its own: it is part of the budget's page.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="+", verbose_name=_("budget"))
    informing = body_for(PhaseKind.INFORMING.label)
    proposing = body_for(PhaseKind.PROPOSING.label)
    supporting = body_for(PhaseKind.SUPPORTING.label)
    valuating = body_for(PhaseKind.VALUATING.label)
    voting = body_for(PhaseKind.VOTING.label)
    counting = body_for(PhaseKind.COUNTING.label)
    delivering = body_for(PhaseKind.DELIVERING.label)
    otherwise = body_for(_("between phases and afterwards"))

    objects = PageManager.from_queryset(BudgetPageQuerySet)()

    public_fields = ("budget", *PhaseKind.values, OTHERWISE)
    template = "cms_pages/budget_preview.html"
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("budget"),
        MultiFieldPanel(
            [FieldPanel(kind) for kind in (*PhaseKind.values, OTHERWISE)], heading=_("Texts of the phases")
        ),
    ]
    search_fields = [*Page.search_fields, *(index.SearchField(kind) for kind in (*PhaseKind.values, OTHERWISE))]
    preview_modes = [*((kind.value, kind.label) for kind in PhaseKind), (OTHERWISE, _("Between phases and afterwards"))]

    class Meta:
        verbose_name, verbose_name_plural = _("budget page"), _("budget pages")

    def clean(self) -> None:
        super().clean()
        others = BudgetPage.objects.filter(budget=self.budget_id, locale=self.locale_id).exclude(pk=self.pk)
        if self.budget_id and self.locale_id and others.exists():
            raise ValidationError({"budget": _("This budget has a page in this language.")})

    def body_of(self, kind: str | None) -> StreamValue:
        """The text of a kind of phase; where it is empty, or between phases, the one for the rest of the time."""
        return (getattr(self, kind) if kind else None) or self.otherwise

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        if not parts or not parts[1]:
            return parts
        with override(self.locale.language_code):
            return parts[0], parts[1], reverse("budget", args=[self.budget.slug])

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return redirect(self.get_url(request))

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict:
        return super().get_preview_context(request, mode_name) | {
            "body": self.body_of(mode_name.replace(OTHERWISE, ""))
        }
