import pytest


@pytest.fixture
def committed(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield
