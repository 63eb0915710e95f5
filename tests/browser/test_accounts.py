"""A citizen's account from its first mail to its end, with JavaScript and without."""

import re
import time
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations

PASSWORD = "a long enough password"
SIGN_IN = re.compile("Sign in", re.IGNORECASE)


def mail_to(folder: Path, address: str, words: str) -> str:
    """The text of the newest mail to an address that holds these words."""
    for _ in range(100):
        for path in sorted((folder / "mails").glob("*.log"), reverse=True):
            message = message_from_bytes(path.read_bytes().split(b"\n" + b"-" * 79)[0], policy=policy.default)
            text = message.get_body(("plain",)).get_content()
            if message["To"] == address and words in text:
                return text
        time.sleep(0.1)
    raise AssertionError(f"No mail to {address} says {words!r}.")


def link_in(text: str, path: str) -> str:
    return re.search(rf"http://127\.0\.0\.1:\d+({path}\S*)", text)[1]


def press(page: Page, name: str | re.Pattern) -> None:
    page.locator("main").get_by_role("button", name=name).click()


def sign_up(page: Page, folder: Path, address: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    press(page, "Create the account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    page.goto(link_in(mail_to(folder, address, "confirm"), "/accounts/confirm-email/"))
    press(page, "Yes, confirm it")
    sign_in(page, address)


def sign_in(page: Page, address: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, SIGN_IN)
    page.wait_for_url("**/en/")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_first_mail_to_the_end(browser, town, town_folder, scripts):
    address = f"ana-{scripts}@rivemont.example".lower()
    said: list[str] = []
    here, there = (browser.new_context(base_url=town, java_script_enabled=scripts) for _ in range(2))
    page, other = here.new_page(), there.new_page()
    page.on("console", lambda message: message.type in {"error", "warning"} and said.append(message.text))

    sign_up(page, town_folder, address)
    sign_in(other, address)
    page.get_by_role("link", name="Your profile").click()
    page.get_by_label("Name that others see").fill("Moderator")
    page.get_by_label("Remind me of votes by e-mail").check()
    press(page, "Keep")
    expect(page.get_by_role("alert")).to_contain_text("could be taken for that of the administration")
    page.get_by_label("Name that others see").fill("Ana")
    press(page, "Keep")
    expect(page.get_by_role("status")).to_contain_text("Your profile is kept.")
    expect(page.get_by_label("Remind me of votes by e-mail")).to_be_checked()

    press(page, "Put my data together")
    link = page.get_by_role("link", name=re.compile("Download your data"))
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    with page.expect_download() as download:
        link.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert address in archive.read("data.json").decode()

    press(page, "Sign out everywhere")
    expect(page.get_by_role("status")).to_contain_text("signed out on every device")
    other.goto("/en/profile/")
    assert "/accounts/login/" in other.url

    page.goto("/accounts/login/")
    page.get_by_role("link", name="Sign in with a code by e-mail").click()
    page.get_by_label("Email").fill(address)
    press(page, "Send me a code")
    page.get_by_label("Code").fill(re.search(r"\n\n(\S{6,9})\n\n", mail_to(town_folder, address, "This code"))[1])
    press(page, SIGN_IN)
    page.wait_for_url("**/en/")

    page.goto("/en/profile/")
    page.get_by_role("link", name="Delete my account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    page.get_by_label("I want to delete my account").check()
    press(page, "Delete my account for good")
    expect(page.get_by_role("heading", level=1)).to_have_text("The account is deleted")
    page.goto("/en/profile/")
    assert "/accounts/login/" in page.url
    assert said == []
    here.close()
    there.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_signing_in_through_a_provider(browser, town, provider, scripts):
    """Under the real policy: browsers hold it against where a form is sent on to."""
    provider.claims = {"sub": f"browser-{scripts}", "email": f"portal-{scripts}@example.org", "email_verified": True}
    context = browser.new_context(base_url=town, java_script_enabled=scripts)
    page = context.new_page()
    for _ in range(2):
        page.goto("/accounts/login/")
        press(page, "Go on with The town portal")
        page.wait_for_url("**/en/")
        page.goto("/accounts/3rdparty/")
        expect(page.locator("main")).to_contain_text("The town portal")
        page.get_by_role("link", name="Sign out").click()
        press(page, "Sign out")
        page.wait_for_url("**/en/")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_pages_of_ones_own_break_no_rule(browser, town, width, scheme):
    viewport = {"width": width, "height": 800}
    context = browser.new_context(base_url=town, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("citizen@rivemont.example")
    page.get_by_label("Password").fill("rivemont-demo-town")
    press(page, SIGN_IN)
    page.wait_for_url("**/en/")
    found = []
    own = ("3rdparty/", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "reauthenticate/", "logout/")
    for path in ["/en/profile/", *(f"/accounts/{one}" for one in own)]:
        page.goto(path)
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path} scrolls sideways")
    page.goto("/ar/profile/")
    found += violations(page)
    assert found == []
    context.close()
