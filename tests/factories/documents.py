"""PDF files: harmless ones, and such that would do something."""

import io

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject


def named(**fields) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in fields.items()})


def action(kind: str, **fields) -> DictionaryObject:
    return named(S=NameObject(f"/{kind}"), **fields)


def link(acts: DictionaryObject, kind: str = "Link") -> DictionaryObject:
    return named(Type=NameObject("/Annot"), Subtype=NameObject(f"/{kind}"), A=acts)


def pdf_bytes(pages: int = 1, *, annotation=None, root=None, password: str = "", told: str = "SECRET") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if told:
        writer.add_metadata({"/Author": told, "/Title": told})
        xmp = DecodedStreamObject()
        xmp.set_data(told.encode())
        writer.pages[0][NameObject("/Metadata")] = writer._add_object(xmp)
    if annotation is not None:
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
    for name, value in (root or {}).items():
        writer.root_object[NameObject(name)] = writer._add_object(value)
    if password:
        writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def text(words: str) -> TextStringObject:
    return TextStringObject(words)
