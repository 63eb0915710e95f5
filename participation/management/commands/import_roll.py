"""Brings in the roll of a budget from a CSV file: all of it, or nothing and a report by line."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from participation.actions.roll_import import RollFaulty, import_roll
from participation.management.progress import ProgressBar
from participation.models import Budget
from participation.refusals import ActionRefused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("budget", help="The address (slug) of the budget.")
        parser.add_argument(
            "file",
            type=Path,
            help="Columns: register_id (needed), email, district, birth_date, document.",
        )

    def handle(self, *args, budget: str, file: Path, **options) -> None:
        found = Budget.objects.filter(slug=budget).first()
        if found is None:
            raise CommandError(f"There is no budget {budget!r}.")
        bar = ProgressBar(self.stderr)
        try:
            imported = import_roll(budget=found, path=file, actor=None, at=timezone.now(), progress=bar.show)
        except RollFaulty as faulty:
            raise CommandError("Nothing was imported.\n" + "\n".join(faulty.faults)) from faulty
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except ActionRefused as refused:
            raise CommandError(str(refused.refusal.label)) from refused
        finally:
            bar.end()
        self.stdout.write(f"{imported.rows} rows.")
        for slug, entries in imported.entries.items():
            self.stdout.write(f"  {slug}: {entries} entries, {imported.rows - entries} too young")
