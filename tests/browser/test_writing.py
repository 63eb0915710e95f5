"""A communications officer's news and event: written, approved by another, translated, and public at their hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polib
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.staff import Town, signed_in

TOMORROW, THE_DAY_AFTER = (datetime.now(UTC).date() + timedelta(days=days) for days in (1, 2))
ARTICLE, EVENT = "Two hundred trees are planted", "An evening under the trees"
# What waits for tomorrow is due now; the worker finds it as it would find it then.
THE_HOUR_COMES = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
from site_config.periodic import publish_scheduled

now = timezone.now()
for revision in Revision.objects.exclude(approved_go_live_at=None):
    revision.approved_go_live_at = now - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
publish_scheduled(now)
"""
FRENCH_ARTICLE = {
    ARTICLE: "Deux cents arbres sont plantés",
    "From the station to the river.": "De la gare au fleuve.",
    "Come and see them.": '<a id="a1">Venez les voir.</a>',
    "A lime tree beside the station": "Un tilleul à côté de la gare",
}
FRENCH_EVENT = {
    EVENT: "Une soirée sous les arbres",
    "Bring a chair.": "Apportez une chaise.",
    "Town garden": "Jardin de la ville",
}


@dataclass
class Editor:
    """The form of one page in the CMS."""

    page: Page

    def begin(self, kind: str, above: str) -> None:
        [index] = self.page.request.get(f"/api/v1/pages/?type={above}&language=en").json()["results"]
        self.page.goto(f"/cms/pages/add/cms_pages/{kind}/{index['id']}/")

    def write(self, **words: str) -> None:
        for label, said in words.items():
            self.page.get_by_role("textbox", name=label.replace("_", " ")).fill(said)

    def add(self, block: str) -> None:
        self.page.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=block, exact=True).click()

    def choose_picture(self, button: int, file: Path, title: str, alt: str) -> None:
        self.page.get_by_role("button", name="Choose an image").nth(button).click()
        chooser = self.page.locator(".modal-body")
        chooser.get_by_role("tab", name="Upload").click()
        chooser.locator("input[type=file]").set_input_files(file)
        chooser.get_by_label("Title").fill(title)
        chooser.get_by_label("Description").fill(alt)
        chooser.get_by_role("button", name="Upload").click()
        expect(chooser).to_have_count(0)

    def write_with_a_link(self, words: str) -> None:
        """To the first page of the site."""
        self.page.locator("[contenteditable=true]").last.click()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Control+A")
        self.page.get_by_role("button", name="Link").first.click()
        self.page.locator(".modal-body").get_by_role("link", name="You decide what").click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def schedule(self, moment: str) -> None:
        panel = self.page.get_by_role("button", name="Toggle status")
        if panel.get_attribute("aria-expanded") != "true":  # the CMS remembers it
            panel.click()
        self.page.get_by_role("button", name="Set schedule").click()
        dialog = self.page.get_by_role("dialog", name="Set publishing schedule")
        dialog.get_by_label("Go live date/time").fill(moment)
        with self.page.expect_navigation():
            dialog.get_by_role("button", name="Save schedule").press("Enter")
        self.page.wait_for_load_state("networkidle")
        self.page.goto(self.page.url)  # what was saved by itself meanwhile is then no other version
        expect(self.page.get_by_text("Once scheduled:")).to_be_visible()

    def act(self, button: str) -> None:
        self.page.get_by_role("button", name="More actions").click()
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.locator(".messages")).to_be_visible()


@pytest.fixture
def pictures(tmp_path) -> list[Path]:
    files = [tmp_path / f"{colour}.jpg" for colour in ("teal", "olive", "navy")]
    for file in files:
        Image.new("RGB", (1600, 900), file.stem).save(file)
    return files


def write_article(page: Page, pictures: list[Path]) -> None:
    editor = Editor(page)
    editor.begin("newspage", "news_index")
    editor.write(Title=ARTICLE, Introduction="From the station to the river.")
    editor.choose_picture(0, pictures[0], "A spade", "A spade in the earth")
    editor.add("text")
    editor.write_with_a_link("Come and see them.")
    editor.add("picture")
    editor.choose_picture(-1, pictures[1], "A lime tree", "A lime tree beside the station")
    expect(page.get_by_role("textbox", name="Alt text")).to_have_value("A lime tree beside the station")
    editor.schedule(f"{TOMORROW} 09:00")
    editor.act("Submit to A second pair of eyes")


def write_event(page: Page, pictures: list[Path]) -> None:
    editor = Editor(page)
    editor.begin("eventpage", "event_index")
    editor.write(Title=EVENT, Introduction="Bring a chair.", Name_of_the_place="Town garden")
    editor.write(Begins=f"{THE_DAY_AFTER} 18:00", Ends=f"{THE_DAY_AFTER} 20:00")
    editor.choose_picture(0, pictures[2], "A garden", "Chairs in the town garden")
    editor.schedule(f"{TOMORROW} 09:00")
    editor.act("Submit to A second pair of eyes")


def approve_all(page: Page) -> None:
    for title in (ARTICLE, EVENT):
        page.goto("/cms/")
        page.get_by_role("link", name=title).click()
        Editor(page).act("Approve")


def open_translation(page: Page, title: str) -> None:
    page.goto("/cms/translations/?locale=fr&state=open")
    page.get_by_role("link", name=title).click()
    page.wait_for_load_state("networkidle")  # the editor is drawn anew while it loads


def translate_article(page: Page) -> None:
    """String by string in the editor."""
    open_translation(page, ARTICLE)
    for words, said in FRENCH_ARTICLE.items():
        box = page.get_by_role("listitem").filter(has_text=words)
        box.get_by_role("button", name="Translate", exact=True).click()
        box.get_by_role("textbox").fill(said)
        box.get_by_role("button", name="Save").click()
        expect(box.get_by_text("Translated manually").first).to_be_visible()
    publish(page)


def publish(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Publish in French").click()
    expect(page.locator(".messages")).to_contain_text("Published")


def translate_event(page: Page, file: Path) -> None:
    """With a PO file."""
    open_translation(page, EVENT)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PO file").click()
    download.value.save_as(file)
    po = polib.pofile(str(file))
    for entry in po:
        entry.msgstr = FRENCH_EVENT.get(entry.msgid, entry.msgid)
    po.save()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload PO file").click()
    chooser.value.set_files(file)
    expect(page.get_by_text("The translations are taken in.")).to_be_visible()
    publish(page)


def test_news_and_an_event_stand_in_two_languages_at_their_hour(browser, strict_town: Town, pictures, tmp_path):
    with signed_in(browser, strict_town, "editor") as page:
        write_article(page, pictures)
        write_event(page, pictures)
    with signed_in(browser, strict_town, "manager") as page:
        approve_all(page)
    with signed_in(browser, strict_town, "translator") as page:
        page.goto("/cms/translations/?locale=fr&state=open")
        page.get_by_role("button", name="Begin what is not begun").click()
        translate_article(page)
        translate_event(page, tmp_path / "event.po")

    reader = browser.new_context(base_url=strict_town.address).new_page()
    for address in ("/en/news/", "/fr/actualites/"):
        reader.goto(address)
        assert "arbres" not in reader.content()
        assert ARTICLE not in reader.content()
    strict_town.run(THE_HOUR_COMES)
    read_the_site(reader)
    read_the_api(reader, strict_town.address)
    reader.context.close()


def read_the_site(page: Page) -> None:
    for news, title, alt in (
        ("/en/news/", ARTICLE, "A lime tree beside the station"),
        ("/fr/actualites/", FRENCH_ARTICLE[ARTICLE], "Un tilleul à côté de la gare"),
    ):
        page.goto(f"{news}?fresh")
        page.get_by_role("link", name=title).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_role("img", name=alt)).to_be_visible()
    expect(page.get_by_role("link", name="Venez les voir.")).to_be_visible()
    for events, title in (("/en/events/", EVENT), ("/fr/rendez-vous/", FRENCH_EVENT[EVENT])):
        page.goto(f"{events}?fresh")
        page.get_by_role("link", name=title).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_role("link", name=".ics")).to_be_visible()


def read_the_api(page: Page, address: str) -> None:
    whole = page.request.get("/api/v1/pages/", params={"language": "fr", "type": "news"}).json()["results"]
    [found] = [one for one in whole if one["title"] == FRENCH_ARTICLE[ARTICLE]]
    answer = page.request.get("/api/v1/pages/by-path/", params={"path": found["path"]}).json()
    assert (answer["introduction"], answer["language"]) == ("De la gare au fleuve.", "fr")
    [text, picture] = answer["body"]
    assert f'<a href="{address}/fr/"' in text["value"]
    assert "Venez les voir." in text["value"]
    assert picture["value"]["alt"] == "Un tilleul à côté de la gare"
    first = picture["value"]["srcset"].split(" ")[0]
    assert first.startswith(f"{address}/media/images/")
    assert page.request.get(first).headers["content-type"] == "image/jpeg"
    assert answer["details"]["picture"]["alt"] == "A spade in the earth"
    [english] = answer["translations"]
    source = page.request.get("/api/v1/pages/by-path/", params={"path": english["path"]}).json()
    assert (source["title"], source["language"]) == (ARTICLE, "en")
    assert [block["type"] for block in source["body"]] == ["text", "picture"]
    assert source["body"][1]["value"]["alt"] == "A lime tree beside the station"
