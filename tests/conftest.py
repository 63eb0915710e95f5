import os

import pytest

from site_config.anonymous_reads import shelf


@pytest.fixture(autouse=True)
def empty_shelf():
    """No answer of one test is given in the next."""
    shelf.clear()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where NO_SKIPS is set, a test that is skipped has failed: nothing there has a reason to be missing."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
