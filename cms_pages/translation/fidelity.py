"""Whether a translation keeps what must not change: placeholders, links, and no markup but that of its source."""

import re
from collections import Counter

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PreformattedString
from django.utils.translation import gettext as _

PLACEHOLDER = re.compile(r"%\([A-Za-z_]\w*\)[sd]|\{[A-Za-z_][A-Za-z0-9_]*\}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# In a string of the translation tool a link is an <a> with an id alone; where it leads is kept apart.
LINK = "a"


def fault_in(source: str, translation: str) -> str:
    """What is wrong with it, as the end of a sentence; empty where nothing is."""
    if CONTROL.search(translation):
        return _("it holds a control character")
    return placeholder_fault(source, translation) or markup_fault(parsed(source), parsed(translation))


def placeholder_fault(source: str, translation: str) -> str:
    wanted, found = (Counter(PLACEHOLDER.findall(words)) for words in (source, translation))
    for one in wanted - found:
        return _("%(what)s is missing") % {"what": one}
    for one in found - wanted:
        return _("%(what)s is not in the source") % {"what": one}
    return ""


def parsed(words: str) -> BeautifulSoup:
    return BeautifulSoup(words, "html.parser")


def markup_fault(source: BeautifulSoup, translation: BeautifulSoup) -> str:
    if translation.find(string=lambda text: isinstance(text, (Comment, PreformattedString))):
        return _("it holds markup that is not in the source")
    known = {tag.name for tag in source.find_all(True)}
    for tag in translation.find_all(True):
        if tag.name not in known or not is_plain(tag):
            return _("%(what)s is not in the source") % {"what": shown(tag)}
    wanted, found = (Counter(shown(link) for link in soup.find_all(LINK)) for soup in (source, translation))
    for one in wanted - found:
        return _("%(what)s is missing") % {"what": one}
    for one in found - wanted:
        return _("%(what)s is not in the source") % {"what": one}
    return ""


def is_plain(tag: Tag) -> bool:
    return set(tag.attrs) <= ({"id"} if tag.name == LINK else set())


def shown(tag: Tag) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in list(tag.attrs.items())[:2])
    return f"<{tag.name}{attributes}>"[:60]
