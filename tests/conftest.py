import pytest

from site_config.anonymous_reads import shelf


@pytest.fixture(autouse=True)
def empty_shelf():
    """No answer of one test is given in the next."""
    shelf.clear()
