"""A photo that somebody sends, made anew: what is not the picture does not survive. Pure: bytes in, bytes out."""

import hashlib
import io
import re
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from participation.refusals import ActionRefused, Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS, LONGEST_SIDE = 50_000_000, 12_000
LARGE, SMALL = (1600, 1600), (640, 640)
QUALITY = 82
WHITE = (255, 255, 255)
# What Pillow's decoders raise for files that are broken on purpose.
BROKEN = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError),
    *(MemoryError, ArithmeticError, AttributeError, struct.error, zlib.error),
)
# A file that is a picture to us and a page or a program to others is no photo.
TWO_FACED = re.compile(rb"<script|<html|<!doctype|<\?php|<svg[\s>]|%PDF-", re.IGNORECASE)
ZIP_END, ZIP_TAIL = b"PK\x05\x06", 66_000


@dataclass(frozen=True)
class Picture:
    """JPEG files. `width` and `height` are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.large).hexdigest()


def made_anew(data: bytes) -> Picture:
    """Raises ActionRefused for what is too large or no photo. Sizes are looked at before anything is decoded."""
    if len(data) > MOST_BYTES:
        raise ActionRefused(Refusal.PHOTO_TOO_LARGE)
    if TWO_FACED.search(data) or ZIP_END in data[-ZIP_TAIL:]:
        raise ActionRefused(Refusal.PHOTO_UNREADABLE)
    image = decoded(data)
    large, small = fitted(image, LARGE), fitted(image, SMALL)
    return Picture(encoded(large), encoded(small), *large.size)


def decoded(data: bytes) -> Image.Image:
    """The first frame, upright, on white where it is transparent."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
            raise ActionRefused(Refusal.PHOTO_TOO_LARGE)
        image.draft("RGB", LARGE)
        return on_white(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError:
        raise ActionRefused(Refusal.PHOTO_TOO_LARGE) from None
    except BROKEN:
        raise ActionRefused(Refusal.PHOTO_UNREADABLE) from None


def on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, (*WHITE, 255))
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")


def fitted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    copy = image.copy()
    copy.thumbnail(size)
    copy.info = {}
    return copy


def encoded(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file.getvalue()
