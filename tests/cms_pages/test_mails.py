"""Every mail of the registry, in every language: both parts, safe whatever people wrote, and none forgotten."""

import ast
import re
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.utils.translation import override

from cms_pages.mails.marks import Link, filled, filled_html
from cms_pages.mails.placeholders import Form
from cms_pages.mails.registry import ACCOUNT_MAILS, MAILS
from cms_pages.mails.writing import mail_to
from cms_pages.models import MailWords, SiteLook
from frontend_templates.accounts import LINKS, SAME_MAIL, AccountAdapter, code_of
from tests.cms_pages.translators import locale_of
from tests.frontend_templates.pages import Reader

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
LANGUAGES = ("en", "fr", "es", "ar")
FOLDER = ROOT / "frontend_templates" / "templates" / "emails"
FRAMES = {"account_frame.txt", "frame.html"}
EVIL = "<script>alert(1)</script>"
INJECTED = (
    f"Ana\r\nBcc: all@example.org\n\n{EVIL} {{code}} {{site}} {{0.__class__}} %(link)s {{% now 'Y' %}} javascript:go()"
)
# What a checkpoint tells observers is for machines, see its docstring.
MAY_SEND = {"cms_pages/mails/writing.py", "site_config/ballot_boxes.py"}
# Mails of what is switched off here, and a frame.
STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)
NEVER_SENT = {"base", "password_reset_code", "webauthn_added", "webauthn_removed"}


def values(code: str, words: str | None = None) -> dict:
    """Examples, or these words wherever people may write."""
    mail = MAILS[code]
    return {one.name: one.example if words is None or one.form is Form.LINK else words for one in mail.own_placeholders}


def parts(message) -> dict[str, str]:
    """As a mail program reads them."""
    parsed = message_from_bytes(message.message().as_bytes(), policy=modern)
    assert parsed.get_content_type() == "multipart/alternative"
    return {part.get_content_type(): part.get_content() for part in parsed.iter_parts()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", MAILS)
def test_every_mail_in_every_language_has_both_parts_and_all_that_is_required(code, language):
    with override(language):
        mail, message = MAILS[code], mail_to("ana@example.org", code, values(code))
        shaped = mail.examples()
    both = parts(message)
    assert list(both) == ["text/plain", "text/html"]
    page = Reader(STYLES.sub("", both["text/html"]))
    assert "{" not in message.subject + both["text/plain"] + page.text
    [root] = page.all("html")
    assert (root["lang"], root["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    assert page.headings == [1]
    assert "<img" not in both["text/html"]
    for one in mail.placeholders:
        if one.is_required and one.form is Form.LINK:
            assert shaped[one.name] in both["text/plain"]
            assert shaped[one.name] in {link.get("href") for link in page.all("a")}
    assert message.subject in page.text


@pytest.mark.parametrize("code", MAILS)
def test_each_language_has_its_own_words(code):
    said = set()
    for language in LANGUAGES:
        with override(language):
            said.add(MAILS[code].default()[1])
    assert len(said) == (1 if code == "contact" else 4)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("code", MAILS)
def test_what_people_wrote_stays_what_they_wrote(code, language):
    with override(language):
        message = mail_to("ana@example.org", code, values(code, INJECTED))
    both = parts(message)
    assert len(message.subject.splitlines()) == 1
    assert message.recipients() == ["ana@example.org"]
    assert "Bcc" not in message.message()
    assert "<script" not in both["text/html"]
    assert "javascript:" not in str([link.get("href") for link in Reader(both["text/html"]).all("a")])
    if any(one.form is not Form.LINK and one.mark in MAILS[code].default()[1] for one in MAILS[code].own_placeholders):
        for words in ("{code} {site} {0.__class__} %(link)s {% now 'Y' %}", EVIL):
            assert words in both["text/plain"]
            assert words in Reader(both["text/html"]).text


def test_a_name_cannot_be_a_link_but_staff_can_write_one():
    words = "See https://town.example/help. {name} {link}"
    html = filled_html(words, {"name": "https://evil.example/", "link": Link("https://town.example/a?b=1&c=2")})
    assert re.findall(r'href="([^"]+)"', html) == ["https://town.example/help", "https://town.example/a?b=1&amp;c=2"]
    assert "<bdi>https://evil.example/</bdi>" in html


def test_plain_text_and_paragraphs_say_the_same():
    words = "A & B\r\n\r\n\r\n{x}\r\nlast\n\n--\nTown"
    assert filled(words, {"x": "1 < 2"}) == "A & B\n\n1 < 2\nlast\n\n--\nTown\n"
    html = filled_html(words, {"x": "1 < 2"})
    assert html == "<p>A &amp; B</p>\n<p><bdi>1 &lt; 2</bdi><br>\nlast</p>\n<hr>\n<p>Town</p>"


def test_the_frame_shows_the_town(home):
    look = SiteLook.for_site(home.get_site())
    look.name, look.brand = f"Rivemont {EVIL}", "#ffee00"
    look.save()
    message = mail_to("ana@example.org", "password_set", {})
    html = parts(message)["text/html"]
    assert "<script" not in html
    assert "border-top: 4px solid #ffee00" in html
    light = html.split("@media")[0]
    assert "a { color: #ffee00; }" not in light, "too light to read on white"
    assert f"Rivemont {EVIL}" in message.body


def test_what_a_mail_costs(home, django_assert_num_queries):
    MailWords.objects.create(mail="password_set", locale=locale_of("en"), subject="Set", body="It is set.")
    with django_assert_num_queries(2):
        mail_to("ana@example.org", "password_set", {})


def test_templates_and_registry_are_the_same_list():
    files = {path.name for path in FOLDER.iterdir()}
    assert files - FRAMES == {name for code in MAILS for name in (f"{code}.txt", f"{code}_subject.txt")}
    others = (path for room in ROOT.glob("*/templates") for path in room.rglob("*email/*.txt"))
    assert list(others) == []


def test_every_mail_of_the_account_software_is_in_the_registry():
    folder = Path(allauth.__file__).parent / "templates"
    names = {path.name.removesuffix("_message.txt") for path in folder.rglob("*_message.txt")}
    assert len(names) > 15
    assert {code_of(f"account/email/{name}") for name in names - NEVER_SENT} == {mail.code for mail in ACCOUNT_MAILS}
    assert {mail.code for mail in ACCOUNT_MAILS if "link" in {one.name for one in mail.own_placeholders}} == set(LINKS)


@pytest.mark.parametrize("name", sorted({mail.code for mail in ACCOUNT_MAILS} | set(SAME_MAIL)))
def test_what_the_account_software_tells_is_put_in_its_place(name):
    """Under the names that it gives to what it tells."""
    told = {"email": "a@example.org", "code": "12345", "provider": "Town-ID", "user": None, "ip": "127.0.0.1"}
    told |= {"from_email": "b@example.org", "to_email": "c@example.org", "deleted_email": "d@example.org"}
    told |= {kind: f"https://town.example/{kind}" for kind in ("activate_url", "password_reset_url", "signup_url")}
    message = AccountAdapter().render_mail(f"account/email/{name}", "a@example.org", told)
    assert message.to == ["a@example.org"]
    expected = {
        "email_changed": {"b@example.org", "c@example.org"},
        "email_deleted": {"d@example.org"},
        "login_code": {"12345"},
        "account_connected": {"Town-ID"},
    }
    link = {told[LINKS[code_of(name)]]} if code_of(name) in LINKS else set()
    for words in expected.get(name, set()) | link:
        assert words in message.body
        assert words in message.alternatives[0][0]


def test_nothing_is_sent_but_through_the_registry():
    """Whoever makes a mail of their own goes round the list that staff see."""
    makers, found = {"send_mail", "send_mass_mail", "EmailMessage", "EmailMultiAlternatives", "mail_admins"}, set()
    for room in ("participation", "cms_pages", "api", "frontend_templates", "site_config"):
        for path in (ROOT / room).rglob("*.py"):
            calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
            if any(isinstance(call, ast.Name) and call.id in makers for call in calls):
                found.add(str(path.relative_to(ROOT)))
    assert found == MAY_SEND


def test_every_code_that_is_sent_is_known():
    sent = set()
    for room in ("cms_pages", "frontend_templates", "site_config"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "mail_to":
                    sent |= {one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant)}
    assert {"contact", "event_place", "event_waiting", "reminder", "invitation", "guardian_asked"} <= sent <= set(MAILS)
