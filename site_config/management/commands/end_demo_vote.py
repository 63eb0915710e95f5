"""Ends the open vote of the demo town now, so that one can watch its closing in the workspace or with close_box."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from participation.ballot_box.latch import latch_closed
from participation.choices import BoxState
from participation.models import BallotBox
from site_config.demo.vote import SLUG, end_open_vote


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        if not settings.SHOW_DEMO_BANNER:
            raise CommandError("Only the demo's vote can be ended: that of a town closes when its rules say.")
        box = BallotBox.objects.filter(budget__slug=SLUG, state=BoxState.FROZEN).first()
        if box is None:
            raise CommandError("The demo's vote is not open: make reset, then make demo.")
        ended = end_open_vote(timezone.now())
        latch_closed(ended)
        self.stdout.write(f"Closed. Next: manage.py close_box {SLUG}/{box.slug} --by A --and B, or Votes in the CMS.")
