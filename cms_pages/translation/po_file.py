"""One PO file for all that a person translates into a language, out and in again: whole, or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polib
from django.core.exceptions import FieldDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.strings import StringValue

from cms_pages.translation.fidelity import fault_in
from cms_pages.translation.works import Work
from participation.models import Person

MOST_BYTES, MOST_ENTRIES = 5 * 1024 * 1024, 50_000
ONE, ALL = "X-WagtailLocalize-TranslationID", "X-OSP-Budget-Locale"
BETWEEN = "/"
TOOL = "PO file"
SHOWN = 60


class FaultyFile(Exception):
    """One sentence that says what is wrong, and with which entry."""


Place = tuple[str, str, str]  # of which translation, at which path, which words


@dataclass(frozen=True)
class Known:
    """What may stand in a file: the strings of these translations, with what is said for each now."""

    translations: dict[str, Translation]
    said: dict[Place, str]

    @classmethod
    def of(cls, translations: Iterable[Translation], locale: Locale) -> "Known":
        by_source = {one.source_id: one for one in translations}
        segments = StringSegment.objects.filter(source__in=by_source).select_related("string", "context")
        rows = segments.annotate_translation(locale, include_errors=True).order_by("source", "order", "pk")
        said: dict[Place, str] = {}
        for row in rows:
            key = str(by_source[row.source_id].uuid)
            said.setdefault((key, row.context.path, row.string.data), row.translation or "")
        return cls({str(one.uuid): one for one in by_source.values()}, said)


def translations_in(works: Iterable[Work]) -> list[Translation]:
    """Of those that may be edited."""
    return [work.translation for work in works if work.translation and work.may_edit]


def exported(works: list[Work], locale: Locale) -> polib.POFile:
    """Every string once for each place it stands at; the comment says where that is."""
    titles = {str(work.translation.uuid): f"{work.kind_name}: {work.title}" for work in works if work.translation}
    po = polib.POFile(wrapwidth=200)
    po.metadata = {
        "POT-Creation-Date": timezone.now().strftime("%Y-%m-%d %H:%M%z"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": locale.language_code,
        ALL: locale.language_code,
    }
    for (key, path, words), said in Known.of(translations_in(works), locale).said.items():
        po.append(polib.POEntry(msgctxt=key + BETWEEN + path, msgid=words, msgstr=said, tcomment=titles[key]))
    return po


def read(upload: UploadedFile | None) -> polib.POFile:
    if upload is None:
        raise FaultyFile(_("Choose a PO file to import."))
    if upload.size is None or upload.size > MOST_BYTES:
        raise FaultyFile(_("The file is larger than five megabytes."))
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FaultyFile(_("The file is no text in UTF-8.")) from error
    # The reader would take a short text for the name of a file.
    if "msgid" not in text or "\n" not in text or "\0" in text:
        raise FaultyFile(_("The file is no PO file."))
    try:
        po = polib.pofile(text)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise FaultyFile(_("The file is no PO file.")) from error
    if len(po) > MOST_ENTRIES:
        raise FaultyFile(_("The file has more than fifty thousand entries."))
    return po


def places_in_all(po: polib.POFile, locale: Locale) -> Iterator[tuple[int, polib.POEntry, Place]]:
    """Of a file for a whole language."""
    refuse_other_language(po, ALL, locale)
    for number, entry in spoken(po):
        key, _between, path = (entry.msgctxt or "").partition(BETWEEN)
        yield number, entry, (key, path, entry.msgid)


def places_in_one(po: polib.POFile, translation: Translation) -> Iterator[tuple[int, polib.POEntry, Place]]:
    """Of a file for one page or snippet, as the translation tool writes them."""
    if po.metadata.get(ONE) != str(translation.uuid):
        raise FaultyFile(_("The file was made for another translation."))
    for number, entry in spoken(po):
        yield number, entry, (str(translation.uuid), entry.msgctxt or "", entry.msgid)


def refuse_other_language(po: polib.POFile, header: str, locale: Locale) -> None:
    if header not in po.metadata:
        raise FaultyFile(_("The file was not made here: export one, fill it in, and import that."))
    for name in (header, "Language"):
        code = po.metadata.get(name, locale.language_code)
        if code.replace("_", "-").lower() != locale.language_code.lower():
            raise FaultyFile(
                _("The file is for the language “%(other)s”, not for %(locale)s.")
                % {"other": code[:SHOWN], "locale": locale.get_display_name()}
            )


def spoken(po: polib.POFile) -> Iterator[tuple[int, polib.POEntry]]:
    """The entries that say something, counted as they stand in the file. What is marked as unsure says nothing yet."""
    for number, entry in enumerate(po, start=1):
        if entry.obsolete or entry.fuzzy:
            continue
        if entry.msgid_plural or entry.msgstr_plural:
            raise at_fault(number, entry, _("it has plural forms, which are not used here"))
        if entry.msgstr.strip():
            yield number, entry


def at_fault(number: int, entry: polib.POEntry, what: str) -> FaultyFile:
    words = " ".join(entry.msgid.split())[:SHOWN]
    return FaultyFile(
        _("Entry %(number)s (“%(words)s”): %(what)s. Nothing was changed.")
        % {"number": number, "words": words, "what": what}
    )


def changes(
    places: Iterable[tuple[int, polib.POEntry, Place]], known: Known, *, leave_out_old: bool = False
) -> dict[str, dict[Place, str]]:
    """What the file says anew, by translation. Raises FaultyFile at the first entry that cannot be taken."""
    found: dict[str, dict[Place, str]] = defaultdict(dict)
    for number, entry, place in places:
        key, path, words = place
        if key not in known.translations:
            raise at_fault(number, entry, _("it belongs to nothing that you may translate into this language"))
        if place not in known.said:
            if leave_out_old:
                continue
            raise at_fault(number, entry, _("the source does not have these words, or no longer"))
        said = entry.msgstr
        if fault := fault_in(words, said) or length_fault(known.translations[key], path, said):
            raise at_fault(number, entry, fault)
        if found[key].setdefault(place, said) != said:
            raise at_fault(number, entry, _("the file says it twice, in two ways"))
    return {key: {p: s for p, s in said.items() if known.said[p] != s} for key, said in found.items()}


def length_fault(translation: Translation, path: str, words: str) -> str:
    model = translation.source.specific_content_type.model_class()
    try:
        most = model._meta.get_field(path).max_length if model else None
    except FieldDoesNotExist:
        return ""
    if most is None or len(StringValue(words).render_text()) <= most:
        return ""
    return _("it is longer than %(most)s characters") % {"most": most}


@transaction.atomic
def import_changes(*, actor: Person, known: Known, changed: dict[str, dict[Place, str]]) -> int:
    """Through the translation tool's own import. Nothing is kept when it takes exception to a single entry."""
    for key, words in changed.items():
        po = polib.POFile()
        po.metadata = {ONE: key}
        for (_key, path, msgid), said in words.items():
            po.append(polib.POEntry(msgctxt=path, msgid=msgid, msgstr=said))
        if known.translations[key].import_po(po, user=actor, tool_name=TOOL):
            raise FaultyFile(_("The source was changed at this moment. Nothing was changed; please try again."))
    return sum(map(len, changed.values()))
