"""Made-up requests of all kinds, good and bad: every answer is one that the API's description foresees."""

import re
from collections.abc import Iterator

import pytest
import schemathesis
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from wagtail.coreutils import get_content_languages

from participation.choices import Role
from site_config.anonymous_reads import shelf
from tests.api.test_account_api import sign_in
from tests.factories.participation import locale
from tests.routes.things import AUTHOR, Things, make_things
from tests.routes.walk import PART, routes

pytestmark = pytest.mark.django_db
EXAMPLES = 5
# What no description can tell, such as a page beyond the last or a budget that is not there, is 400 too.
ACCEPTED = ["2xx", "400", "401", "403", "404", "409", "429"]
CONFIG = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}})
SERVER = get_wsgi_application()
NAME = re.compile(r"{(\w+)}")
ROUTES = {"/" + PART.sub(r"{\1}", route): route for route, _ in routes() if route.startswith("api/v1/")}


@pytest.fixture
def things(settings, tmp_path) -> Iterator[Things]:
    settings.MEDIA_ROOT = str(tmp_path)
    for code in get_content_languages():
        locale(code)
    yield make_things()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def application(environ, start_response):
    """A server lets go of its connection between requests; this one belongs to the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    return SERVER(environ, start_response)


def token_of(person) -> str:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return sign_in(person.email)


@pytest.mark.parametrize(("role", "part"), [(AUTHOR, ""), (Role.MODERATOR, "moderation|decisions")])
def test_answers_are_what_the_description_says(things, role, part):
    token = token_of(things.people[role])
    schema = schemathesis.openapi.from_wsgi("/api/schema/", application, config=CONFIG)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {operation.path for operation in operations} == set(ROUTES)
    for operation in (one for one in operations if re.search(part, one.path)):
        check(operation, things, token)


def check(operation, things: Things, token: str) -> None:
    """Half of the requests name things that are there, the others what was made up. All of them are taken back."""
    parts = things.parts(ROUTES[operation.path])
    real = {name: str(parts[name]) for name in NAME.findall(operation.path)}

    @seed(7)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), is_real=st.booleans())
    def asks(case, is_real):
        if is_real:
            case.path_parameters.update(real)
        shelf.clear()
        cache.clear()
        with transaction.atomic():
            try:
                case.call_and_validate(headers={"X-Session-Token": token})
            finally:
                transaction.set_rollback(True)

    asks()
