"""What a campaign prints, as Chromium lays it out on paper."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

MILLIMETRE = 72 / 25.4
A5, A3 = (148, 210), (297, 420)


def printed(page: Page, path: str) -> PdfReader:
    page.goto(path, wait_until="networkidle")
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def size(pdf: PdfReader) -> tuple[int, int]:
    box = pdf.pages[0].mediabox
    return round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(("form", "paper"), [("poster", A3), ("flyer", A5)])
def test_a_poster_and_a_flyer_are_one_sheet(page, language, form, paper):
    for number in (1, 2):
        pdf = printed(page, f"/{language}/budgets/rivemont/campaign/projects/{number}/{form}/")
        assert (len(pdf.pages), size(pdf)) == (1, paper)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_booklet_has_a_cover_and_two_projects_on_a_page(page, language):
    pdf = printed(page, f"/{language}/budgets/rivemont/campaign/booklet/")
    assert (len(pdf.pages), size(pdf)) == (1 + 12 // 2, A5)
    assert "Rivemont" in pdf.pages[0].extract_text()
    assert "Two hundred trees" not in pdf.pages[0].extract_text()
