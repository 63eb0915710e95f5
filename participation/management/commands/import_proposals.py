"""Reads proposals from a CSV file of Decidim's or Consul's open data into a budget: all of them, or none and why.

Columns: `reference` or `id`; `title`; `body` or `description`; `address`, `latitude`, `longitude` where there are some;
`state` or `retired_at` for what was withdrawn, which stays where it is. Of Decidim's words per language (`title/en`)
those in the language asked for are taken, else the first there are. Separated by commas or semicolons.
"""

from pathlib import Path

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from participation.actions.imported_proposals import import_proposals
from participation.actions.proposal_files import ProposalsFaulty, read_proposals
from participation.models import Budget


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--budget", required=True, help="The budget's address.")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="The language of the words.")
        parser.add_argument("--encoding", default="utf-8-sig", help="Of the file, for instance windows-1252 or utf-16.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")

    def handle(self, *args, budget: str, language: str, encoding: str, dry_run: bool, **options) -> None:
        found = Budget.objects.filter(slug=budget).first()
        if found is None:
            raise CommandError(f"There is no budget {budget!r}.")
        if language not in LANG_INFO:
            raise CommandError(f"There is no language {language!r}.")
        if not is_known(encoding):
            raise CommandError(f"There is no encoding {encoding!r}.")
        rows = self.read(options["file"], language, encoding)
        imported = import_proposals(budget=found, rows=rows, at=timezone.now(), is_trial=dry_run)
        was = "would be" if dry_run else "were"
        self.stdout.write(
            f"{imported.created} proposals {was} imported. {len(imported.known)} are there already. "
            f"{imported.withdrawn} were withdrawn by their authors and are left out."
        )

    def read(self, file: Path, language: str, encoding: str):
        try:
            return read_proposals(file, language, encoding)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except ProposalsFaulty as faulty:
            raise CommandError("Nothing was imported.\n" + "\n".join(faulty.faults)) from faulty


def is_known(encoding: str) -> bool:
    """One of text: `hex` and the like are none."""
    try:
        b" ".decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return False
    return True
