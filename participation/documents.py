"""A PDF that somebody sends, written anew: what is not a page does not survive. Pure: bytes in, bytes out.

Whatever could act is refused rather than stripped, so that nobody sees another document than they sent: scripts, forms,
attachments, media, and all actions but links to the web and within the document.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from participation.refusals import ActionRefused, Refusal

START = b"%PDF-"
MOST_BYTES, MOST_PAGES, MOST_OBJECTS, DEEPEST = 10 * 1024 * 1024, 100, 100_000, 200
ACTING = frozenset(
    {
        *("/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF"),
        *("/RichMedia", "/RichMediaContent", "/AcroForm", "/XFA", "/Movie", "/Sound", "/Rendition", "/Collection"),
    }
)
ACTIONS = frozenset(
    {
        *("/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named", "/SubmitForm"),
        *("/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView"),
        "/RichMediaExecute",
    }
)
HARMLESS_ACTIONS = frozenset({"/URI", "/GoTo"})
ACTING_ANNOTATIONS = frozenset(
    {"/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D", "/Widget", "/TrapNet"}
)
WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)
# Who made it, with what, when and where. Thumbnails and private data of programs may show what was cut away.
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/Info")


@dataclass(frozen=True)
class Document:
    data: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def written_anew(data: bytes) -> Document:
    """Raises ActionRefused for what is too large, no PDF, behind a password, or able to act."""
    if len(data) > MOST_BYTES:
        raise ActionRefused(Refusal.DOCUMENT_TOO_LARGE)
    if not data.startswith(START):
        raise ActionRefused(Refusal.DOCUMENT_UNREADABLE)
    try:
        return rewritten(PdfReader(io.BytesIO(data), strict=False))
    except ActionRefused:
        raise
    except Exception:  # noqa: BLE001 - a reader of broken files raises whatever it stumbles over
        raise ActionRefused(Refusal.DOCUMENT_UNREADABLE) from None


def rewritten(reader: PdfReader) -> Document:
    if reader.is_encrypted:
        raise ActionRefused(Refusal.DOCUMENT_UNREADABLE)
    refuse_what_acts(reader.trailer.get("/Root"))
    forget_what_tells(reader)
    pages = len(reader.pages)
    if not pages:
        raise ActionRefused(Refusal.DOCUMENT_UNREADABLE)
    if pages > MOST_PAGES:
        raise ActionRefused(Refusal.DOCUMENT_TOO_LARGE)
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    writer.metadata = None
    file = io.BytesIO()
    writer.write(file)
    if file.tell() > MOST_BYTES:
        raise ActionRefused(Refusal.DOCUMENT_TOO_LARGE)
    return Document(file.getvalue(), pages)


def dictionaries(start: Any) -> Iterator[DictionaryObject]:
    """All that can be reached from here, each once. Refused for what is built to have no end."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, int]] = [(start, 0)]
    count = 0
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, IndirectObject):
            if (key := (one.idnum, one.generation)) in seen:
                continue
            seen.add(key)
            one, depth = one.get_object(), 0
        count += 1
        if count > MOST_OBJECTS or depth > DEEPEST:
            raise ActionRefused(Refusal.DOCUMENT_TOO_LARGE)
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [(value, depth + 1) for value in dict.values(one)]
        elif isinstance(one, ArrayObject):
            waiting += [(value, depth + 1) for value in list.__iter__(one)]


def refuse_what_acts(root: Any) -> None:
    for one in dictionaries(root):
        if {str(name) for name in one} & ACTING or does_more_than_link(one):
            raise ActionRefused(Refusal.DOCUMENT_ACTIVE)


def does_more_than_link(one: DictionaryObject) -> bool:
    """An action may leave out that it is one: its kind tells."""
    kind, sort = said(one, "/S"), said(one, "/Type")
    if said(one, "/Subtype") in ACTING_ANNOTATIONS or sort == "/Filespec":
        return True
    if sort != "/Action" and kind not in ACTIONS and "/URI" not in one:
        return False
    return kind not in HARMLESS_ACTIONS or ("/URI" in one and not WEB.match(said(one, "/URI")))


def said(one: DictionaryObject, name: str) -> str:
    value = one.get(name)
    return str(value.get_object() if isinstance(value, IndirectObject) else value or "")


def forget_what_tells(reader: PdfReader) -> None:
    """Before the pages are read and copied: what nothing names any more is not copied along."""
    for one in dictionaries(reader.trailer.get("/Root")):
        for name in TELLING:
            one.pop(name, None)
