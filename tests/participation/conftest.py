import pytest


@pytest.fixture
def committed(own_database, django_db_blocker):
    """What threads and processes write into the test's own database can be read here."""
    with django_db_blocker.unblock():
        yield
