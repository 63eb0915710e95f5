"""The interface's words: extracted from code and templates, kept in `.po` files, compiled without gettext's tools."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOM = Path(settings.LOCALE_PATHS[0])
SOURCE = Path(settings.BASE_DIR)
APPS = ("participation", "cms_pages", "api", "frontend_templates", "site_config")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def po_files() -> list[Path]:
    return sorted(ROOM.glob("*/LC_MESSAGES/django.po"))


def read_catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def compile_messages() -> int:
    """Writes the `.mo` beside each `.po` that is newer; returns how many were written."""
    written = 0
    for path in po_files():
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with target.open("wb") as file:
            write_mo(file, read_catalog(path))
        written += 1
    return written


def extract_template(file: BinaryIO, keywords, comment_tags, options) -> Iterator[tuple]:
    """Babel's extraction method for Django templates: `templatize` turns one into Python calls."""
    python = templatize(file.read().decode(), origin=getattr(file, "name", ""))
    yield from extract_python(BytesIO(python.encode()), keywords, comment_tags, {"encoding": "utf-8", **options})


def extract_catalog() -> Catalog:
    """Every translatable string of the project, with where it stands."""
    catalog = Catalog(project="OSP Budget", charset="utf-8", fuzzy=False)
    methods = [
        ("**/templates/**.html", extract_template),
        ("**/templates/**.txt", extract_template),
        ("**.py", "python"),
    ]
    for app in APPS:
        found = extract_from_dir(SOURCE / app, method_map=methods, keywords=KEYWORDS, comment_tags=("Translators:",))
        for filename, line, message, comments, context in found:
            catalog.add(message, None, [(f"{app}/{filename}", line)], auto_comments=comments, context=context)
    return catalog


def update_messages() -> None:
    """Brings every `.po` up to the code, keeping what is translated and dropping what is no longer said."""
    template = extract_catalog()
    for path in po_files():
        catalog = read_catalog(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False, omit_header=False)


def faults() -> Iterator[str]:
    """One sentence for each string that is missing in a `.po`, not translated, or broken."""
    template = extract_catalog()
    for path in po_files():
        catalog = read_catalog(path)
        name = f"{path.parts[-3]}: "
        for message in template:
            if message.id and (known := catalog.get(message.id, message.context)) is None:
                yield f"{name}{message.id!r} is missing."
            elif message.id and is_untranslated(known):
                yield f"{name}{message.id!r} is not translated."
        for message, errors in catalog.check():
            for error in errors:
                yield f"{name}{message.id!r}: {error}"


def is_untranslated(message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return message.fuzzy or not all(strings)
