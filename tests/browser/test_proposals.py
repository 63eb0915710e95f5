"""Proposing and supporting in a browser: without a script, on a small screen, in both directions."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from frontend_templates.discussion.traps import QUICKEST_SECONDS
from tests.browser.axe import follow, violations
from tests.browser.screens import PROPOSALS
from tests.factories.proposals import image_bytes

PASSWORD = "rivemont-demo-town"
SMALL = {"width": 320, "height": 700}
LIST = PROPOSALS.format(lang="en")
PHOTO = {"name": "bench.jpg", "mimeType": "image/jpeg", "buffer": image_bytes()}


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(f"{name}@rivemont.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name=re.compile("Sign in", re.IGNORECASE)).click()
    page.wait_for_url("**/en/")


def open_page(browser: Browser, town: str, name: str, **more) -> Iterator[Page]:
    context = browser.new_context(base_url=town, **more)
    page = context.new_page()
    sign_in(page, name)
    yield page
    context.close()


@pytest.fixture
def citizen(browser: Browser, town: str) -> Iterator[Page]:
    yield from open_page(browser, town, "citizen", java_script_enabled=False)


# In milliseconds: a form that is sent faster is taken for a machine's.
AS_PEOPLE_TYPE = (QUICKEST_SECONDS + 1) * 1000


@pytest.fixture
def auditor(browser: Browser, town: str) -> Iterator[Page]:
    yield from open_page(browser, town, "auditor", java_script_enabled=False)


def go_on(page: Page) -> None:
    follow(page, page.get_by_role("button", name="Go on", exact=True))


def propose(page: Page, title: str) -> None:
    """From the list to the last page, with a photo and a place."""
    page.goto(LIST)
    follow(page, page.get_by_role("link", name="Propose something"))
    page.wait_for_timeout(AS_PEOPLE_TYPE)
    page.get_by_label("Title").fill(title)
    page.get_by_label("What and why").fill("A place to rest on the way up.")
    page.get_by_label("Culture").check()
    go_on(page)
    page.get_by_label("Place", exact=True).fill("Castle steps")
    say_the_point(page)
    page.get_by_label("Envelope").select_option(label="The whole town")
    go_on(page)
    page.get_by_label("€5,000 to €20,000").check()
    go_on(page)
    page.get_by_label("Photo", exact=True).set_input_files(PHOTO)
    page.get_by_label("What the photo shows").fill("The steps, steep and without a bench")
    page.get_by_label("I have the right to publish this photo").check()
    follow(page, page.get_by_role("button", name="Add this photo"))
    expect(page.get_by_role("img", name="The steps, steep and without a bench")).to_be_visible()
    follow(page, page.get_by_role("link", name="Go on", exact=True))
    follow(page, page.get_by_role("button", name="Hand in my proposal"))


def say_the_point(page: Page) -> None:
    """By a click on the map where there are scripts, else in figures."""
    if page.get_by_role("button", name="Choose the point on a map").count():
        page.get_by_role("button", name="Choose the point on a map").click()
        page.locator(".map-district").nth(1).wait_for()
        page.get_by_role("region", name="Map").click(position={"x": 300, "y": 200})
        expect(page.locator("osp-point").get_by_role("status")).to_contain_text("The point is chosen")
    else:
        page.get_by_label("Latitude").fill("47.2101")
        page.get_by_label("Longitude").fill("-1.5503")


def test_one_proposes_without_a_script_and_another_supports_it(citizen: Page, auditor: Page):
    title = "A bench on the castle steps"
    propose(citizen, title)
    expect(citizen.get_by_role("status")).to_contain_text("It has the number")
    expect(citizen.get_by_text("What happens next")).to_be_visible()
    citizen.goto(f"{LIST}?q=castle+bench")
    expect(citizen.get_by_role("status")).to_contain_text("1 proposal")
    follow(citizen, citizen.get_by_role("link", name=title))
    expect(citizen.get_by_text("Castle steps", exact=True)).to_be_visible()
    expect(citizen.get_by_role("img", name="The steps, steep and without a bench")).to_be_visible()

    auditor.goto(citizen.url)
    follow(auditor, auditor.get_by_role("link", name="Support this proposal"))
    expect(auditor.get_by_role("status")).to_have_text("You do not support this proposal yet.")
    follow(auditor, auditor.get_by_role("button", name="Support this proposal"))
    expect(auditor.get_by_role("status")).to_have_text("You support this proposal.")
    follow(auditor, auditor.get_by_role("link", name="Back to the proposal"))
    expect(auditor.get_by_text("You support this proposal.")).to_be_visible()
    follow(auditor, auditor.get_by_role("link", name="Look at my support"))
    follow(auditor, auditor.get_by_role("button", name="Take my support back"))
    expect(auditor.get_by_role("status")).to_have_text("You do not support this proposal yet.")


@pytest.fixture
def writer(browser: Browser, town: str) -> Iterator[Page]:
    """With scripts, under the real policy."""
    yield from open_page(browser, town, "citizen")


def place_of(page: Page) -> tuple[float, float]:
    return tuple(float(page.get_by_label(name).input_value()) for name in ("Latitude", "Longitude"))


def test_a_click_on_the_map_says_where(writer: Page):
    said, asked = [], []
    writer.on("console", lambda message: said.append(message.text))
    writer.on("pageerror", lambda error: said.append(str(error)))
    writer.on("request", lambda request: asked.append(request.url))
    writer.goto(f"{LIST}new/")
    writer.wait_for_timeout(AS_PEOPLE_TYPE)
    writer.get_by_label("Title").fill("A swing at the weir")
    writer.get_by_label("What and why").fill("To sit and look.")
    go_on(writer)
    assert not [address for address in asked if "leaflet" in address or "geojson" in address]
    say_the_point(writer)
    latitude, longitude = place_of(writer)
    assert 47 < latitude < 47.5
    assert -2 < longitude < -1
    ground = writer.get_by_role("region", name="Map").bounding_box()
    marker = writer.locator("osp-point .map-marker").bounding_box()
    assert abs(marker["x"] + marker["width"] / 2 - ground["x"] - 300) < 2
    assert abs(marker["y"] + marker["height"] / 2 - ground["y"] - 200) < 2
    writer.get_by_label("Latitude").fill(f"{latitude + 0.01:.5f}")
    writer.get_by_label("Latitude").press("Tab")
    assert writer.locator("osp-point .map-marker").bounding_box()["y"] < marker["y"]
    writer.get_by_label("Latitude").fill("")
    writer.get_by_label("Latitude").press("Tab")
    expect(writer.locator("osp-point .map-marker")).to_have_count(0)
    writer.get_by_role("region", name="Map").click(position={"x": 200, "y": 150})
    chosen = place_of(writer)
    go_on(writer)
    writer.go_back(wait_until="load")
    writer.reload()
    assert place_of(writer) == chosen
    assert said == []


def test_a_draft_is_kept_while_one_types_and_similar_ones_come_up(writer: Page):
    said = []
    writer.on("console", lambda message: said.append(message.text))
    writer.on("pageerror", lambda error: said.append(str(error)))
    writer.goto(f"{LIST}new/")
    writer.get_by_label("What and why").fill("To sit")
    writer.wait_for_timeout(AS_PEOPLE_TYPE)
    assert writer.url.endswith("/new/"), "without a title nothing is begun"
    writer.get_by_label("Title").fill("A pocket park behind the school")
    expect(writer.get_by_text("Kept as a draft.")).to_be_visible()
    expect(writer.get_by_role("link", name="A pocket park behind the library")).to_be_visible()
    assert "/own/" in writer.url
    writer.reload()
    assert writer.get_by_label("Title").input_value() == "A pocket park behind the school"
    assert writer.get_by_label("What and why").input_value() == "To sit"
    go_on(writer)
    say_the_point(writer)
    expect(writer.get_by_text("Kept as a draft.")).to_be_visible()
    chosen = place_of(writer)
    writer.reload()
    assert place_of(writer) == chosen
    assert said == []
    writer.route("**/place/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    writer.get_by_label("Place", exact=True).fill("School")
    expect(writer.get_by_text("Not kept yet.")).to_be_visible()


@pytest.fixture
def administrator(browser: Browser, town: str) -> Iterator[Page]:
    small = {"viewport": SMALL, "bypass_csp": True, "reduced_motion": "reduce"}
    yield from open_page(browser, town, "administrator", **small)


def looks_right(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*violations(page), *([f"{page.url} scrolls sideways"] if wide else [])]


GO_ON = "form.form > .button-row button"


def steps(page: Page, start: str) -> Iterator[None]:
    """Every page behind the door, also with its faults shown, by names that are alike in all languages."""
    page.goto(f"{start}new/")
    page.wait_for_timeout(AS_PEOPLE_TYPE)
    yield
    follow(page, page.locator(GO_ON).first)
    yield
    page.locator("[name=title]").fill("Steps")
    page.locator("[name=what_and_why]").fill("Why.")
    for _ in range(2):
        follow(page, page.locator(GO_ON).first)
        yield
    page.locator("osp-point button").click()
    page.locator(".map-district").nth(1).wait_for()
    yield
    page.locator("osp-point .map-ground").click(position={"x": 100, "y": 100})
    page.locator("osp-point .map-marker").wait_for()
    yield
    page.locator("[name=address]").fill("Here")
    follow(page, page.locator(GO_ON).first)
    yield
    follow(page, page.locator(GO_ON).first)
    yield
    page.locator("[name=photo]").set_input_files(PHOTO)
    follow(page, page.locator(GO_ON).first)
    yield
    page.locator("[name=photo]").set_input_files(PHOTO)
    page.locator("[name=alt]").fill("Noise")
    page.locator("[name=may_publish]").check()
    follow(page, page.locator(GO_ON).first)
    yield
    follow(page, page.locator("main a.button-quiet").last)
    yield
    follow(page, page.locator("main form:has(button.button) button"))
    yield
    follow(page, page.locator("main a.button").first)
    yield
    own = page.url
    for path in ("edit/", "support/", "withdraw/", "moderate/"):
        page.goto(own + path)
        yield
    for path in ("mine/", "waiting/"):
        page.goto(start + path)
        yield


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_behind_the_door_breaks_a_rule(administrator: Page, town: str, language: str):
    start = town + PROPOSALS.format(lang=language)
    found = [fault for _ in steps(administrator, start) for fault in looks_right(administrator)]
    assert administrator.url == f"{start}waiting/"
    assert found == []
