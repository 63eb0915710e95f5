"""What search engines are told there is: each page in each language it exists in, and where its translations are."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from wagtail.models import Page

from cms_pages.models import BudgetPage
from cms_pages.visibility import public
from participation.locales import active_languages
from participation.models import Budget, Project, Proposal

MOST_IN_A_FILE = 5_000


class TownSitemap(Sitemap):
    limit = MOST_IN_A_FILE

    @cached_property
    def of_the_town(self) -> list[str]:
        return active_languages()


class Translated(TownSitemap):
    """Things that have an address in every language of the town."""

    i18n = alternates = True

    def get_languages_for_item(self, item: object) -> list[str]:
        return self.of_the_town


class PagesSitemap(Translated):
    """Pages of the CMS. Those of budgets stand at the budgets' addresses."""

    def items(self) -> list[list[Page]]:
        pages = public(Page.objects.filter(depth__gt=1)).not_type(BudgetPage).order_by("translation_key", "pk")
        reached = (page for page in pages if page.get_url_parts())
        return [list(same) for _, same in groupby(reached, lambda page: page.translation_key)]

    def get_languages_for_item(self, item: list[Page]) -> list[str]:
        return [page.locale.language_code for page in item]

    def location(self, item: list[Page]) -> str:
        page = next(page for page in item if page.locale.language_code == get_language())
        return page.get_url_parts()[2]

    def lastmod(self, item: list[Page]) -> datetime | None:
        return max((page.last_published_at for page in item if page.last_published_at), default=None)


class BudgetsSitemap(Translated):
    def items(self) -> Iterable[Budget]:
        return Budget.objects.public().order_by("pk")

    def location(self, item: Budget) -> str:
        return reverse("budget", args=[item.slug])


class ProjectsSitemap(Translated):
    def items(self) -> QuerySet:
        return Project.objects.public().order_by("pk").values_list("budget__slug", "public_number")

    def location(self, item: tuple[str, int]) -> str:
        return reverse("project", args=item)


class ProposalsSitemap(TownSitemap):
    """Each in the language it was written in, where the town has that one."""

    def items(self) -> QuerySet:
        return Proposal.objects.public().order_by("pk").values_list("budget__slug", "public_number", "language")

    def location(self, item: tuple[str, int, str]) -> str:
        slug, number, language = item
        with override(language if language in self.of_the_town else self.of_the_town[0]):
            return reverse("proposal", args=[slug, number])


SITEMAPS = {
    "pages": PagesSitemap,
    "budgets": BudgetsSitemap,
    "projects": ProjectsSitemap,
    "proposals": ProposalsSitemap,
}
