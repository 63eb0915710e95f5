"""All pictures of a budget as they were uploaded, with their words and credits, in a zip file that is never whole
in memory."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cms_pages.campaign.codes import code_of_link
from cms_pages.campaign.layout import Laid, as_text, lines
from cms_pages.models import SiteImage
from participation.models import ShortLink

CHUNK = 64 * 1024
Entry = tuple[str, Iterable[bytes]]


class Pipe:
    """What a zip file writes to: bytes are taken away as they come."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def archive(rows: list[Laid], links: Iterable[ShortLink], at: datetime) -> Iterator[bytes]:
    return zipped(entries(rows, links), at)


def entries(rows: list[Laid], links: Iterable[ShortLink]) -> Iterator[Entry]:
    """A picture that cannot be read is named in `missing.txt` and hinders no other."""
    missing = []
    yield "projects.csv", (line.encode() for line in lines(rows))
    for one in rows:
        yield f"projects/{one.name}.txt", [as_text(one).encode()]
        chunks = readable(one.image) if one.image else None
        if chunks is not None:
            yield f"projects/{one.picture}", chunks
        elif one.image:
            missing.append(one.picture)
    for link in links:
        yield f"codes/{link.code}.svg", [code_of_link(link)]
    if missing:
        yield "missing.txt", ["\n".join([*missing, ""]).encode()]


def readable(image: SiteImage) -> Iterator[bytes] | None:
    """The file in chunks; None where it cannot be read. The first chunk is read at once, to know."""
    try:
        file = image.file.storage.open(image.file.name, "rb")
        first = file.read(CHUNK)
    except OSError:
        return None
    return read_on(file, first)


def read_on(file, chunk: bytes) -> Iterator[bytes]:
    with file:
        while chunk:
            yield chunk
            chunk = file.read(CHUNK)


def zipped(entries: Iterable[Entry], at: datetime) -> Iterator[bytes]:
    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as archive:
        for name, chunks in entries:
            with archive.open(ZipInfo(name, at.timetuple()[:6]), "w") as member:
                for chunk in chunks:
                    member.write(chunk)
                    yield pipe.taken()
    yield pipe.taken()
