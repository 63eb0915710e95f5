"""Whole answers to people without a session, kept in process memory for a few seconds.

Everybody who is not signed in sees the same page, so it is made once and given to all: for at most ten seconds, and
never past the next phase boundary, so that a phase opens and closes on the second. `s-maxage` promises the same to
caches in front. There is no invalidation: what is published can show ten seconds late.
"""

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags

from participation.models import Phase

LONGEST_SECONDS = 10
MOST_BYTES = 32 * 1024 * 1024
LARGEST_BODY = 512 * 1024


@dataclass(frozen=True)
class Kept:
    """An answer as bytes, without anything of the request it was made for; true until `until`."""

    content: bytes
    headers: dict[str, str]
    until: float

    @classmethod
    def of(cls, response: HttpResponse, until: float) -> "Kept":
        patch_vary_headers(response, ["Cookie"])
        return cls(response.content, {**response.headers, "ETag": etag_of(response)}, until)

    def answer(self, now: float) -> HttpResponse:
        """A response that caches in front may keep for what is left of its time."""
        response = HttpResponse(self.content, headers=self.headers)
        patch_cache_control(response, public=True, max_age=0, s_maxage=max(0, int(self.until - now)))
        return response

    @property
    def weight(self) -> int:
        """Roughly the bytes it takes: its content, and two kilobytes for its headers and what is around it."""
        return len(self.content) + 2_048


class Shelf:
    """A thread-safe map of answers, bounded in bytes, that forgets what was not asked for longest."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = Lock()
        self._kept: OrderedDict[tuple, Kept] = OrderedDict()

    def get(self, key: tuple, now: float) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.until <= now:
                return None
            self._kept.move_to_end(key)
            return kept

    def put(self, key: tuple, kept: Kept) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self._bytes += kept.weight
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple) -> None:
        if key in self._kept:
            self._bytes -= self._kept.pop(key).weight

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0


shelf = Shelf(MOST_BYTES)


class AnonymousReads:
    """Middleware, outermost: an answer from the shelf touches nothing else."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        if not is_anonymous(request):
            return with_etag(request, private(self.get_response(request)))
        key = (
            request.method,
            request.scheme,
            request.META.get("HTTP_HOST"),
            request.get_full_path(),
            request.headers.get("Accept-Language"),
            request.headers.get("Accept"),
        )
        now = time.monotonic()
        kept = shelf.get(key, now)
        if kept is None:
            at = timezone.now()
            response = self.get_response(request)
            if not is_shareable(response):
                return with_etag(request, response)
            kept = Kept.of(response, now + seconds_until_boundary(at))
            shelf.put(key, kept)
        return with_etag(request, kept.answer(time.monotonic()))


def is_anonymous(request: HttpRequest) -> bool:
    """Without anything by which somebody could be known: a cookie, or what programs send in its place."""
    headers = ("HTTP_AUTHORIZATION", "HTTP_X_SESSION_TOKEN")
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and not any(name in request.META for name in headers)


def is_shareable(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response.headers
        and len(response.content) <= LARGEST_BODY
    )


def seconds_until_boundary(at: datetime) -> int:
    """Whole seconds for which an answer of this moment stays true; 0 just before a phase begins or ends."""
    boundary = Phase.objects.next_boundary(at)
    if boundary is None:
        return LONGEST_SECONDS
    return min(LONGEST_SECONDS, int((boundary - at).total_seconds()))


def private(response: HttpResponse) -> HttpResponse:
    if "Cache-Control" not in response.headers:
        patch_cache_control(response, private=True, max_age=0)
    return response


def etag_of(response: HttpResponse) -> str:
    return f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or 304 when the client holds it already."""
    if response.status_code != 200 or response.streaming or "no-store" in response.get("Cache-Control", ""):
        return response
    if "ETag" not in response.headers:
        response.headers["ETag"] = etag_of(response)
    asked = request.headers.get("If-None-Match")
    if asked is None or not matches(response.headers["ETag"], asked):
        return response
    unchanged = HttpResponseNotModified()
    for name in ("ETag", "Cache-Control", "Vary", "Content-Location"):
        if name in response.headers:
            unchanged.headers[name] = response.headers[name]
    return unchanged


def matches(etag: str, asked: str) -> bool:
    return "*" in (tags := parse_etags(asked)) or etag in {tag.removeprefix("W/") for tag in tags}
