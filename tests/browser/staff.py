"""Staff with a second factor, and their way into the workspace."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from playwright.sync_api import Browser, Page, StorageState

from site_config.demo.people import DOMAIN, PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECOND_FACTORS = f"""
from allauth.mfa.totp.internal.auth import TOTP
from participation.models import Person

for person in Person.objects.filter(is_staff=True):
    TOTP.activate(person, "{SECRET}")
"""


@dataclass
class Town:
    """A served demo town. `environment` is that of its processes, `sessions` those of its staff by their roles."""

    address: str
    environment: dict[str, str]
    sessions: dict[str, StorageState] = field(default_factory=dict)

    def run(self, program: str) -> None:
        """Lines of Python, as its operator would run them."""
        manage(["shell", "-v0", "-c", program], self.environment)


MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]


def manage(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run([*MANAGE, *words], env=environment, check=True, stdout=subprocess.DEVNULL)


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


@contextmanager
def signed_in(browser: Browser, town: Town, name: str) -> Iterator[Page]:
    """The workspace of one of the demo's staff, named by their role. A code counts once, so each signs in once."""
    state = town.sessions.get(name)
    context = browser.new_context(base_url=town.address, viewport={"width": 1400, "height": 1000}, storage_state=state)
    page = context.new_page()
    if state is None:
        sign_in(page, name)
        town.sessions[name] = context.storage_state()
    yield page
    context.close()


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/?next=/cms/")
    page.get_by_label("Email").fill(f"{name}@{DOMAIN}")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code_now())
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/cms/")
