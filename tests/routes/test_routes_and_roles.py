"""Every address of the site, the API and the workspace says what each role is told there, and a walk proves it."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from site_config.anonymous_reads import shelf
from tests.routes.rows import BELOW, BODIES, EVERYBODY, QUERIES, TABLE, Row
from tests.routes.things import ANONYMOUS, CITIZEN, NEIGHBOUR, ROLES, SUPERUSER, Things, make_things
from tests.routes.walk import PART, SIGN_IN, address, any_address, ask, routes, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(settings, tmp_path) -> Things:
    settings.STAFF_MFA_REQUIRED, settings.MEDIA_ROOT = False, str(tmp_path)
    logging.disable(logging.WARNING)
    yield make_things()
    logging.disable(logging.NOTSET)


class Walker:
    """Somebody in a role, signed in before each request: some of them sign out."""

    def __init__(self, things: Things, role: str) -> None:
        self.things, self.role, self.client = things, role, Client()

    def told(self, method: str, row: Row) -> str:
        path = address(row.route, self.things.parts(row.route)) + QUERIES.get(row.route, "")
        return self.told_at(method, path, BODIES.get(f"{method} {row.route}"))

    def told_at(self, method: str, path: str, body: dict[str, object] | None = None) -> str:
        shelf.clear()
        cache.clear()
        person = self.things.people[self.role]
        if person and "_auth_user_id" not in self.client.session:
            self.client.force_login(person)
        return told(ask(self.client, method, path, body), method)


@pytest.mark.parametrize("role", ROLES)
def test_every_route_tells_each_role_what_the_table_says(things, role):
    walker = Walker(things, role)
    # What is for everybody is asked for with the least and the most that one can be.
    rows = [row for row in TABLE if row.answers is not EVERYBODY or role in {ANONYMOUS, CITIZEN, SUPERUSER}]
    found = [(f"{method} {row.route}", row, walker.told(method, row)) for row in rows for method in row.methods.split()]
    wrong = [f"{name}: {said}, not {row.answers[role]}" for name, row, said in found if said != row.answers[role]]
    assert not wrong, "\n".join(wrong)


DECLARED = {row.route for row in TABLE}
HUNG_IN = tuple(f"cms/{name}/" for name in BELOW)
# The list, its parts and the record of changes of a model's screens: who may see the list may see these, or fewer.
PARTS = ("results/", "history/<int:pk>/", "history-results/<int:pk>/", "usage/<int:pk>/")
ACCOUNT_API = "_allauth/"


def stands_for(route: str) -> str | None:
    """The declared route that this one goes with; None where there is none."""
    if route in DECLARED:
        return route
    if whole := next((beginning for beginning in (*HUNG_IN, ACCOUNT_API) if route.startswith(beginning)), None):
        return whole
    listed = next((route.removesuffix(part) for part in PARTS if route.endswith(part)), "")
    return listed if listed in DECLARED - {""} else None


def test_no_route_is_without_a_row():
    known = {route for route, _ in routes()}
    assert [route for route in known if stands_for(route) is None] == []
    assert sorted(DECLARED - known) == []


def test_a_row_is_there_once():
    names = [f"{method} {row.route}" for row in TABLE for method in row.methods.split()]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_each_method_that_the_api_describes_has_a_row(client):
    paths = client.get("/api/schema/", headers={"Accept": "application/json"}).json()["paths"]
    verbs = {"get", "post", "put", "patch", "delete"}
    described = {(verb.upper(), path) for path, item in paths.items() for verb in verbs & set(item)}
    rows = {
        (method, "/" + PART.sub(r"{\1}", row.route))
        for row in TABLE
        if row.route.startswith("api/v1/")
        for method in row.methods.split()
    }
    assert described == rows


@pytest.mark.parametrize("role", [ANONYMOUS, NEIGHBOUR])
def test_who_is_not_staff_gets_nowhere_in_the_workspace(things, role):
    walker = Walker(things, role)
    inside = [route for route, _ in routes() if route.startswith("cms/") and stands_for(route) != route]
    assert len(inside) > 400
    found = {route: walker.told_at("GET", any_address(route)) for route in inside}
    assert {route: said for route, said in found.items() if said != SIGN_IN} == {}


def test_nobody_reads_an_account_through_its_api(client):
    open_to_all = {f"_allauth/{kind}/v1/config" for kind in ("app", "browser")}
    inside = {route for route, _ in routes() if route.startswith(ACCOUNT_API)} - open_to_all
    assert len(inside) > 40
    assert [route for route in inside if client.get(any_address(route)).status_code < 400] == []
