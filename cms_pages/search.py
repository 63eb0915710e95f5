"""Pages that hold all words of a query."""

import re

from wagtail.models import Locale, Page

# What else the databases' own search languages mean by signs is not for readers to know.
WORD = re.compile(r"\w+")


def found_pages(query: str, most: int) -> list[Page]:
    """Public ones, in the language now active."""
    words = " ".join(WORD.findall(query))
    if not words:
        return []
    pages = Page.objects.live().public().filter(locale=Locale.get_active()).select_related("locale", "content_type")
    return list(pages.search(words, order_by_relevance=False)[:most])
