"""Under the real content security policy nothing on any screen is refused, and nothing complains."""

from tests.browser.screens import screens


def test_the_console_stays_silent(page):
    said = []
    page.on("console", lambda message: said.append(f"{page.url} {message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
    for path in [*screens("ltr"), *screens("rtl"), "/api/docs/"]:
        page.goto(path, wait_until="networkidle")
        said = [line for line in said if not ("404" in line and "/nothing/" in line)]
    page.goto("/en/budgets/rivemont/projects/?view=map")
    page.click("osp-map button")
    page.locator(".map-marker").first.wait_for()
    assert said == []


def test_the_map_moves_to_the_list(page):
    page.goto("/en/budgets/rivemont/projects/?view=map")
    page.click("osp-map button")
    marker = page.get_by_role("button", name="A swimming place in the river")
    marker.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "A swimming place in the river"
