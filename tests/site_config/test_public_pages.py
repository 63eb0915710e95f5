"""What holds for every public address: no cookie, shared for a few seconds, told apart by a tag."""

import pytest

from tests.factories.participation import make_budget, make_envelope, make_phase, make_project, make_result

ADDRESSES = [
    "/en/budgets/",
    "/en/budgets/rivemont/",
    "/en/budgets/rivemont/projects/",
    "/en/budgets/rivemont/projects/7/",
    "/en/budgets/rivemont/result/all/",
    "/api/v1/budgets/",
    "/api/v1/phases/",
    "/api/v1/envelopes/",
    "/api/v1/projects/",
    "/api/v1/results/",
]


@pytest.fixture
def town(db):
    budget = make_budget(slug="rivemont")
    make_phase(budget)
    envelope = make_envelope(budget, slug="all")
    make_result(envelope, funded=[make_project(envelope, public_number=7)], lost=[make_project(envelope)])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_public_page_sets_no_cookie_and_is_shared(town, client, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "s-maxage=" in answer["Cache-Control"]
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
def test_asked_again_it_costs_no_query(town, client, address, django_assert_num_queries):
    client.get(address)

    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_a_page_with_a_form_is_shared_with_nobody(db, client, address):
    answers = [client.get(address) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not [answer for answer in answers if "public" in answer.get("Cache-Control", "")]
