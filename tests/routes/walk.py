"""Every route of the resolver, and what somebody is told there."""

import re
from collections.abc import Iterator

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver

YES, SIGN_IN, NO, NOTHING = "yes", "sign in", "no", "nothing"
PART = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Each route as it is written, and the module of its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, getattr(pattern.callback, "__module__", "")


def address(route: str, parts: dict[str, object]) -> str:
    """A part without a name stands for the whole of what a regular expression matches."""
    return "/" + (str(parts[""]) if "" in parts else PART.sub(lambda part: str(parts[part[1]]), route))


def told(answer: HttpResponse, method: str) -> str:
    """Let in, whatever the form then says; or sent to sign in, refused, or shown nothing."""
    if answer.status_code == 302:
        to = answer["Location"].partition("?")[0]
        return {"/accounts/login/": SIGN_IN, "/cms/": NO}.get(to, YES)
    if answer.status_code in {409, 410} or (answer.status_code in {400, 415} and method != "GET"):
        return YES
    return {401: SIGN_IN, 403: NO, 404: NOTHING}.get(answer.status_code) or (
        YES if answer.status_code < 400 else str(answer.status_code)
    )


def ask(client: Client, method: str, path: str, body: dict[str, object] | None = None) -> HttpResponse:
    """What the request writes is taken back, so that no answer depends on another."""
    with transaction.atomic():
        form = {"content_type": "application/json"} if path.startswith("/api/") and method != "GET" else {}
        answer = getattr(client, method.lower())(path, body, **form)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def any_address(route: str) -> str:
    """Below what others made: whatever fits the parts."""
    fitting = {"int": "1", "uuid": "0" * 8 + ("-" + "0" * 4) * 3 + "-" + "0" * 12}
    plain = re.sub(r"\([^)]*\)", "1", route).replace("\\", "").replace("^", "").replace("$", "")
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: fitting.get(part[1], "x"), plain)
