"""Which names people may show. A name that only looks like another is judged by what it looks like."""

import re
import unicodedata

from participation.refusals import Refusal

LONGEST = 80
MOST_MARKS = 3
# Letters and blanks by their category that show nothing: fillers of Hangul, the empty Braille pattern.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
LOOKS_LIKE = str.maketrans(
    {
        **dict(zip("авеёзікмнопрстухѕјһӏԁԛԝ", "abeeeikmhonpctyxsjhidqw", strict=True)),
        **dict(zip("αβεηικνορτυχω", "abeniknoptuxw", strict=True)),
        **dict(zip("013457@$!|lıɩʌɑ", "oieastasiiiiiaa", strict=True)),
        **dict(zip("ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", "abcdefghijkimnoprtuvwyz", strict=True)),
        **dict(zip("ةى", "هي", strict=True)),
    }
)
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN", "COPTIC", "LISU"})
PAIRS = (("rn", "m"), ("vv", "w"))
RESERVED_WORDS = (
    *("admin", "administrator", "administration", "administrateur", "administratrice"),
    *("administrador", "administradora", "administracion", "moderator", "moderation", "moderateur", "moderatrice"),
    *("moderador", "moderadora", "staff", "official", "officer", "support", "helpdesk", "root", "system", "webmaster"),
    *("mayor", "council", "townhall", "cityhall", "municipality", "mairie", "municipalite", "officiel", "officielle"),
    *("ayuntamiento", "alcalde", "alcaldesa", "alcaldia", "municipalidad", "oficial"),
    *("администратор", "администрация", "админ", "модератор", "мэрия"),
    *("الإدارة", "إدارة", "المشرف", "مشرف", "البلدية", "بلدية", "العمدة"),
)


def tidied(name: str) -> str:
    """In one form of Unicode, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def fault_of_name(name: str) -> Refusal | None:
    """Why a tidied name may not be shown. No name at all is fine."""
    if len(name) > LONGEST:
        return Refusal.NAME_TOO_LONG
    if not name:
        return None
    if is_unreadable(name):
        return Refusal.NAME_UNREADABLE
    if any(len(alphabets_of(word)) > 1 for word in name.split()):
        return Refusal.NAME_MIXED
    return Refusal.NAME_RESERVED if is_reserved(name) else None


def is_unreadable(name: str) -> bool:
    categories = [unicodedata.category(character) for character in name]
    marks = "".join("m" if category in {"Mn", "Me"} else " " for category in categories)
    return (
        bool(UNSEEN_CATEGORIES.intersection(categories) or BLANK.intersection(name))
        or not any(category.startswith("L") for category in categories)
        or "m" * (MOST_MARKS + 1) in marks
    )


def alphabets_of(word: str) -> set[str]:
    """Of those whose letters look alike."""
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha())
    return ALIKE.intersection(names)


def looks(text: str) -> str:
    """The letters a reader sees, without accents, case and the difference between letters that look alike."""
    seen = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(one for one in seen if not unicodedata.combining(one)).translate(LOOKS_LIKE)
    for pair, letter in PAIRS:
        bare = bare.replace(pair, letter)
    return bare


def look_the_same(name: str, other: str) -> bool:
    """Whether a reader would take one for the other, whatever stands between the words."""
    return bare_look(name) == bare_look(other)


def bare_look(name: str) -> str:
    return looks("".join(words_in(name)))


def words_in(name: str) -> list[str]:
    return [word for word in re.split(r"[^\w@$!|]+|_+", name) if word]


RESERVED = frozenset(map(looks, RESERVED_WORDS))


def is_reserved(name: str) -> bool:
    """By each word, with and without digits at its end, and by all of them together, as in `a d m i n`."""
    words = words_in(name)
    variants = [*words, *(word.strip("0123456789@$!|") for word in words), "".join(words)]
    return any(seen in RESERVED or seen.removesuffix("s") in RESERVED for seen in map(looks, variants))
