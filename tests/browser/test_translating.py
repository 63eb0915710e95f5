"""A translator brings French to a hundred percent with one file, and publishes it."""

from pathlib import Path

import polib
from playwright.sync_api import Page, expect

from tests.browser.staff import signed_in

# One page and some words that nobody has translated.
UNTRANSLATED = """
from wagtail.rich_text import RichText
from cms_pages.models import HomePage, StandardPage

home = HomePage.objects.get(locale__language_code="en")
page = StandardPage(title="Help at the desk", slug="desk", locale=home.locale)
page.body = [("text", RichText('<p>Ask <a href="https://town.example/">the desk</a>.</p>'))]
home.add_child(instance=page)
page.save_revision().publish()
"""


def test_french_is_brought_to_a_hundred_percent_with_one_file(browser, strict_town, tmp_path):
    strict_town.run(UNTRANSLATED)
    with signed_in(browser, strict_town, "translator") as page:
        bring_french_to_a_hundred_percent(page, tmp_path / "fr.po")


def bring_french_to_a_hundred_percent(page: Page, file: Path) -> None:
    page.goto("/cms/translations/?locale=fr&state=open")
    expect(page.get_by_role("cell", name="Help at the desk")).to_be_visible()
    page.get_by_role("button", name="Begin what is not begun").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="Export all as one PO file").click()
    download.value.save_as(file)
    po = polib.pofile(str(file))
    assert [entry.msgid for entry in po.untranslated_entries()]
    for entry in po.untranslated_entries():
        entry.msgstr = entry.msgid.replace("Help at the desk", "De l’aide au guichet").replace("Ask", "Demandez à")
    po.save()

    page.get_by_label("Filled PO file").set_input_files(file)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("taken in.")).to_be_visible()
    expect(page.get_by_role("list", name="Progress").get_by_role("listitem").filter(has_text="French")).to_contain_text(
        "100 %"
    )
    page.get_by_role("button", name="Publish what is complete").click()
    expect(page.get_by_text("published.")).to_be_visible()

    page.goto("/fr/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("De l’aide au guichet")
    expect(page.get_by_role("link", name="the desk")).to_have_attribute("href", "https://town.example/")
