"""Brings an installation up to date: messages, database, static files. Safe to run at every start."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from site_config.messages import compile_messages


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        make_folders()
        compiled = compile_messages()
        self.stdout.write(f"Messages: {compiled} compiled" if compiled else "Messages: up to date")
        self.migrate(options["verbosity"])
        self.collect_static()

    def migrate(self, verbosity: int) -> None:
        self.stdout.write("Database: applying migrations")
        try:
            call_command("migrate", interactive=False, verbosity=max(0, verbosity - 1), stdout=self.stdout)
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {str(error).splitlines()[0]}") from error

    def collect_static(self) -> None:
        """Hashes and compresses some 3,000 files, so only when one of them has changed."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        fingerprint = static_fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint:
            self.stdout.write("Static files: up to date")
            return
        self.stdout.write("Static files: collecting and compressing")
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(fingerprint)


def make_folders() -> None:
    folders = [settings.DATA_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT]
    if path := getattr(settings, "SESSION_FILE_PATH", None):
        folders.append(path)
    for folder in folders:
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            (Path(folder) / ".writable").touch()
        except OSError as error:
            raise CommandError(f"The folder {folder} cannot be written to: {error.strerror}.") from error


def static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
