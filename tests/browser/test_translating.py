"""A translator brings French to a hundred percent with one file, and publishes it."""

import polib
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from site_config.demo.people import DOMAIN, PASSWORD
from tests.browser.conftest import free_port, served

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# One page and some words that nobody has translated, and a translator with a second factor.
UNTRANSLATED = f"""
from allauth.mfa.totp.internal.auth import TOTP
from wagtail.rich_text import RichText
from cms_pages.models import HomePage, StandardPage
from participation.models import Person

TOTP.activate(Person.objects.get(email="translator@{DOMAIN}"), "{SECRET}")
home = HomePage.objects.get(locale__language_code="en")
page = StandardPage(title="Help at the desk", slug="desk", locale=home.locale)
page.body = [("text", RichText('<p>Ask <a href="https://town.example/">the desk</a>.</p>'))]
home.add_child(instance=page)
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def strict_town(browser, tmp_path_factory):
    """The demo town, but staff need their second factor as they do in a real one."""
    folder, port = tmp_path_factory.mktemp("strict"), free_port()
    (folder / "strict.py").write_text("from site_config.settings.demo import *\nSTAFF_MFA_REQUIRED = True\n")
    more = {"DJANGO_SETTINGS_MODULE": "strict", "PYTHONPATH": str(folder)}
    filling = (["load_demo", "--port", str(port)], ["shell", "-v0", "-c", UNTRANSLATED])
    with served(folder, port, *filling, **more) as address:
        yield address


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/?next=/cms/translations/")
    page.get_by_label("Email").fill(f"translator@{DOMAIN}")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code_now())
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1, name="Translations")).to_be_visible()


def test_french_is_brought_to_a_hundred_percent_with_one_file(browser, strict_town, tmp_path):
    context = browser.new_context(base_url=strict_town)
    page = context.new_page()
    sign_in(page)
    page.goto("/cms/translations/?locale=fr&state=open")
    expect(page.get_by_role("cell", name="Help at the desk")).to_be_visible()
    page.get_by_role("button", name="Begin what is not begun").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="Export all as one PO file").click()
    file = tmp_path / "fr.po"
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
    context.close()
