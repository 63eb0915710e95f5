"""Mails about what somebody wrote on a page: to staff, and to whoever signed up for an event."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cms_pages.models import EventPage, OfferPage
from frontend_templates.discussion import traps
from tests.factories.participation import locale
from tests.frontend_templates.pages import read

EVIL = "Ana\r\nBcc: all@example.org <script>alert(1)</script> {cancel}"


@pytest.fixture(autouse=True)
def in_time(written, monkeypatch):
    monkeypatch.setattr(traps, "QUICKEST_SECONDS", -1)


def send(visitor, address: str, **said):
    form = read(visitor.get(address))
    stamp = next(one["value"] for one in form.all("input") if one.get("name") == "stamp")
    return visitor.post(address, {"name": "Ana", "email": "ana@example.org", "stamp": stamp, **said})


def both_parts(message) -> tuple[str, str]:
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    return message.body, html


def test_a_message_goes_to_staff_in_the_towns_language_and_is_answered_to_its_writer(visitor):
    locale("fr")
    page = OfferPage.objects.get(slug="offer")
    assert send(visitor, f"/fr/contact/{page.translation_key}/", words=f"Hello\n\n{EVIL}").status_code == 200
    [one] = mail.outbox
    assert (one.to, one.reply_to) == (["desk@town.example"], ["ana@example.org"])
    assert one.subject == "Message from the site: Offer"
    text, html = both_parts(one)
    assert text.startswith("Ana, ana@example.org\n\nHello\n\nAna\nBcc: all@example.org <script>")
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "Bcc" not in one.message()


def test_a_place_and_a_number_on_the_waiting_list(visitor):
    event = EventPage.objects.get(slug="evening")
    EventPage.objects.filter(pk=event.pk).update(seats=1)
    address = f"/en/events/{event.translation_key}/sign-up/"
    for name in ("ana", "ben"):
        send(visitor, address, email=f"{name}@example.org", name=EVIL)
    place, waiting = mail.outbox
    assert (place.subject, place.to) == ("Your place: Evening", ["ana@example.org"])
    assert waiting.subject == "You are on the waiting list: Evening"
    assert "You are number 1 on the waiting list: Evening" in waiting.body
    for one in (place, waiting):
        text, html = both_parts(one)
        cancel = next(line for line in text.splitlines() if "/events/places/" in line)
        assert f'href="{cancel}"' in html
        assert visitor.get(cancel.split("8000", 1)[1]).status_code == 200
        assert "Hall" in text
        assert [attached[0] for attached in one.attachments] == ["event.ics"]
    mail.outbox.clear()
    visitor.post(next(line for line in place.body.splitlines() if "/events/places/" in line).split("8000", 1)[1])
    [moved_up] = mail.outbox
    assert (moved_up.subject, moved_up.to) == ("Your place: Evening", ["ben@example.org"])


def test_whoever_signs_up_is_written_to_in_their_language(visitor):
    locale("ar")
    event = EventPage.objects.get(slug="evening")
    assert event.starts_at > timezone.now() + timedelta(days=1)
    send(visitor, f"/ar/events/{event.translation_key}/sign-up/")
    text, html = both_parts(mail.outbox[0])
    assert "/ar/events/places/" in text
    assert '<html lang="ar" dir="rtl">' in html
