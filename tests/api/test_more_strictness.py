"""Odd requests get an answer of the stated shape, and nothing but the page of the docs has a wider policy."""

import pytest

from participation.models import Result
from tests.api.test_errors import assert_problem

pytestmark = pytest.mark.django_db
PATHS = ("budgets", "phases", "envelopes", "projects", "results", "pages")


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_no_list_can_be_written_to(client, name, method):
    answer = getattr(client, method)(f"/api/v1/{name}/")
    assert_problem(answer, 405, "method_not_allowed")
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize("name", PATHS)
def test_every_list_refuses_strangers(client, name):
    body = assert_problem(client.get(f"/api/v1/{name}/?colour=red"), 400, "unknown_parameter")
    assert [fault["pointer"] for fault in body["errors"]] == ["query/colour"]


@pytest.mark.parametrize("name", PATHS)
def test_every_list_bounds_its_pages(client, name):
    for query in (f"page={10**30}", "page=-1", "page=1.0", "page=", f"page_size={10**9}", "page_size=0"):
        assert_problem(client.get(f"/api/v1/{name}/?{query}"), 400, "out_of_range")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("budgets/%ff/", 404, "not_found"),
        ("budgets/a%20b/", 404, "not_found"),
        ("budgets/%F0%9F%98%80/", 404, "not_found"),
        ("budgets/../../etc/", 404, "not_found"),
        ("projects/00000000-0000-0000-0000-000000000000/", 404, "not_found"),
        ("results/%7B%7D/", 404, "not_found"),
        ("pages/by-path/?path=/en/%00", 400, "invalid"),
        ("pages/by-path/?path=/en/" + "a/" * 200, 404, "not_found"),
        ("projects/?seed=NaN", 400, "invalid"),
        ("projects/?seed=1e999999", 400, "invalid"),
        ("projects/?bbox=inf,0,0,0", 400, "invalid"),
        ("projects/?bbox=" + "1," * 200, 400, "invalid"),
        ("projects/?district=garbage", 400, "invalid"),
        ("budgets/?" + "&".join(f"a{number}=1" for number in range(1_500)), 400, "bad_request"),
    ],
)
def test_odd_addresses_are_answered_in_shape(client, town, path, status, code):
    assert_problem(client.get(f"/api/v1/{path}"), status, code)


@pytest.mark.parametrize("accept", [";;;", "text/html", "application/xml", "\xff"])
def test_other_formats_are_refused(client, accept):
    assert_problem(client.get("/api/v1/budgets/", headers={"Accept": accept}), 406, "not_acceptable")


@pytest.mark.parametrize("accept", ["*/*;q=abc", "application/*", "application/json;version=1", "text/html, */*"])
def test_json_is_given_to_who_takes_it(client, accept):
    answer = client.get("/api/v1/budgets/", headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_head_has_the_headers_and_no_body(client, town):
    answer = client.head("/api/v1/budgets/town/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"]


@pytest.mark.parametrize("asked", ["*", 'W/"x", *', "garbage", '"' + "x" * 5_000 + '"'])
def test_odd_etags_do_no_harm(client, town, asked):
    assert client.get("/api/v1/budgets/", headers={"If-None-Match": asked}).status_code in {200, 304}


def test_another_answer_has_another_etag(client, town):
    path = f"/api/v1/envelopes/{town.envelopes.get().uuid}/"
    before = client.get(path, headers={"Accept-Language": "en"})["ETag"]
    Result.objects.update(published_at=None)
    asked = client.get(path, headers={"Accept-Language": "en-gb", "If-None-Match": before})
    assert asked.status_code == 200
    assert asked["ETag"] != before


@pytest.mark.parametrize("path", ["/api/v1/budgets/", "/api/schema/", "/api/v1/nothing/", "/en/budgets/"])
def test_only_the_docs_may_carry_styles_in_their_text(client, path):
    assert "unsafe-inline" not in client.get(path)["Content-Security-Policy"]
    assert "unsafe-inline" in client.get("/api/docs/")["Content-Security-Policy"]
