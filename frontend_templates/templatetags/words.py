"""Template tags and filters of the site: money, numbers, tiles, the address of a page in another language."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from cms_pages.machines.readers import is_offered
from frontend_templates import social
from frontend_templates.charts.strip import Block, Rest, rest
from frontend_templates.charts.tiles import drawing
from frontend_templates.ends import said_end, said_start
from participation.cost_bands import band_label
from participation.lists import listed as joined
from participation.lists import separator
from participation.models import PriceHint, Project, Proposal
from participation.models.texts import Identity
from participation.money import format_money, format_number, format_percent

register = template.Library()


@register.filter
def can_be_translated(words) -> bool:
    """Whether the town's machine could say a citizen's words in the reader's language."""
    return is_offered(words.language, get_language())


@register.simple_tag
def money(minor: int, currency: str) -> str:
    return format_money(int(minor), currency)


@register.simple_tag
def cost_of(proposal: Proposal) -> str:
    """What its author thinks it costs."""
    if proposal.cost_minor is not None:
        return format_money(proposal.cost_minor, proposal.budget.currency)
    return band_label(proposal.cost_band, proposal.budget.currency) if proposal.cost_band else _("Unknown")


@register.simple_tag
def range_of(hint: PriceHint) -> str:
    """What such a thing usually costs."""
    least, most = (format_money(minor, hint.currency) for minor in (hint.lowest_minor, hint.highest_minor))
    return least if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}


@register.filter
def number(value: int | float | Decimal) -> str:
    """A number in the locale's own digits and separators; decimals only where there are any."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return format_number(exact.normalize() if exact % 1 else int(exact))


@register.filter
def percent(value: float) -> str:
    return format_percent(Decimal(str(value)))


@register.simple_tag
def tiles(project: Project) -> SafeString:
    """The project's picture where it has no photo."""
    categories = list(project.categories.all())
    slug = categories[0].slug if categories else ""
    return drawing(project.public_number, slug)


@register.filter
def swatches(names: str) -> list[str]:
    """The names of colours, for the style guide."""
    return names.split()


@register.simple_tag
def direction() -> str:
    return "rtl" if get_language_bidi() else "ltr"


def is_rtl(language: str) -> bool:
    return language.split("-", maxsplit=1)[0] in settings.LANGUAGES_BIDI


@register.simple_tag
def lang_of(identity: Identity) -> SafeString:
    """The `lang` of words that are in another language than the page, and their `dir` where it differs too."""
    return lang_of_words(identity.text.spoken if identity.text else get_language())


@register.simple_tag
def lang_of_words(spoken: str) -> SafeString:
    if spoken == get_language():
        return SafeString("")
    if is_rtl(spoken) == get_language_bidi():
        return format_html(' lang="{}"', spoken)
    return format_html(' lang="{}" dir="{}"', spoken, "rtl" if is_rtl(spoken) else "ltr")


@register.simple_tag(takes_context=True)
def lang_of_reader(context: Context) -> SafeString:
    """For words of the interface among those of a page that is shown in the language of its source."""
    if not context["frame"].is_fallback:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', get_language(), direction())


@register.simple_tag
def said(identity: Identity) -> SafeString:
    """The title of something within a sentence, marked where it is in another language."""
    attributes = lang_of(identity)
    return format_html("<span{}>{}</span>", attributes, identity) if attributes else format_html("{}", identity)


@register.simple_tag
def said_list(identities: Iterable[Identity]) -> SafeString:
    return format_html_join(separator(), "{}", ((said(one),) for one in identities))


@register.filter
def listed(entries: Iterable[object]) -> str:
    return joined(entries)


@register.simple_block_tag
def kept(content: str) -> SafeString:
    """What a block says, to be said again elsewhere, also inside an attribute."""
    return SafeString(content.strip().replace('"', "&quot;"))


@register.filter
def card_locale(language: str) -> str:
    return social.card_locale(language)


@register.filter
def ending(moment: datetime) -> str:
    return said_end(moment)


@register.filter
def starting(moment: datetime) -> str:
    return said_start(moment)


@register.filter
def unbroken(words: str) -> str:
    """Words, such as those of a date, that stay on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


@register.simple_tag
def rest_of_strip(blocks: list[Block]) -> Rest:
    return rest(blocks)


@register.simple_tag
def control(field: BoundField) -> str:
    """The input of a field without the placeholder that repeats its label, tied to its hint and its fault."""
    attributes = {"placeholder": ""}
    described = [f"{field.id_for_label}-{part}" for part, there in descriptions(field) if there]
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.simple_tag
def described(field: BoundField) -> SafeString:
    """Ties a group of inputs to its hint and its fault."""
    there = " ".join(f"{field.auto_id}-{part}" for part, is_there in descriptions(field) if is_there)
    return format_html(' aria-describedby="{}"', there) if there else SafeString("")


def descriptions(field: BoundField) -> tuple[tuple[str, bool], ...]:
    return ("hint", bool(field.help_text)), ("fault", bool(field.errors))
