"""Writes letters with personal codes as one HTML file to print: for everybody on the roll who has none yet.

The file holds the codes and nothing else does: print it, then destroy it. Names and addresses come from the register
and are not stored. A letter that got lost is voided and written anew with --reissue.
"""

import csv
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import timezone

from participation.actions.letters import letters
from participation.models import Budget

COLUMNS = ("register_id", "name", "address")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("budget", help="The address (slug) of the budget.")
        parser.add_argument("register", type=Path, help="CSV with register_id, name and address.")
        parser.add_argument("--out", type=Path, help="The HTML file; by default the standard output.")
        parser.add_argument("--reissue", action="append", default=[], metavar="REGISTER_ID")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)

    def handle(self, *args, budget: str, register: Path, out: Path | None, reissue, language: str, **options) -> None:
        found = Budget.objects.filter(slug=budget).first()
        if found is None:
            raise CommandError(f"There is no budget {budget!r}.")
        try:
            with register.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                if not set(COLUMNS) <= set(rows.fieldnames or ()):
                    raise CommandError(f"{register} needs the columns {', '.join(COLUMNS)}.")
                written = self.write(found, rows, out, frozenset(reissue), language)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{register}: {error}.") from error
        self.stderr.write(f"{written} letters.")

    def write(self, budget: Budget, rows, out: Path | None, reissue: frozenset[str], language: str) -> int:
        target = out.open("x", encoding="utf-8") if out else sys.stdout
        written = 0
        try:
            target.write(
                render_to_string(
                    "participation/letters_head.html", {"language": language, "site": settings.SITE_ADDRESS}
                )
            )
            for letter in letters(budget=budget, rows=rows, reissue=reissue, language=language, at=timezone.now()):
                target.write(letter)
                written += 1
            target.write("</body></html>\n")
        finally:
            if out:
                target.close()
        return written
