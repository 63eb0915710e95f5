"""Pages of a list whose count comes with the rows, and pages of a long one, whose count stops."""

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window

LAST_PAGE, MOST_COUNTED = 10_000, 1_000


class CountingPaginator(Paginator):
    def get_page(self, number: object) -> Page:
        """Where there is no such page, the one that Django would show."""
        wanted = page_number(number)
        start = (wanted - 1) * self.per_page
        rows = list(self.object_list.annotate(in_all=Window(Count("pk")))[start : start + self.per_page])
        if not rows and wanted > 1:
            return super().get_page(number)
        self.count = rows[0].in_all if rows else 0
        return Page(rows, wanted, self)


class LongPage(Page):
    """Knows whether there is a next one by the row that follows, not by the count."""

    has_more = False

    def has_next(self) -> bool:
        return self.has_more

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1


class LongPaginator(Paginator):
    """For lists that may be of any length: counts up to 1,000, so that a page costs the same for all of them."""

    @property
    def is_exact(self) -> bool:
        return self.count <= MOST_COUNTED

    def get_page(self, number: object) -> Page:
        """Where there is no such page, the one that Django would show."""
        wanted = page_number(number)
        start = (wanted - 1) * self.per_page
        self.count = len(self.object_list.order_by().values_list("pk")[: MOST_COUNTED + 1])
        rows = list(self.object_list[start : start + self.per_page + 1])
        if not rows and wanted > 1:
            return super().get_page(number)
        page = LongPage(rows[: self.per_page], wanted, self)
        page.has_more = len(rows) > self.per_page
        return page


def page_number(said: object) -> int:
    text = str(said or 1)
    is_number = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if is_number and 1 <= int(text) <= LAST_PAGE else 1
