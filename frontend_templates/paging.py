"""Pages of a list whose count comes with the rows, and of a long one, whose count stops."""

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window

from participation.models.long_list import BoundedList

LAST_PAGE = 10_000


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
    """Two queries for a page of a list of any length; three where words are searched."""

    object_list: BoundedList

    @property
    def count(self) -> int:
        return self.object_list.counted

    @property
    def is_exact(self) -> bool:
        return self.object_list.is_exact

    def get_page(self, number: object) -> Page:
        """Where there is no such page, the last one that is counted."""
        wanted = page_number(number)
        page = self.page_of(wanted)
        return page if page.object_list or wanted == 1 else self.page_of(self.num_pages)

    def page_of(self, number: int) -> LongPage:
        start = (number - 1) * self.per_page
        rows = self.object_list.between(start, start + self.per_page + 1)
        page = LongPage(rows[: self.per_page], number, self)
        page.has_more = len(rows) > self.per_page
        return page


def page_number(said: object) -> int:
    text = str(said or 1)
    is_number = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if is_number and 1 <= int(text) <= LAST_PAGE else 1
