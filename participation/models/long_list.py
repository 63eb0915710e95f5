"""A list of proposals that may be of any length: a page of it costs the same for a hundred and for a hundred thousand.

Counting comes first and stops at MOST_COUNTED. Where they are few, their ids are known by then and they are put in
order among themselves. Where they are many, a match is never far: proposals are read along the index of the order, and
each is asked whether it belongs to the list.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from participation.models.proposal import LISTED, Proposal, ProposalQuerySet, words_of
from participation.models.searched_words import SearchedWords

MOST_COUNTED, MOST_HOLDING = 1_000, 1_500
RANDOM = "random"
ORDERS = {
    "newest": ("-published_at", "-pk"),
    "title": ("sort_key", "pk"),
    "supports": ("-support_count", "pk"),
    RANDOM: ("shuffle", "pk"),
}


def ids_in(rows: QuerySet) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])


class BoundedList:
    """Rows in an order, counted up to MOST_COUNTED."""

    def __init__(self, rows: QuerySet) -> None:
        self.rows = rows

    @cached_property
    def first_ids(self) -> list[int]:
        return ids_in(self.rows)

    @property
    def counted(self) -> int:
        return min(len(self.first_ids), MOST_COUNTED)

    @property
    def is_exact(self) -> bool:
        return len(self.first_ids) <= MOST_COUNTED

    def between(self, start: int, stop: int) -> list[Any]:
        return list(self.rows[start:stop])


class LongList(BoundedList):
    """`rows` are those of the list, in no order; `query` is what `with_words` was given for them.

    `shown` says what is loaded with each, for any proposals; `along` are fields of theirs with which an index begins;
    `start`, between 0 and 1, is where a random order begins.
    """

    def __init__(
        self,
        rows: ProposalQuerySet,
        shown: ProposalQuerySet,
        order: str,
        *,
        along: Mapping[str, object],
        query: str = "",
        start: float = 0,
    ) -> None:
        super().__init__(rows)
        self.shown, self.order, self.along = shown, order, {**along, **LISTED}
        self.words, self.start = words_of(query), start

    @cached_property
    def first_ids(self) -> list[int]:
        """Where words are searched, first among the newest that hold them: mostly these are all, or enough."""
        newest = SearchedWords.objects.newest_with(self.words, MOST_HOLDING)
        if newest is None:
            return ids_in(self.rows)
        # Input is in the parameters.
        in_all = RawSQL(f"SELECT COUNT(*) FROM ({newest.sql}) AS newest", newest.params)  # noqa: S608, S611
        among = self.rows.filter(pk__in=newest).annotate(in_all=in_all).order_by()
        found = list(among.values_list("pk", "in_all")[: MOST_COUNTED + 1])
        counted = found or SearchedWords.objects.annotate(in_all=in_all).values_list("pk", "in_all")[:1]
        are_all = all(in_all < MOST_HOLDING for _, in_all in counted)
        if are_all or len(found) > MOST_COUNTED:
            return [pk for pk, _ in found]
        return ids_in(self.rows)

    def between(self, start: int, stop: int) -> list[Proposal]:
        if self.is_exact:
            found = self.shown.filter(pk__in=self.first_ids)
            if self.order == RANDOM:
                return list(found.shuffled_from(self.start)[start:stop])
            return list(found.order_by(*ORDERS[self.order])[start:stop])
        itself = self.rows.order_by().filter(pk=OuterRef("pk")).values("pk")[:1]
        found = self.shown.filter(pk=Subquery(itself), **self.along).order_by(*ORDERS[self.order])
        return self.around(found, start, stop) if self.order == RANDOM else list(found[start:stop])

    def around(self, rows: ProposalQuerySet, start: int, stop: int) -> list[Proposal]:
        """Two ranges of the index: from the start on, then from the beginning up to it."""
        later, sooner = rows.filter(shuffle__gte=self.start), rows.filter(shuffle__lt=self.start)
        found = list(later[start:stop])
        if len(found) == stop - start:
            return found
        passed = start + len(found) if found else later.count()
        return found + list(sooner[max(0, start - passed) : stop - passed])


def newest_with_words(query: str, most: int) -> list[Proposal]:
    """The newest public proposals of all budgets that hold every word, with their budgets."""
    rows, shown = Proposal.objects.public().with_words(query), Proposal.objects.select_related("budget")
    return LongList(rows, shown, "newest", along={}, query=query).between(0, most)
