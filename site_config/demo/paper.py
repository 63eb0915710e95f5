"""A PDF as people send one: a sheet of paper with a plan, made without any file at hand."""

import io

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

A4 = (595, 842)
# A house, a path and a tree, drawn with straight lines.
LINES = "2 w 120 400 200 140 re S 120 540 m 220 620 l 320 540 l S 320 420 m 480 420 l S 440 420 m 440 520 l S 400 520 80 80 re S"


def plan() -> bytes:
    writer, drawing = PdfWriter(), DecodedStreamObject()
    page = writer.add_blank_page(*A4)
    drawing.set_data(LINES.encode())
    page[NameObject("/Contents")] = writer._add_object(drawing)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
