"""The words of proposals as search reads them, in a table of their own: an index of them is not written anew whenever
somebody supports a proposal."""

from functools import reduce
from operator import and_, or_
from typing import Self

from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _

from participation.models.proposal import Proposal


@models.TextField.register_lookup
class Holds(Contains):
    """Folded text that holds folded text. SQLite compares as it is, many times faster than by a pattern."""

    lookup_name = "holds"

    def get_rhs_op(self, connection, rhs: str) -> str:
        return connection.operators["contains"] % rhs

    def as_sqlite(self, compiler, connection) -> tuple[str, tuple]:
        text, params = self.process_lhs(compiler, connection)
        return f"INSTR({text}, %s) > 0", (*params, self.rhs)


# What is indexed is every three letters in a row, so that a part of a word is found too.
INDEXED = 3
NEWEST_IN_SQLITE = (
    "SELECT rowid FROM participation_searched_trigrams "
    "WHERE participation_searched_trigrams MATCH %s ORDER BY rowid DESC LIMIT %s"
)


class SearchedWordsQuerySet(models.QuerySet):
    def holding(self, words: list[str]) -> Self:
        """Those that hold each of the folded words, be it inside another."""
        found = self
        for word in words:
            found = found.filter(words__holds=word)
        return found

    def newest_with(self, words: list[str], most: int) -> RawSQL | None:
        """On SQLite, ids of the newest proposals that may hold the folded words, at most so many, by the index alone.

        It knows only which letters stand together, so that a few may not hold them. None where no word is long enough
        for it, and on PostgreSQL, which chooses by itself between its index and the table.
        """
        indexed = [word for word in words if len(word) >= INDEXED]
        return newest_in_sqlite([indexed], most) if indexed and connection.vendor == "sqlite" else None

    def newest_with_any(self, groups: list[list[str]], most: int) -> RawSQL | Self:
        """Ids of the newest proposals that may hold all folded words of one of the groups, at most so many.

        Each word has three letters or more.
        """
        if connection.vendor == "sqlite":
            return newest_in_sqlite(groups, most)
        each = (reduce(and_, (Q(words__holds=word) for word in group)) for group in groups)
        return self.filter(reduce(or_, each)).order_by("-pk").values("pk")[:most]


def newest_in_sqlite(groups: list[list[str]], most: int) -> RawSQL:
    sought = " OR ".join(f"({letters_of(group)})" for group in groups)
    return RawSQL(NEWEST_IN_SQLITE, [sought, most])  # noqa: S611 - input is in params


def letters_of(words: list[str]) -> str:
    """`bench` as `"ben" AND "enc" AND "nch"`."""
    pieces = (word[start : start + INDEXED] for word in words for start in range(len(word) - INDEXED + 1))
    return " AND ".join('"' + piece.replace('"', '""') + '"' for piece in dict.fromkeys(pieces))


class SearchedWords(models.Model):
    """All words of a proposal, folded. The migration that makes the table makes the index for each database."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="searched", primary_key=True)
    words = models.TextField()

    objects = SearchedWordsQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("searched words"), _("searched words")

    def __str__(self) -> str:
        return self.words[:80]
