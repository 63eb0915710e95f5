"""News as a feed, events as calendar files."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from wagtail.models import Page

if TYPE_CHECKING:
    from cms_pages.models.event import EventPage

CALENDAR_LINE = 73


def news_feed(index: Page, news: Iterable[Page], request: HttpRequest) -> HttpResponse:
    address = index.get_full_url(request)
    feed = Rss201rev2Feed(
        title=index.title,
        link=address,
        description=index.introduction or index.title,
        language=index.locale.language_code,
        feed_url=f"{address}feed.rss",
    )
    for one in news:
        link = one.get_full_url(request)
        moment = datetime.combine(one.date, datetime.min.time(), timezone.get_current_timezone())
        feed.add_item(title=one.title, link=link, description=one.introduction, pubdate=moment, unique_id=link)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def calendar(events: Iterable["EventPage"], request: HttpRequest) -> HttpResponse:
    """The events as RFC 5545 wants them."""
    return HttpResponse(calendar_text(events, request), content_type="text/calendar; charset=utf-8")


def calendar_text(events: Iterable["EventPage"], request: HttpRequest | None = None) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OSP Budget//Events//EN"]
    for event in events:
        lines += entry(event, event.get_full_url(request) or "")
    return "".join(f"{line}\r\n" for line in folded([*lines, "END:VCALENDAR"]))


def entry(event: "EventPage", address: str) -> list[str]:
    changed = event.last_published_at or event.starts_at
    return [
        "BEGIN:VEVENT",
        f"UID:{event.translation_key}@{event.locale.language_code}",
        f"DTSTAMP:{stamp(changed)}",
        f"DTSTART:{stamp(event.starts_at)}",
        f"DTEND:{stamp(event.ends_at)}",
        f"SUMMARY:{escaped(event.title)}",
        f"LOCATION:{escaped(', '.join(filter(None, (event.place, event.address))))}",
        f"DESCRIPTION:{escaped(event.introduction)}",
        f"URL:{address}",
        *([f"GEO:{event.latitude};{event.longitude}"] if event.latitude is not None else []),
        "END:VEVENT",
    ]


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(words: str) -> str:
    """RFC 5545, 3.3.11."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return "\\n".join(words.splitlines())


def folded(lines: Iterable[str]) -> list[str]:
    """No line longer than 75 bytes (RFC 5545, 3.1), cut between letters."""
    done = []
    for line in lines:
        part = ""
        for letter in line:
            if len((part + letter).encode()) > CALENDAR_LINE:
                done.append(part)
                part = " "
            part += letter
        done.append(part)
    return done
