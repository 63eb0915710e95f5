"""The geometry of the drawings: pure, so tested with numbers alone."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend_templates.charts.bars import bars
from frontend_templates.charts.strip import WIDTH, rest, strip
from frontend_templates.charts.tiles import HUES, SHAPES, composition, hue_of, shape_of

amounts = st.lists(st.tuples(st.integers(0, 10**15), st.text(max_size=5)), max_size=40)


def test_blocks_are_as_wide_as_their_amounts():
    town, north, south = strip([(60, "town"), (20, "north"), (20, "south")])
    whole = south.x + south.width - town.x
    assert [round(block.width / whole, 1) for block in (town, north, south)] == [0.6, 0.2, 0.2]
    assert [block.place for block in (town, north, south)] == [1, 2, 3]
    assert [block.label for block in (town, north, south)] == ["town", "north", "south"]


def test_what_is_missing_to_the_whole_stays_empty():
    [half] = strip([(50, "half")], whole_minor=100)
    [full] = strip([(50, "full")])
    assert half.width < 0.51 * full.width


def test_a_full_strip_reaches_its_end_and_leaves_no_rest():
    blocks = strip([(60, "town"), (40, "north")], whole_minor=100)
    assert blocks[-1].x + blocks[-1].width == WIDTH
    assert rest(blocks).width == 0


def test_the_rest_begins_after_the_last_block():
    blocks = strip([(50, "half")], whole_minor=100)
    assert rest(blocks).x > blocks[0].x + blocks[0].width
    assert rest(blocks).x + rest(blocks).width < WIDTH
    assert rest([]).width == WIDTH - 2


def test_nothing_gets_no_block():
    assert strip([]) == []
    assert strip([(0, "free")]) == []
    assert [block.label for block in strip([(0, "free"), (1, "paid")])] == ["paid"]


@given(amounts, st.one_of(st.none(), st.integers(0, 10**15)))
def test_blocks_follow_each_other_within_the_strip(amounts, whole):
    blocks = strip(amounts, whole)
    [full] = strip([(1, "all")])
    assert len(blocks) == sum(1 for amount, _ in amounts if amount)
    assert all(block.width > 0 for block in blocks)
    assert all(before.x <= after.x for before, after in pairwise(blocks))
    assert all(0 <= block.x <= full.x + full.width + 5 for block in blocks)


def test_the_longest_bar_is_whole():
    longest, half, none = bars([("a", 200), ("b", 100), ("c", 0)])
    assert (longest.width, half.width, none.width) == (100, 50, 0)
    assert half.value == Decimal(100)


def test_bars_of_nothing():
    assert bars([]) == []
    assert [bar.width for bar in bars([("a", 0), ("b", 0)])] == [0, 0]


@given(st.lists(st.decimals(0, 10**12, places=3), max_size=20))
def test_no_bar_leaves_its_track(values):
    assert all(0 <= bar.width <= 100 for bar in bars(("", value) for value in values))


@pytest.mark.parametrize("category", ["", "nature", "природа", "a" * 300])
def test_a_category_has_one_shape_and_hue(category):
    assert shape_of(category) == shape_of(category)
    assert shape_of(category) in SHAPES
    assert 0 <= hue_of(category) < HUES


def test_a_picture_comes_from_the_number_alone():
    assert composition(7, "nature") == composition(7, "nature")
    assert composition(7, "nature").tiles != composition(8, "nature").tiles
    assert composition(7, "nature").shape == composition(8, "nature").shape


@given(st.integers(0, 10**9), st.text(max_size=20))
def test_tiles_fill_the_picture(number, category):
    picture = composition(number, category)
    places = {(tile.x, tile.y) for tile in picture.tiles}
    assert len(places) == len(picture.tiles)
    assert max(x for x, _ in places) < picture.width
    assert max(y for _, y in places) < picture.height
