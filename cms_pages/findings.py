"""What an editor should look at on a page before readers do: found in its content, without a browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BoundBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

SHOWN = 80


class FindingKind(models.TextChoices):
    PLACEHOLDER = "placeholder", _("Words that were only holding a place")
    LINK_NAME = "link_name", _("A link whose words do not say where it leads")
    HEADING_ORDER = "heading_order", _("A heading without anything under it")
    IMAGE_ALT = "image_alt", _("A picture without words for those who cannot see it")
    BROKEN_LINK = "broken_link", _("A link to a page that readers cannot see")


@dataclass(frozen=True)
class Finding:
    """`words` are those in question, shortened."""

    kind: FindingKind
    words: str


PLACEHOLDER = re.compile(
    r"lorem ipsum|dolor sit amet|\b(?:TODO|FIXME|TBD|XXX+|à compléter|por completar|platzhalter)\b|\[(?:…|\.{3})\]",
    re.IGNORECASE,
)
# What a link says that says nothing, in the languages of the interface.
EMPTY_NAMES = frozenset(
    name
    for names in (
        ("here", "click here", "read more", "more", "link", "this link", "this page"),
        ("ici", "cliquez ici", "cliquer ici", "en savoir plus", "lire la suite", "plus", "lien"),
        ("aquí", "haga clic aquí", "pulse aquí", "leer más", "más", "enlace"),
        ("هنا", "اضغط هنا", "انقر هنا", "المزيد", "اقرأ المزيد", "رابط"),
    )
    for name in names
)


@dataclass(frozen=True)
class Targets:
    """Where links can lead: `public` are the pages that readers see, `titles` those of all pages."""

    public: frozenset[int]
    titles: dict[int, str]

    @classmethod
    def now(cls) -> "Targets":
        public = Page.objects.live().public().values_list("pk", flat=True)
        return cls(frozenset(public), dict(Page.objects.values_list("pk", "title")))


def findings(page: Page, targets: Targets) -> list[Finding]:
    """In the order of the page's fields. `page` is of its own class."""
    found = []
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None)
        if isinstance(field, StreamField):
            found += [finding for leaf in leaves(value) for finding in findings_in(leaf)]
            found += [*lonely_headings(value), *broken_links(field, value, targets)]
        elif isinstance(field, RichTextField):
            found += [*in_words(value), *broken_links(field, value, targets)]
        elif field.name in WRITTEN and value:
            found += placeholders(str(value))
    return found


WRITTEN = frozenset({"title", "introduction", "search_description", "place", "accessibility"})


def leaves(value: object) -> Iterator[object]:
    """The values of all innermost blocks: words, rich text, pictures."""
    for block in value or ():
        yield from leaves_of(block)


def leaves_of(bound: BoundBlock) -> Iterator[object]:
    if isinstance(bound.block, ImageBlock):
        yield bound.value
    elif isinstance(bound.block, StructBlock):
        for inner in bound.value.bound_blocks.values():
            yield from leaves_of(inner)
    elif isinstance(bound.block, ListBlock):
        for inner in bound.value.bound_blocks:
            yield from leaves_of(inner)
    elif isinstance(bound.block, StreamBlock):
        yield from leaves(bound.value)
    else:
        yield bound.value


def findings_in(value: object) -> list[Finding]:
    if isinstance(value, RichText):
        return in_words(value.source)
    if isinstance(value, AbstractImage):
        return pictures_without_words(value)
    return placeholders(value) if isinstance(value, str) else []


def placeholders(words: str) -> list[Finding]:
    found = PLACEHOLDER.search(words)
    return [Finding(FindingKind.PLACEHOLDER, shortened(words[max(0, found.start() - 20) :]))] if found else []


def pictures_without_words(image: AbstractImage) -> list[Finding]:
    """A picture that says nothing and is not marked as decoration."""
    if getattr(image, "decorative", False) or getattr(image, "contextual_alt_text", None) or image.description:
        return []
    return [Finding(FindingKind.IMAGE_ALT, shortened(image.title))]


class Links(HTMLParser):
    """The words of each link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self._is_inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._is_inside = True
            self.names.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = self._is_inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.names[-1] += data


def in_words(html: str) -> list[Finding]:
    names = [name.strip() for name in Links(html).names]
    empty = [name for name in names if name.strip(" .…»>→").lower() in EMPTY_NAMES or not name or is_address(name)]
    return [*placeholders(html), *(Finding(FindingKind.LINK_NAME, shortened(name)) for name in empty)]


def is_address(name: str) -> bool:
    return name.startswith(("http://", "https://", "www."))


def lonely_headings(body: object) -> list[Finding]:
    """Headings that are followed by another, or by the end."""
    blocks = [*body, None]
    return [
        Finding(FindingKind.HEADING_ORDER, shortened(block.value))
        for block, following in pairwise(blocks)
        if block.block_type == "heading" and (following is None or following.block_type == "heading")
    ]


def broken_links(field: models.Field, value: object, targets: Targets) -> list[Finding]:
    """Links to pages that are drafts, private or gone."""
    references = field.extract_references(value)
    linked = dict.fromkeys(int(pk) for model, pk, *_path in references if issubclass(model, Page))
    gone = str(_("a page that was deleted"))
    broken = [pk for pk in linked if pk not in targets.public]
    return [Finding(FindingKind.BROKEN_LINK, shortened(targets.titles.get(pk, gone))) for pk in broken]


def shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
