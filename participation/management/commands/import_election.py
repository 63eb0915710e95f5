"""Brings in a past election from a Pabulib file: all of it, or nothing and one sentence."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from participation.actions.elections import import_election
from participation.counting.pb_format import PbFormatError
from participation.management.progress import ProgressBar


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="A file in Pabulib format (.pb).")

    def handle(self, *args, file: Path, **options) -> None:
        bar = ProgressBar(self.stderr)
        try:
            imported = import_election(path=file, actor=None, at=timezone.now(), progress=bar.show)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except (PbFormatError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        finally:
            bar.end()
        budget = imported.budget
        if not imported.is_new:
            self.stdout.write(f"{file.name} was imported before, as “{budget}”: nothing was changed.")
            return
        envelope = budget.envelopes.get()
        funded = envelope.result.lines.filter(funded=True).count()
        self.stdout.write(
            f"Imported {file.name} as “{budget}” (/budgets/{budget.slug}/): {envelope.projects.count()} projects, "
            f"{envelope.counted_ballots.count()} ballots, {funded} funded."
        )
