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


def test_the_map_draws_the_districts_and_loads_nothing_before_it_is_asked_for(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/en/budgets/rivemont/projects/?view=map", wait_until="networkidle")
    assert not [address for address in asked if "leaflet" in address or "geojson" in address]
    page.click("osp-map button")
    page.locator(".map-district").nth(1).wait_for()
    assert page.locator(".map-name").all_inner_texts() == ["Rivemont Nord", "Rivemont Sud"]
    assert page.locator(".map-marker").count() == 12
    assert page.locator("osp-map button").is_hidden()


def test_the_map_stands_without_the_districts(page):
    page.route("**/districts.geojson", lambda route: route.abort())
    page.goto("/en/budgets/rivemont/projects/?view=map")
    page.click("osp-map button")
    page.locator(".map-marker").nth(11).wait_for()
    assert page.locator(".map-district").count() == 0


def test_the_map_waits_for_its_sheet(page):
    held = []
    page.route("**/map*.css", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be marked
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/ar/budgets/rivemont/projects/?view=map", wait_until="networkidle")
    with page.expect_response("**/leaflet*.js"), page.expect_response("**/districts.geojson"):
        page.click("osp-map button")
    page.wait_for_timeout(300)
    assert page.locator(".map-district, .map-marker").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    held[0].continue_()
    page.locator(".map-marker").nth(11).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_map_that_did_not_come_is_asked_for_again(page):
    page.route("**/leaflet*.js", lambda route: route.abort())
    page.goto("/en/budgets/rivemont/projects/?view=map")
    page.click("osp-map button")
    page.locator("osp-map button").wait_for()
    page.unroute("**/leaflet*.js")
    page.click("osp-map button")
    page.locator(".map-marker").nth(11).wait_for()


def test_a_boundary_that_cannot_be_read_hides_no_project(page):
    broken = {"type": "Feature", "properties": {"name": "X"}, "geometry": {"type": "Polygon", "coordinates": [["x"]]}}
    page.route("**/districts.geojson", lambda route: route.fulfill(json=broken))
    page.goto("/en/budgets/rivemont/projects/?view=map")
    page.click("osp-map button")
    page.locator(".map-marker").nth(11).wait_for()


def test_the_map_moves_to_the_list(page):
    page.goto("/en/budgets/rivemont/projects/?view=map")
    page.click("osp-map button")
    marker = page.get_by_role("button", name="A swimming place in the river")
    marker.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "A swimming place in the river"
