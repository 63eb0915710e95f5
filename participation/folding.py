"""Words as search compares them: without accents and letter case, alike on every database."""

import re
import unicodedata

TATWEEL = "\u0640"


def folded(text: str) -> str:
    """`Île Été` as `ile ete`; Arabic without its vowel signs. White space is single."""
    apart = unicodedata.normalize("NFKD", text).replace(TATWEEL, "")
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def sorted_words(text: str) -> str:
    """Words without case, accents and order, so that `Müller, Ann` and `ann muller` are likely the same."""
    return " ".join(sorted(re.findall(r"\w+", folded(text))))


def cleaned(text: str) -> str:
    """Text as it is stored: composed letters, plain line ends, no control characters, no space around it."""
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in whole if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})
    return "".join(kept).strip()
