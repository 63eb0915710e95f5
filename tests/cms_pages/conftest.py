"""The site of the tests of pages, for those of the CMS too; and a service for uploads."""

import pytest

from tests.cms_pages.buckets import Service, running_here, running_there
from tests.frontend_templates.conftest import french_home, home, process, visitor

__all__ = ["french_home", "home", "process", "visitor"]


@pytest.fixture(scope="session")
def service():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "town:officer")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        with running_there() or running_here() as here:
            yield here


@pytest.fixture
def buckets(service, settings, monkeypatch) -> Service:
    service.serve(settings, monkeypatch)
    return service
