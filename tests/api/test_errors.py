import json

import pytest
from django.test import RequestFactory

from api.errors import as_problem, problem_response
from participation.refusals import ActionRefused, Refusal

pytestmark = pytest.mark.django_db


def assert_problem(answer, status: int, code: str) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert set(body) == {"type", "title", "status", "code", "detail", "errors"}
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    ("path", "pointer", "code"),
    [
        ("budgets/?colour=red", "query/colour", "unknown_parameter"),
        ("budgets/town/?page=1", "query/page", "unknown_parameter"),
        ("budgets/?page=0", "query/page", "out_of_range"),
        ("budgets/?page=-1", "query/page", "out_of_range"),
        (f"budgets/?page={10**30}", "query/page", "out_of_range"),
        ("budgets/?page=2", "query/page", "no_such_page"),
        ("budgets/?page=٣", "query/page", "out_of_range"),
        ("budgets/?page_size=1000000000", "query/page_size", "out_of_range"),
        ("budgets/?page_size=", "query/page_size", "out_of_range"),
        ("budgets/?page=1&page=1", "query/page", "repeated_parameter"),
        ("budgets/?locale=xx", "query/locale", "unknown_locale"),
        ("phases/?budget=%00", "query/budget", "invalid"),
        ("phases/?budget=" + "x" * 10_000, "query/budget", "invalid"),
        ("projects/?bbox=1,2,3", "query/bbox", "invalid"),
        ("projects/?bbox=nan,nan,nan,nan", "query/bbox", "invalid"),
        ("projects/?bbox=10,0,0,10", "query/bbox", "invalid"),
        ("pages/by-path/", "query/path", "required"),
    ],
)
def test_a_bad_parameter_is_named(client, town, path, pointer, code):
    body = assert_problem(client.get(f"/api/v1/{path}"), 400, code)
    assert body["errors"] == [{"pointer": pointer, "code": code, "detail": body["detail"]}]


@pytest.mark.parametrize(
    "path", ["phases/?kind=sleeping", "projects/?envelope=1", "projects/?seed=16", "projects/?order=votes"]
)
def test_a_filter_that_cannot_be_read_is_refused(client, town, path):
    body = assert_problem(client.get(f"/api/v1/{path}"), 400, "invalid")
    assert body["errors"][0]["pointer"].startswith("query/")


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/nothing/",
        "/api/v2/budgets/",
        "/api/v1/budgets/no-such-town/",
        "/api/v1/budgets/%00/",
        "/api/v1/envelopes/not-a-uuid/",
        "/api/v1/pages/99999999999999999999/",
        "/api/v1/pages/by-path/?path=/en/nothing/",
        "/api/v1/pages/by-path/?path=/xx/",
    ],
)
def test_what_is_not_there_is_404(client, town, path):
    assert_problem(client.get(path), 404, "not_found")


def test_other_methods_are_refused(client, town):
    for method in (client.post, client.put, client.patch, client.delete):
        assert_problem(method("/api/v1/budgets/"), 405, "method_not_allowed")


def test_only_json_is_spoken(client, town):
    assert_problem(client.get("/api/v1/budgets/", headers={"Accept": "text/xml"}), 406, "not_acceptable")


def test_strange_headers_do_no_harm(client, town):
    for value in ("x" * 20_000, "\N{SNOWMAN}", ",,;q=", "en;q=9e999"):
        assert client.get("/api/v1/budgets/", headers={"Accept-Language": value}).status_code == 200


def test_invalid_utf8_does_no_harm(client, town):
    assert client.get("/api/v1/budgets/?locale=%ff%fe").status_code == 400


FORBIDDEN = {Refusal.ROLE_MISSING: 403, Refusal.SIGN_IN_AGAIN: 403}
OTHERWISE = FORBIDDEN | {Refusal.VOTE_SUSPENDED: 503, Refusal.NOT_SIGNED_IN: 401}


@pytest.mark.parametrize("refusal", [one for one in Refusal if one is not Refusal.NOT_YOURS])
def test_a_refusal_is_409_with_its_code_and_503_where_it_passes(refusal):
    answer = as_problem(ActionRefused(refusal), {"request": RequestFactory().get("/")})
    status = OTHERWISE.get(refusal, 409)
    assert (answer.status_code, answer.data["code"], answer.data["detail"]) == (status, refusal.value, refusal.label)


def test_what_is_somebody_elses_is_not_there():
    answer = as_problem(ActionRefused(Refusal.NOT_YOURS), {"request": RequestFactory().get("/")})
    assert (answer.status_code, answer.data["code"]) == (404, "not_found")


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_errors_outside_the_views_are_problems_too(status):
    assert json.loads(problem_response(status).content)["status"] == status


def test_a_fault_of_ours_is_a_problem_without_details(client, town, monkeypatch):
    monkeypatch.setattr("api.v1.budgets.word", lambda *args: 1 / 0)
    client.raise_request_exception = False
    body = assert_problem(client.get("/api/v1/budgets/"), 500, "server_error")
    assert "division" not in json.dumps(body)
