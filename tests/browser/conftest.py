"""A real browser before the real thing: the demo town, served as `make demo` serves it, in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.arabic import ARABIC
from tests.browser.staff import MANAGE, SECOND_FACTORS, Town, manage
from tests.frontend_templates.oidc_provider import Provider

# Playwright keeps an event loop running in this thread, which Django's database guard would take for its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these share one town, so one worker runs them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = "No Chromium is installed."
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("town")


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """Somebody else who knows people, on another port."""
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture(scope="session")
def town(browser: Browser, town_folder: Path, provider: Provider) -> Iterator[str]:
    """The address of a served demo town that has an Arabic locale too. Its mails lie in its folder."""
    port = free_port()
    filling = (["load_demo", "--port", str(port)], ["shell", "-v0", "-c", ARABIC])
    with served(town_folder, port, *filling, OIDC_PROVIDERS=provider.as_setting()) as address:
        yield address


@pytest.fixture(scope="session")
def strict_town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Another demo town, in which staff need their second factor as they do in a real one."""
    folder, port = tmp_path_factory.mktemp("strict"), free_port()
    (folder / "strict.py").write_text("from site_config.settings.demo import *\nSTAFF_MFA_REQUIRED = True\n")
    more = {"DJANGO_SETTINGS_MODULE": "strict", "PYTHONPATH": str(folder)}
    filling = (["load_demo", "--port", str(port)], ["shell", "-v0", "-c", SECOND_FACTORS])
    with served(folder, port, *filling, **more) as address:
        yield Town(address, environment_of(folder, **more))


def environment_of(folder: Path, **more: str) -> dict[str, str]:
    """For processes of the town in this folder."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "site_config.settings.demo"}
    return environment | {"MAIL_DIR": str(folder / "mails"), **more}


@contextmanager
def served(folder: Path, port: int, *filling: list[str], **more: str) -> Iterator[str]:
    """A site of its own in a folder, filled by these words of `manage.py`."""
    environment = environment_of(folder, **more)
    for words in (["prepare", "-v0"], *filling):
        manage(words, environment)
    server = subprocess.Popen([*MANAGE, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        yield wait_for(f"http://127.0.0.1:{port}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> str:
    for _ in range(150):
        try:
            urlopen(f"{address}/health/live/", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return address
    raise RuntimeError("The demo town did not start.")


@pytest.fixture
def context(browser: Browser, town: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=town, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
