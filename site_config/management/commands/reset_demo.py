"""Forgets the demo's database, files and sessions. The next `make demo` starts afresh."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        if not settings.SHOW_DEMO_BANNER:
            raise CommandError("Only the demo settings can be reset.")
        if connection.vendor == "sqlite":
            self.remove_database(Path(settings.DATABASES["default"]["NAME"]))
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        for folder in (settings.MEDIA_ROOT, getattr(settings, "SESSION_FILE_PATH", None)):
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
        self.stdout.write("The demo town is forgotten: make demo builds it anew.")

    def remove_database(self, database: Path) -> None:
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()
