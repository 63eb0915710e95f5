"""The links of the menu and the footer, in the reader's language."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms_pages.visibility import public

Link = tuple[str, str]


def chosen_links(stream: StreamValue, request: HttpRequest) -> list[Link]:
    """Words and address of what staff chose. A page that readers cannot see is left out."""
    pages = translated(block.value["page"] for block in stream if block.block_type == "page")
    links = []
    for block in stream:
        if block.block_type == "address":
            links.append((block.value["words"], block.value["address"]))
        elif page := block.value["page"] and pages.get(block.value["page"].translation_key):
            links.append((block.value["words"] or page.title, address_here(page, request)))
    return links


def translated(pages: Iterable[Page | None]) -> dict[object, Page]:
    """For each translation key the public page in the language now active, else the one that was written first."""
    keys = {page.translation_key for page in pages if page}
    found = public(Page.objects.filter(translation_key__in=keys)) if keys else []
    language = get_language()
    best_last = sorted(found, key=lambda page: (page.locale.language_code == language, -page.pk))
    return {page.translation_key: page for page in best_last}


def marked_links(request: HttpRequest) -> list[Link]:
    """The pages below the first that are marked to show in menus."""
    pages = public(Page.objects.in_menu().filter(locale__language_code=get_language(), depth=3))
    return [(page.title, page.get_url(request)) for page in pages.order_by("path")]


def address_here(page: Page, request: HttpRequest) -> str:
    """Where the reader sees the page without leaving their language, be it translated or not."""
    return address_in(get_language(), page, request)


def address_in(language: str, page: Page, request: HttpRequest) -> str:
    """The page's own address, under another language."""
    _, _, rest = page.get_url(request).lstrip("/").partition("/")
    return f"/{language}/{rest}"
