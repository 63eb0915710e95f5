from threading import Thread

from django.http import HttpResponse

from site_config.anonymous_reads import Kept, Shelf


def kept(content: bytes = b"", until: float = 10.0) -> Kept:
    return Kept.of(HttpResponse(content), until)


def test_what_was_put_is_given_until_its_time_is_over():
    shelf = Shelf(100_000)
    shelf.put(("a",), kept(b"words", until=10.0))

    assert shelf.get(("a",), 9.999).content == b"words"
    assert shelf.get(("a",), 10.0) is None


def test_what_was_never_put_is_not_given():
    assert Shelf(100_000).get(("a",), 0.0) is None


def test_the_later_answer_replaces_the_earlier():
    shelf = Shelf(100_000)
    shelf.put(("a",), kept(b"old"))
    shelf.put(("a",), kept(b"new"))

    assert shelf.get(("a",), 0.0).content == b"new"


def test_what_was_not_asked_for_longest_is_forgotten_first():
    room_for_three = 3 * kept(b"x" * 1_000).weight
    shelf = Shelf(room_for_three)
    for name in "abc":
        shelf.put((name,), kept(b"x" * 1_000))
    shelf.get(("a",), 0.0)

    shelf.put(("d",), kept(b"x" * 1_000))

    assert [name for name in "abcd" if shelf.get((name,), 0.0)] == ["a", "c", "d"]


def test_what_is_too_large_for_the_whole_shelf_is_not_kept():
    shelf = Shelf(1_000)

    shelf.put(("a",), kept(b"x" * 1_000))

    assert shelf.get(("a",), 0.0) is None


def test_replacing_answers_does_not_use_up_the_room():
    shelf = Shelf(2 * kept(b"x" * 1_000).weight)
    shelf.put(("a",), kept(b"x" * 1_000))
    for _ in range(50):
        shelf.put(("b",), kept(b"x" * 1_000))

    assert shelf.get(("a",), 0.0)


def test_an_emptied_shelf_has_all_its_room_again():
    shelf = Shelf(2 * kept(b"x" * 1_000).weight)
    for name in "ab":
        shelf.put((name,), kept(b"x" * 1_000))
    shelf.clear()
    assert shelf.get(("a",), 0.0) is None
    for name in "cd":
        shelf.put((name,), kept(b"x" * 1_000))

    assert shelf.get(("c",), 0.0)
    assert shelf.get(("d",), 0.0)


def test_however_many_addresses_are_asked_for_the_bytes_are_bounded():
    most = 40 * kept(b"x" * 500).weight
    shelf = Shelf(most)

    def fill(prefix: str) -> None:
        for number in range(500):
            shelf.put((prefix, str(number)), kept(b"x" * 500))

    threads = [Thread(target=fill, args=[prefix]) for prefix in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    held = [key for prefix in "abcd" for number in range(500) if shelf.get(key := (prefix, str(number)), 0.0)]
    assert len(held) == 40


def test_a_kept_answer_holds_nothing_of_the_response_it_came_from():
    response = HttpResponse(b"words", headers={"X-Made-By": "the view"})
    one = Kept.of(response, 10.0)
    response.content = b"changed"
    response.headers["X-Made-By"] = "somebody else"

    given = one.answer(0.0)

    assert (given.content, given.headers["X-Made-By"]) == (b"words", "the view")
    given.headers["X-Made-By"] = "the next middleware"
    assert one.answer(0.0).headers["X-Made-By"] == "the view"


def test_caches_in_front_may_keep_it_for_what_is_left_of_its_time():
    one = kept(until=10.0)

    assert [one.answer(now)["Cache-Control"] for now in (0.0, 3.2, 9.5, 12.0)] == [
        f"public, max-age=0, s-maxage={seconds}" for seconds in (10, 6, 0, 0)
    ]
