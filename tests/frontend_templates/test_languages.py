import pytest

from tests.factories.participation import locale
from tests.frontend_templates.pages import read


def switch(page) -> dict[str, str]:
    """The links of the language switch, by language."""
    return {one["hreflang"]: one["href"] for one in page.all("a") if one.get("hreflang")}


def test_the_same_page_in_the_other_language(visitor, town, french_home):
    page = read(visitor.get("/en/budgets/town/projects/?order=cost"))
    assert switch(page)["fr"] == "/fr/budgets/town/projects/?order=cost"
    assert page.all("html")[0] == {"lang": "en", "dir": "ltr"}
    assert visitor.get(switch(page)["fr"]).status_code == 200


def test_a_page_of_the_cms_leads_to_its_translation(visitor, town, french_home):
    page = read(visitor.get("/en/"))
    assert switch(page)["fr"].endswith("/fr/")
    assert "Vous décidez" in read(visitor.get(switch(page)["fr"])).text


def test_without_a_translation_to_the_page_as_it_was_written(visitor, process, french_home):
    there = switch(read(visitor.get("/en/how/")))["fr"]
    assert there.endswith("/fr/how/")
    page = visitor.get(there).content.decode()
    assert 'content="noindex"' in page
    assert '<h1 class="display" lang="en">How it works</h1>' in page


def test_the_switch_marks_where_we_are(visitor, town, french_home):
    page = read(visitor.get("/fr/budgets/"))
    current = [one["hreflang"] for one in page.all("a") if one.get("hreflang") and one.get("aria-current")]
    assert current == ["fr"]
    assert page.all("html")[0]["lang"] == "fr"


def test_search_engines_are_told_of_the_other_language(visitor, town, french_home):
    links = [one for one in read(visitor.get("/en/budgets/")).all("link") if one.get("rel") == "alternate"]
    assert {one["hreflang"]: one["href"] for one in links} == {
        "en": "http://testserver/en/budgets/",
        "fr": "http://testserver/fr/budgets/",
    }


def test_search_engines_are_told_of_translations_only(visitor, process, french_home):
    links = [one for one in read(visitor.get("/en/how/")).all("link") if one.get("rel") == "alternate"]
    assert [one["hreflang"] for one in links] == ["en"]


def test_a_language_from_right_to_left(visitor, town):
    locale("ar")
    page = read(visitor.get("/ar/budgets/"))
    assert page.all("html")[0] == {"lang": "ar", "dir": "rtl"}


@pytest.mark.parametrize("address", ["/de/", "/de/budgets/", "/xx/"])
def test_a_language_that_staff_did_not_choose(visitor, town, address):
    assert visitor.get(address).status_code == 404


def test_words_in_another_language_say_which(visitor, town):
    town.texts.update(language="pl")
    [heading] = read(visitor.get("/en/budgets/town/")).all("h1")
    assert heading["lang"] == "pl"


def test_words_in_the_language_of_the_page_are_not_marked(visitor, town):
    [heading] = read(visitor.get("/en/budgets/town/")).all("h1")
    assert not {"lang", "dir"} & set(heading)


def test_words_of_another_direction_say_so(visitor, town):
    locale("ar")
    page = read(visitor.get("/ar/budgets/town/"))
    [heading] = page.all("h1")
    assert (heading["lang"], heading["dir"]) == ("en", "ltr")
    assert {"lang": "en", "dir": "ltr"} in page.all("span")


def test_money_and_numbers_follow_the_language(visitor, town, french_home):
    assert "€5,000" in read(visitor.get("/en/budgets/town/projects/1/")).text
    assert "5\u202f000\xa0€" in "".join(read(visitor.get("/fr/budgets/town/projects/1/")).words)


def test_the_menu_is_that_of_the_language(visitor, town, process, french_home):
    assert "How it works" in read(visitor.get("/en/budgets/")).text
    assert "How it works" not in read(visitor.get("/fr/budgets/")).text
