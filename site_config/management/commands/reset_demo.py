"""Forgets the demo's database, files and sessions. The next `make demo` starts afresh."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from participation.models import Person
from site_config.demo.people import CITIZEN, DOMAIN


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        if not settings.SHOW_DEMO_BANNER or connection.vendor != "sqlite":
            raise CommandError("Only the demo town on SQLite can be reset.")
        database = Path(settings.DATABASES["default"]["NAME"])
        if database.exists() and not holds_demo_town():
            raise CommandError(f"{database} does not hold the demo town, so it is left alone.")
        connection.close()
        self.remove_database(database)
        for folder in (settings.MEDIA_ROOT, getattr(settings, "SESSION_FILE_PATH", None)):
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
        self.stdout.write("The demo town is forgotten: make demo builds it anew.")

    def remove_database(self, database: Path) -> None:
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()


def holds_demo_town() -> bool:
    """An interrupted set-up without people is taken for one."""
    try:
        people = Person.objects.count()
    except DatabaseError:
        return True
    return not people or Person.objects.filter(email=f"{CITIZEN}@{DOMAIN}").exists()
