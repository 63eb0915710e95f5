"""The middleware as it is installed, in front of views that say how often they were asked."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.cache import never_cache

from participation.choices import BudgetStatus
from site_config import anonymous_reads
from site_config.anonymous_reads import LARGEST_BODY
from tests.factories.participation import make_budget, make_person, make_phase

calls: Counter[str] = Counter()
START = datetime(2031, 5, 4, 12, tzinfo=UTC)


def page(request):
    calls[request.get_full_path()] += 1
    return HttpResponse(f"{request.method} {calls[request.get_full_path()]}")


def steady(request):
    calls["steady"] += 1
    return HttpResponse("always the same")


def with_cookie(request):
    response = page(request)
    response.set_cookie("theme", "dark")
    return response


def with_form(request):
    calls["form"] += 1
    return HttpResponse(get_token(request))


def large(request):
    calls["large"] += 1
    return HttpResponse(b"x" * (LARGEST_BODY + 1))


def stream(request):
    calls["stream"] += 1
    return StreamingHttpResponse([b"a", b"b"])


def elsewhere(request):
    calls["elsewhere"] += 1
    return HttpResponseRedirect("/page/")


def missing(request):
    calls["missing"] += 1
    return HttpResponse("no", status=404)


def own_rule(request):
    response = page(request)
    response["Cache-Control"] = "max-age=3600"
    return response


urlpatterns = [
    path("page/", page),
    path("steady/", steady),
    path("cookie/", with_cookie),
    path("form/", with_form),
    path("large/", large),
    path("stream/", stream),
    path("elsewhere/", elsewhere),
    path("missing/", missing),
    path("own-rule/", own_rule),
    path("never/", never_cache(page)),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def no_calls():
    calls.clear()


@pytest.fixture
def clock(monkeypatch):
    """The middleware's two clocks, moved by hand: `clock(5.5)` lets so many seconds pass."""
    passed = [0.0]
    monkeypatch.setattr(anonymous_reads, "time", SimpleNamespace(monotonic=lambda: 1_000 + passed[0]))
    now = SimpleNamespace(now=lambda: START + timedelta(seconds=passed[0]))
    monkeypatch.setattr(anonymous_reads, "timezone", now)

    def let_pass(seconds: float) -> None:
        passed[0] += seconds

    return let_pass


def test_an_answer_is_made_once_and_given_to_all(client):
    assert [client.get("/page/").content for _ in range(3)] == [b"GET 1"] * 3


def test_an_answer_is_kept_for_ten_seconds(client, clock):
    assert client.get("/page/")["Cache-Control"] == "public, max-age=0, s-maxage=10"
    clock(9.5)
    assert client.get("/page/").content == b"GET 1"
    clock(0.5)
    assert client.get("/page/").content == b"GET 2"


def test_no_answer_outlives_the_next_phase_boundary(client, clock):
    make_phase(make_budget(), starts_at=START + timedelta(seconds=4.5))

    assert client.get("/page/")["Cache-Control"] == "public, max-age=0, s-maxage=4"
    clock(3.5)
    answer = client.get("/page/")
    assert (answer.content, answer["Cache-Control"]) == (b"GET 1", "public, max-age=0, s-maxage=0")
    clock(0.5)
    assert client.get("/page/").content == b"GET 2"


def test_the_end_of_a_phase_is_a_boundary_too(client, clock):
    make_phase(make_budget(), starts_at=START - timedelta(days=1), ends_at=START + timedelta(seconds=3))

    assert client.get("/page/")["Cache-Control"] == "public, max-age=0, s-maxage=3"


def test_in_the_last_second_before_a_boundary_every_answer_is_fresh(client, clock):
    make_phase(make_budget(), starts_at=START + timedelta(seconds=0.9))

    assert [client.get("/page/").content for _ in range(2)] == [b"GET 1", b"GET 2"]


def test_at_the_boundary_itself_answers_are_kept_again(client, clock):
    make_phase(make_budget(), starts_at=START)

    assert client.get("/page/")["Cache-Control"] == "public, max-age=0, s-maxage=10"


def test_the_phases_of_a_draft_are_no_boundary(client, clock):
    make_phase(make_budget(status=BudgetStatus.DRAFT), starts_at=START + timedelta(seconds=2))

    assert client.get("/page/")["Cache-Control"] == "public, max-age=0, s-maxage=10"


def test_the_whole_address_counts(client):
    client.get("/page/")

    assert client.get("/page/?page=2").content == b"GET 1"
    assert calls == {"/page/": 1, "/page/?page=2": 1}


@pytest.mark.parametrize(
    "differing",
    [{"accept_language": "fr"}, {"accept": "application/json"}, {"host": "127.0.0.1"}],
    ids=["language", "kind", "host"],
)
def test_what_answers_depend_on_counts(client, differing):
    client.get("/page/")

    assert client.get("/page/", headers=differing).content == b"GET 2"


def test_the_scheme_counts(client):
    client.get("/page/")

    assert client.get("/page/", secure=True).content == b"GET 2"


def test_head_has_an_answer_of_its_own_under_the_same_tag(client):
    got, head = client.get("/steady/"), client.head("/steady/")

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == got["ETag"]
    client.head("/steady/")
    assert calls["steady"] == 2
    assert client.get("/steady/").content == b"always the same"


def test_the_holder_of_the_same_answer_is_told_so(client):
    tag = client.get("/steady/")["ETag"]

    answer = client.get("/steady/", headers={"if-none-match": tag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert "s-maxage" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("asked", ['W/{tag}, "other"', '"other", {tag}', "*"])
def test_all_forms_of_the_question(client, asked):
    tag = client.get("/steady/")["ETag"]

    assert client.get("/steady/", headers={"if-none-match": asked.format(tag=tag)}).status_code == 304


def test_the_holder_of_another_answer_gets_the_new_one(client):
    assert client.get("/steady/", headers={"if-none-match": '"other"'}).status_code == 200


def test_somebody_with_a_session_gets_an_answer_of_their_own(client):
    client.get("/page/")
    client.force_login(make_person())

    answers = [client.get("/page/") for _ in range(2)]

    assert [answer.content for answer in answers] == [b"GET 2", b"GET 3"]
    assert {answer["Cache-Control"] for answer in answers} == {"private, max-age=0"}


def test_what_somebody_with_a_session_saw_is_given_to_nobody(client):
    client.force_login(make_person())
    client.get("/page/")
    client.logout()

    assert client.get("/page/").content == b"GET 2"


def test_a_request_with_credentials_gets_an_answer_of_its_own(client):
    client.get("/page/")
    answer = client.get("/page/", headers={"authorization": "Bearer of-tidings"})

    assert answer.content == b"GET 2"
    assert "public" not in answer["Cache-Control"]
    assert client.get("/page/").content == b"GET 1"


def test_even_an_answer_of_ones_own_has_a_tag(client):
    client.force_login(make_person())
    tag = client.get("/steady/")["ETag"]

    assert client.get("/steady/", headers={"if-none-match": tag}).status_code == 304


def test_an_answer_that_sets_a_cookie_is_not_kept(client):
    first = client.get("/cookie/")
    client.cookies.clear()

    assert "public" not in first.get("Cache-Control", "")
    assert client.get("/cookie/").content == b"GET 2"


def test_a_form_made_for_one_visitor_is_given_to_no_other(client):
    """A visitor who holds the cookie gets no new one, yet the page carries their token."""
    client.get("/form/")
    assert "csrftoken" in client.cookies
    mine = client.get("/form/")
    client.cookies.clear()

    other = client.get("/form/")

    assert calls["form"] == 3
    assert other.content != mine.content
    assert "csrftoken" in other.cookies
    assert "public" not in mine.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/never/", "/own-rule/"])
def test_an_answer_with_a_rule_of_its_own_is_not_kept(client, address):
    first = client.get(address)

    assert client.get(address).content == b"GET 2"
    assert "s-maxage" not in first["Cache-Control"]


def test_what_must_not_be_stored_has_no_tag(client):
    assert "ETag" not in client.get("/never/")


@pytest.mark.parametrize("name", ["large", "stream", "elsewhere", "missing"])
def test_other_answers_are_not_kept(client, name):
    first = client.get(f"/{name}/")
    client.get(f"/{name}/")

    assert calls[name] == 2
    assert "s-maxage" not in first.get("Cache-Control", "")


def test_a_post_goes_through_and_is_not_kept(client):
    client.get("/page/")

    assert client.post("/page/").content == b"POST 2"
    assert client.get("/page/").content == b"GET 1"
