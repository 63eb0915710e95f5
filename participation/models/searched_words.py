"""The words of proposals as search reads them, in a table of their own: an index of them is not written anew whenever
somebody supports a proposal."""

from typing import Self

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from participation.models.proposal import Proposal

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
            found = found.filter(words__contains=word)
        return found

    def newest_with(self, words: list[str], most: int) -> RawSQL | None:
        """Ids of the newest proposals that may hold the folded words, at most so many, by the index alone.

        None where no word is long enough for it. SQLite knows only which letters stand together, so that a few may
        not hold them.
        """
        indexed = [word for word in words if len(word) >= INDEXED]
        if not indexed:
            return None
        if connection.vendor == "sqlite":
            return RawSQL(NEWEST_IN_SQLITE, [letters_of(indexed), most])  # noqa: S611 - input is in params
        newest = self.holding(indexed).order_by("-pk").values("pk")[:most]
        return RawSQL(*newest.query.sql_with_params())  # noqa: S611 - made by Django


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
