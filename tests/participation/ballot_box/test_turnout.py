"""Turnout is told in groups: whoever subtracts what is shown never learns of fewer than 20 people."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from participation.ballot_box.turnout import FEWEST, Group, told_in_groups

CELLS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=9).map(
    lambda sizes: [Group((f"d{number}",), took + stayed, took) for number, (took, stayed) in enumerate(sizes)]
)


def learned_by_subtraction(groups: list[Group]) -> set[frozenset[str]]:
    """Every set of cells whose sum the attacker can work out: sums of groups, and the total less such a sum."""
    everything = frozenset(name for group in groups for name in group.names)
    sums = {
        frozenset(name for group in chosen for name in group.names)
        for size in range(1, len(groups) + 1)
        for chosen in combinations(groups, size)
    }
    return {one for one in sums | {everything - one for one in sums} if one}


@given(CELLS)
def test_nothing_that_can_be_worked_out_concerns_few_people(cells):
    took_part = {cell.names[0]: cell.participants for cell in cells}
    everybody = sum(took_part.values())
    for names in learned_by_subtraction(told_in_groups(cells)):
        assert sum(took_part[name] for name in names) >= min(FEWEST, everybody)


@given(CELLS)
def test_every_cell_is_told_once_and_the_sums_stay(cells):
    groups = told_in_groups(cells)
    assert sorted(name for group in groups for name in group.names) == sorted(cell.names[0] for cell in cells)
    assert sum(group.entries for group in groups) == sum(cell.entries for cell in cells)
    assert sum(group.participants for group in groups) == sum(cell.participants for cell in cells)


def test_large_cells_are_told_alone_and_a_small_one_takes_the_next_larger_with_it():
    cells = [Group(("A",), 900, 300), Group(("B",), 90, 40), Group(("C",), 30, 7)]
    assert told_in_groups(cells) == [Group(("A",), 900, 300), Group(("B", "C"), 120, 47)]


def test_two_small_cells_are_enough_where_they_hold_twenty():
    cells = [Group(("A",), 900, 300), Group(("B",), 90, 12), Group(("C",), 30, 8)]
    assert told_in_groups(cells) == [Group(("A",), 900, 300), Group(("B", "C"), 120, 20)]
