"""Asks axe-core, and says what it found in lines that can be read."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

axe = Axe()


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule, once the page is there whole."""
    page.wait_for_load_state("load")
    found = axe.run(page).response["violations"]
    return [line(page.url, rule, node) for rule in found for node in rule["nodes"]]


def line(address: str, rule: dict, node: dict) -> str:
    return f"{address} {rule['id']}: {node['target']} {node['failureSummary']}"


def follow(page: Page, target: Locator, **how) -> None:
    """Click what leads to another page, and wait for that page: a click returns before it has begun."""
    with page.expect_navigation():
        target.click(**how)
