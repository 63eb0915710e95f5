"""Takes a ballot box as far towards publication as it can go, and says what is missing.

Each step can be interrupted anywhere: the command goes on where it stood. Sealing, the value of the lot and the
publication need two named people of the administration, given by their e-mail addresses; whoever may run commands on
the machine answers for their presence. The workspace asks each of them to be signed in.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from participation.actions.box_acts import ask_for, confirm
from participation.actions.box_closing import closing_steps, count_box, reconcile
from participation.ballot_box.keys import KeyUnusable
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.locks import BoxBusy
from participation.ballot_box.sealing import SealingStopped
from participation.choices import ActKind
from participation.exports.publishing import BundleDiffers
from participation.models import BallotBox, Person, TwoPersonAct
from participation.refusals import ActionRefused

ACTS = {"seal": ActKind.SEAL, "draw": ActKind.DRAW, "publish": ActKind.PUBLISH}
ALONE = {"reconcile": reconcile, "count": count_box}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("box", help="BUDGET/BOX, by their addresses.")
        parser.add_argument("--by", help="E-mail address of the person who asks.")
        parser.add_argument("--and", dest="second", help="E-mail address of the person who confirms.")
        parser.add_argument("--lot", help="The public value of the lot.")

    def handle(self, *args, box: str, by: str | None, second: str | None, lot: str | None, **options) -> None:
        budget, _, slug = box.partition("/")
        found = BallotBox.objects.filter(budget__slug=budget, slug=slug).first()
        if found is None:
            raise CommandError(f"There is no ballot box {box!r}. Name it BUDGET/BOX, by their addresses.")
        people = [self.person(one) for one in (by, second) if one]
        try:
            while (step := closing_steps(found)) != "nothing":
                if not self.take(found, step, people, lot):
                    return
                found.refresh_from_db()
                self.stdout.write(f"{step}: done, the box is now {found.state}")
        except ActionRefused as refused:
            raise CommandError(f"{step}: {refused.refusal.label}") from refused
        except (SealingStopped, BundleDiffers, KeyUnusable, BoxBusy) as stopped:
            raise CommandError(f"{step}: {stopped or 'the box is busy, try again'}") from stopped

    def person(self, email: str) -> Person:
        found = Person.objects.filter(email__iexact=email, is_active=True, is_staff=True).first()
        if found is None:
            raise CommandError(f"Nobody who works for the administration has the address {email}.")
        return found

    def take(self, box: BallotBox, step: str, people: list[Person], lot: str | None) -> bool:
        at = timezone.now()
        if step == "close":
            if not latch_closed(box):
                self.stdout.write(f"close: voting goes on until {box.closes_at.isoformat()}")
                return False
            return True
        if step in ALONE:
            ALONE[step](box=box, at=at)
            return True
        if len(people) < 2 or (step == "draw" and not lot):
            self.stdout.write(f"{step}: needs two named people" + (" and --lot VALUE" if step == "draw" else ""))
            return False
        details = {"value": lot} if step == "draw" else {}
        waiting = TwoPersonAct.objects.filter(box=box, kind=ACTS[step], confirmed_at=None).first()
        act = waiting or ask_for(actor=people[0], box=box, kind=ACTS[step], at=at, details=details)
        confirm(actor=people[1], act=act, at=at)
        return True
