"""The two languages side by side, and the names by which words speak of pictures, documents and other pages."""

import re
from dataclasses import dataclass

FRENCH: dict[str, str] = {}
# French keeps a space before these signs that no line may break at.
SPACES = re.compile(r" (?=[?!:;»%€])|(?<=«) ")


@dataclass(frozen=True)
class Named:
    """A picture, a document, a page or a budget, before it is made."""

    kind: str
    name: str


def both(english: str, french: str) -> str:
    """Keeps the French words for the translation, and gives the English ones back."""
    french = SPACES.sub("\N{NO-BREAK SPACE}", french)
    if FRENCH.setdefault(english, french) != french:
        raise ValueError(f"Two translations: {english}")
    return english


def same(words: str) -> str:
    """A name, which nobody translates."""
    return both(words, words)


def page(slug: str) -> Named:
    return Named("page", slug)


def budget(slug: str) -> Named:
    return Named("budget", slug)


def document(name: str) -> Named:
    return Named("document", name)


def picture(name: str) -> Named:
    return Named("picture", name)


def shown(name: str, alt: str) -> dict[str, object]:
    """A picture within the text, with what people are told who do not see it."""
    return {"image": picture(name), "alt_text": alt, "decorative": False}


def text(*paragraphs: str) -> tuple[str, str]:
    """A block of text."""
    return "text", rich(*paragraphs)


def rich(*paragraphs: str) -> str:
    return "".join(f"<p>{words}</p>" for words in paragraphs)


def listed(*entries: str) -> tuple[str, str]:
    return "text", "<ul>" + "".join(f"<li>{words}</li>" for words in entries) + "</ul>"
