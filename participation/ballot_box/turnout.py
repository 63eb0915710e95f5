"""Who took part, by district and by channel, told in groups so large that nobody stands out."""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 20


@dataclass(frozen=True)
class Group:
    """One or several districts or channels together: people on the roll (0 where that has no meaning), and those of
    them who took part."""

    names: tuple[str, ...]
    entries: int
    participants: int


def told_in_groups(cells: Iterable[Group]) -> list[Group]:
    """The cells as they may be published, largest first.

    Those with fewer than 20 participants become one group, joined by the next larger cells until it has 20. So no
    difference between the total and what is shown concerns fewer than 20 people. With fewer than 20 in all, one group.
    """
    by_size = sorted(cells, key=lambda cell: (cell.participants, cell.names))
    few = [cell for cell in by_size if cell.participants < FEWEST]
    many = [cell for cell in by_size if cell.participants >= FEWEST]
    while few and many and sum(cell.participants for cell in few) < FEWEST:
        few.append(many.pop(0))
    return many[::-1] + ([together(few)] if few else [])


def together(cells: list[Group]) -> Group:
    names = tuple(sorted(name for cell in cells for name in cell.names))
    return Group(names, sum(cell.entries for cell in cells), sum(cell.participants for cell in cells))
