"""Letters with personal codes. A code is made when its letter is written, and only its keyed hash is kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from participation.actions.records import log
from participation.ballot_box import keys
from participation.ballot_box.locks import box_lock
from participation.ballot_box.receipts import grouped
from participation.ballot_box.roll import new_code
from participation.choices import Proof
from participation.models import Budget, RollEntry


def letters(
    *, budget: Budget, rows: Iterable[Mapping[str, str]], reissue: frozenset[str], language: str, at: datetime
) -> Iterator[str]:
    """The HTML of each letter, in the order of the rows. Who has a letter already gets none unless it is reissued.

    A reissued code voids the one before. Entries that are proven otherwise or barred get no letter.
    """
    written = 0
    for row in rows:
        register_id = row["register_id"].strip()
        entries = entries_for_letter(budget, register_id, register_id in reissue)
        if entries:
            code = give_code(entries)
            yield letter(budget, row, code, language)
            written += 1
    log(actor=None, verb="print_letters", subject=budget, at=at, letters=written, reissued=len(reissue))


def entries_for_letter(budget: Budget, register_id: str, again: bool) -> list[RollEntry]:
    entries = RollEntry.objects.filter(box__budget=budget, register_id=register_id, barred="")
    entries = entries.filter(proof__in=[Proof.NONE, Proof.CODE])
    return list(entries if again else entries.filter(code_hash=None))


@transaction.atomic
def give_code(entries: list[RollEntry]) -> str:
    """One code for all boxes of a person."""
    code = new_code()
    hashed = keys.code_hash(code)
    for entry in entries:
        with box_lock(entry.box_id, alone=True):
            RollEntry.objects.filter(pk=entry.pk).update(code_hash=hashed)
    return code


def letter(budget: Budget, row: Mapping[str, str], code: str, language: str) -> str:
    """The code stands in the fragment of the address of the QR picture, which browsers send to no server."""
    address = f"{settings.SITE_ADDRESS}/{language}/budgets/{budget.slug}/vote/code/"
    picture = segno.make(f"{address}#{code}", error="m").svg_inline(scale=4, border=2)
    context = {"budget": budget, "name": row["name"], "lines": row["address"].split("\n")}
    with override(language):
        return render_to_string(
            "participation/letter.html", context | {"code": grouped(code), "address": address, "picture": picture}
        )
