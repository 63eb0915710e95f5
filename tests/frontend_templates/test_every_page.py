"""What holds for every page, whoever asks."""

from itertools import pairwise

import pytest

from tests.frontend_templates.pages import ACCOUNTS, FORM, INLINE_HANDLER, INLINE_SCRIPT, PUBLIC, Reader, read

pytestmark = pytest.mark.usefixtures("town", "process", "written")


@pytest.mark.parametrize("address", PUBLIC)
def test_no_cookie_and_nothing_but_get_forms_for_the_public(visitor, address):
    response = visitor.get(address)
    html = response.content.decode()
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in html
    assert all('method="get"' in form for form in FORM.findall(html))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_may_be_kept_by_caches_in_front(visitor, address):
    response = visitor.get(address)
    assert "s-maxage" in response["Cache-Control"]
    assert response["ETag"]


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS, "/en/nothing/"])
def test_no_inline_style_or_script(visitor, address):
    html = visitor.get(address).content.decode()
    assert "style=" not in html
    assert "<style" not in html
    assert not INLINE_SCRIPT.search(html)
    assert not INLINE_HANDLER.search(html)
    assert "javascript:" not in html


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS])
def test_nothing_comes_from_another_host(visitor, address):
    page = read(visitor.get(address))
    loaded = [one["src"] for tag in ("script", "img") for one in page.all(tag) if "src" in one]
    loaded += [one["href"] for one in page.all("link") if one["rel"] in {"stylesheet", "icon"}]
    assert loaded
    assert all(source.startswith(("/", "data:")) for source in loaded)


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS, "/en/nothing/"])
def test_headings_begin_with_one_h1_and_skip_no_level(visitor, address):
    headings = Reader(visitor.get(address).content.decode()).headings
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS])
def test_landmarks_and_the_skip_link(visitor, address):
    page = read(visitor.get(address))
    assert len(page.all("main")) == 1
    assert len(page.all("header")) == 1
    assert len(page.all("footer")) == 1
    assert page.all("a")[0]["href"] == "#main"
    assert "main" in page.ids
    names = [nav.get("aria-label") for nav in page.all("nav")]
    assert None not in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS])
def test_ids_are_there_once_and_every_reference_has_its_target(visitor, address):
    page = read(visitor.get(address))
    assert len(page.ids) == len(set(page.ids))
    for _, attributes in page.tags:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert set((attributes.get(name) or "").split()) <= set(page.ids)
        if (attributes.get("href") or "").startswith("#"):
            assert attributes["href"][1:] in page.ids


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS])
def test_every_input_has_a_label(visitor, address):
    page = read(visitor.get(address))
    labelled = {label.get("for") for label in page.all("label")}
    inputs = [one for tag in ("input", "select", "textarea") for one in page.all(tag) if one.get("type") != "hidden"]
    assert {one.get("id") for one in inputs} <= labelled


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS])
def test_a_title_of_its_own_with_the_name_of_the_site(visitor, address):
    html = visitor.get(address).content.decode()
    title = html.partition("<title>")[2].partition("</title>")[0].strip()
    assert title.endswith("– Testtown")
    assert len(title) > len("– Testtown") + 2


@pytest.mark.parametrize("address", PUBLIC)
def test_pictures_are_hidden_from_those_who_listen_or_have_words(visitor, address):
    page = read(visitor.get(address))
    assert all(svg.get("aria-hidden") == "true" or svg.get("aria-labelledby") for svg in page.all("svg"))
    assert all("alt" in img for img in page.all("img"))
