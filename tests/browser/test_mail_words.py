"""Staff write the town's own words of a mail, forget the code, mend it, and see the mail as it will be."""

import pytest
from playwright.sync_api import Page, expect

from site_config.demo.people import DOMAIN, PASSWORD
from tests.browser.axe import violations

PREVIEW = "/cms/snippets/cms_pages/mailwords/preview/"


@pytest.fixture
def officer(page: Page) -> Page:
    """Signed in with a narrow screen, at the list of mails."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/accounts/login/?next=/cms/mails/")
    page.get_by_label("Email").fill(f"editor@{DOMAIN}")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Words of mails")).to_be_visible()
    return page


def test_a_mail_without_its_code_is_refused_then_mended_and_seen(officer):
    officer.get_by_role("row", name="The code to sign in").get_by_role("link", name="English").click()
    words = officer.locator("textarea[name=body]")
    expect(words).to_have_value(
        "Hello,\n\nThis code signs you in once, within a quarter of an hour. Never tell it to "
        "anybody:\n\n{code}\n\nIf you did not ask for it, do nothing.\n\n{site}\n{site_address}"
    )
    words.fill("Dear neighbour,\n\nhere is your code.")
    officer.get_by_role("button", name="Save draft").click()
    expect(officer.get_by_text("The text needs {code}: the code.")).to_be_visible()

    words.fill("Dear neighbour,\n\nhere is your code:\n\n{code}\n\nMore at https://rivemont.example/help.")
    officer.get_by_role("button", name="Toggle preview").click()
    mail = officer.frame_locator("iframe[title=Preview]").last
    expect(mail.get_by_text("2XHK7P")).to_be_visible()
    expect(mail.get_by_role("link", name="https://rivemont.example/help")).to_be_visible()
    officer.get_by_label("Preview mode").select_option(label="Plain text")
    expect(mail.locator("pre")).to_contain_text("here is your code:\n\n2XHK7P\n\nMore at")

    officer.get_by_role("button", name="Toggle preview").click()
    officer.get_by_role("button", name="Save draft").click()
    expect(officer.get_by_text("Words of a mail 'The code to sign in' created.")).to_be_visible()
    officer.goto("/cms/mails/")
    link = officer.get_by_role("row", name="The code to sign in").get_by_role("link", name="English")
    expect(link).to_contain_text("Own words, a draft")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_a_mail(officer, language, scheme):
    officer.emulate_media(color_scheme=scheme)
    officer.goto(f"/cms/snippets/cms_pages/mailwords/add/?locale={language}&mail=invitation")
    with officer.expect_response(lambda answer: PREVIEW in answer.url and "mode=html" in answer.url):
        officer.get_by_role("button", name="Toggle preview").click()
    officer.goto(f"{PREVIEW}?locale={language}&mode=html")
    expect(officer.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    assert violations(officer) == []
    assert officer.evaluate("document.documentElement.scrollWidth <= innerWidth")
    black_on_white = officer.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert black_on_white is (scheme == "light")
