"""Writes the roll of a ballot box as sheets to print, for stations without a connection.

Names come from the town's file and are not stored: the roll knows none. Marks on the sheets are keyed at the desk
later. Print the file, then destroy it.
"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from participation.actions.roll_sheets import FileUnfit, roll_sheets, rows_in
from participation.models import BallotBox, Station


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("box", help="BUDGET/BOX, by their addresses.")
        parser.add_argument("register", type=Path, help="CSV with register_id and name; birth_date is printed too.")
        parser.add_argument("--out", type=Path, required=True, help="The HTML file, which must not be there yet.")
        parser.add_argument("--station", default="", help="Name of the station, for the head of its sheets.")
        parser.add_argument("--district", default="", help="The people of this district alone.")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)

    def handle(self, *args, box, register, out, station, district, language, **options) -> None:
        budget, _, slug = box.partition("/")
        found = BallotBox.objects.with_texts().filter(budget__slug=budget, slug=slug).first()
        if found is None:
            raise CommandError(f"There is no ballot box {box!r}. Name it BUDGET/BOX, by their addresses.")
        place = Station.objects.filter(budget=found.budget_id, name=station).first()
        if station and place is None:
            raise CommandError(f"There is no station {station!r}.")
        at = timezone.now()
        try:
            with register.open(encoding="utf-8-sig", newline="") as file:
                sheets = list(roll_sheets(box=found, rows=rows_in(file), district=district, at=at))
            if not sheets:
                raise CommandError("Nobody with a number of the register is on this roll, or in this district.")
            context = {"box": found, "station": place, "sheets": sheets, "at": at, "language": language}
            context["site"] = settings.SITE_ADDRESS
            with override(language), out.open("x", encoding="utf-8") as target:
                out.chmod(0o600)
                target.write(render_to_string("participation/roll_sheets.html", context))
        except (FileUnfit, OSError) as error:
            raise CommandError(f"{error}") from error
        self.report([line for _name, lines in sheets for line in lines])

    def report(self, lines) -> None:
        nameless = sum(not line.name for line in lines)
        self.stderr.write(f"{len(lines)} people, {nameless} of them without a name in the file.")
