"""The API's description is whole, and its page asks no other host for anything."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db


def routes(resolver, prefix: str = "") -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= routes(pattern, path)
        elif isinstance(pattern, URLPattern):
            found.add("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path))
    return found


def test_every_route_is_described(client):
    described = set(client.get("/api/schema/", headers={"Accept": "application/json"}).json()["paths"])
    ours = {route for route in routes(get_resolver()) if route.startswith("/api/v1/")}
    assert described == ours
    assert len(ours) == 73


def test_the_description_is_openapi_3_1(client):
    schema = client.get("/api/schema/", headers={"Accept": "application/json"}).json()
    assert schema["openapi"] == "3.1.1"
    errors = schema["paths"]["/api/v1/budgets/"]["get"]["responses"]
    assert set(errors) == {"200", "400", "404"}
    assert list(errors["400"]["content"]) == ["application/problem+json"]


def test_the_docs_need_no_other_host(client):
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.content.decode())
    policy = page["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "http" not in policy


def test_answers_carry_an_etag_and_304(client, town):
    first = client.get("/api/v1/budgets/")
    assert first["ETag"]
    assert "s-maxage" in first["Cache-Control"]
    again = client.get("/api/v1/budgets/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
