"""Reads proposals from a CSV file of Decidim's or Consul's open data into a budget: all of them, or none and why.

Columns: `reference` or `id`; `title`; `body` or `description`; `address`, `latitude`, `longitude` where there are some.
Decidim's words per language (`title/en`) are taken in the language asked for. Separated by commas or semicolons.
"""

from pathlib import Path

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from participation.actions.imported_proposals import ProposalsFaulty, import_proposals, read_proposals
from participation.models import Budget


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--budget", required=True, help="The budget's address.")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="The language of the words.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")

    def handle(self, *args, file: Path, budget: str, language: str, dry_run: bool, **options) -> None:
        found = Budget.objects.filter(slug=budget).first()
        if found is None:
            raise CommandError(f"There is no budget {budget!r}.")
        if language not in LANG_INFO:
            raise CommandError(f"There is no language {language!r}.")
        try:
            rows = read_proposals(file, language)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except ProposalsFaulty as faulty:
            raise CommandError("Nothing was imported.\n" + "\n".join(faulty.faults)) from faulty
        if dry_run:
            self.stdout.write(f"{len(rows)} proposals could be read. Nothing was imported.")
            return
        imported = import_proposals(budget=found, rows=rows, language=language, at=timezone.now())
        self.stdout.write(f"{imported.created} proposals imported, {len(imported.known)} were there already.")
