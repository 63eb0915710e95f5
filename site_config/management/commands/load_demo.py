"""Fills an empty installation with a demo town, and says where to look. Run again, it changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from participation.actions.elections import import_election
from participation.management.progress import ProgressBar
from participation.models import Budget, Person
from site_config.demo.pages import make_locales, make_pages
from site_config.demo.people import PASSWORD, make_people
from site_config.demo.proposals import SLUG as IDEAS
from site_config.demo.proposals import make_proposals
from site_config.demo.town import make_current_budget
from site_config.demo.vote import SLUG, codes_to_print, make_open_vote

ELECTIONS = settings.BASE_DIR / "tests" / "data" / "pabulib"
PAST = ("France_Toulouse_2019.pb", "Poland_Wieliczka_2023_Green_Budget.pb", "Poland_Warszawa_2024_Wesola.pb")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="The port in the printed addresses.")

    def handle(self, *args, port: int, **options) -> None:
        if not settings.SHOW_DEMO_BANNER:
            raise CommandError("Demo data are for the demo settings alone, never for a real town.")
        if Person.objects.exists():
            self.stdout.write("Demo town: kept as it is (make reset starts afresh)")
        else:
            self.load()
        Site.objects.filter(is_default_site=True).update(hostname="127.0.0.1", port=port)
        self.say_where(f"http://127.0.0.1:{port}")

    def load(self) -> None:
        self.stdout.write("Demo town: pages, people, a running budget, proposals, an open vote, past elections")
        at = timezone.now()
        with transaction.atomic(), override("en"):
            make_locales()
            make_people()
            make_current_budget(at)
            make_open_vote(at)
            make_proposals(at)
            for name in PAST:
                bar = ProgressBar(self.stdout)
                self.stdout.write(f"  {name}")
                import_election(path=ELECTIONS / name, actor=None, at=at, progress=bar.show)
                bar.end()
            make_pages(at)

    def say_where(self, address: str) -> None:
        past = Budget.objects.exclude(imported_sha256=None).order_by("pk").values_list("slug", flat=True)
        self.stdout.write(
            f"\n  The town       {address}/en/   {address}/fr/\n"
            f"  A budget       {address}/en/budgets/rivemont/\n"
            f"  Proposals      {address}/en/budgets/{IDEAS}/proposals/\n"
            f"  An open vote   {address}/en/budgets/{SLUG}/vote/\n"
            f"                 personal codes: {', '.join(codes_to_print())}\n"
            + "".join(f"  A past result  {address}/en/budgets/{slug}/result/\n" for slug in past)
            + f"  The API        {address}/api/docs/\n"
            f"  The CMS        {address}/cms/   as administrator@rivemont.example\n"
            f"                 (or citizen, editor, translator, moderator, valuator, officer, auditor, manager;\n"
            f"                 the password of all of them is {PASSWORD})\n"
        )
