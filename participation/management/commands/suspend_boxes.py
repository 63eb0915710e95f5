"""After a restore: no ballot box takes ballots until two named people lift the suspension with a public note."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from participation.actions.box_opening import suspend
from participation.choices import BoxState
from participation.models import BallotBox


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        for box in BallotBox.objects.filter(state=BoxState.FROZEN, annulled_at=None, suspended=False):
            suspend(box=box, at=timezone.now())
            self.stdout.write(f"{box.budget.slug}/{box.slug} is suspended.")
