import pytest

from tests.factories.participation import locale


@pytest.fixture
def committed(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def home(db):
    """The site answers in English."""
    return locale("en")
