"""The file of the auditor: make the auditor's keys, check the file with them, or remove it after its hand-over.

manage.py auditor_file keys --out FOLDER
manage.py auditor_file check FILE --key auditor.key --bundle FOLDER
manage.py auditor_file sign TEXT --key auditor.key --bundle FOLDER --out FOLDER
manage.py auditor_file remove BUDGET/BOX
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from nacl.public import PrivateKey

from participation.ballot_box.final_copy import auditor_file
from participation.ballot_box.statement import signing_key_of
from participation.exports.auditing import AuditFailed, check_auditor_file, line_about
from participation.models import BallotBox


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("verb", choices=["keys", "check", "sign", "remove"])
        parser.add_argument("what", nargs="?", help="The file to check, the text to sign, or BUDGET/BOX.")
        parser.add_argument("--out", type=Path, default=Path(), help="The folder for what is written.")
        parser.add_argument("--key", type=Path, help="The auditor's private key.")
        parser.add_argument("--bundle", type=Path, help="The folder of the published bundle.")

    def handle(self, *args, verb: str, **options) -> None:
        getattr(self, verb)(options)

    def keys(self, options) -> None:
        private, path = PrivateKey.generate(), options["out"] / "auditor.key"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from None
        path.write_text(bytes(private).hex() + "\n")
        public, signing = bytes(private.public_key), signing_key_of(bytes(private)).verify_key.encode()
        self.stdout.write(f"{path} is for the auditor alone. The public key: {public.hex()}")
        self.stdout.write(f"The public key of the auditor's signature: {signing.hex()}")

    def check(self, options) -> None:
        if not options["what"] or not options["key"] or not options["bundle"]:
            raise CommandError("Give FILE, --key KEY and --bundle FOLDER.")
        try:
            key = bytes.fromhex(options["key"].read_text().strip())
            ballots = check_auditor_file(Path(options["what"]), key, options["bundle"])
        except AuditFailed as failed:
            raise CommandError(str(failed)) from failed
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"A file is missing or is not of the stated form ({error}).") from error
        self.stdout.write(f"{ballots} ballots are those of the published receipts and of the published files.")

    def sign(self, options) -> None:
        """A statement on the vote of the bundle: its first line names the vote, the text follows."""
        if not options["what"] or not options["key"] or not options["bundle"]:
            raise CommandError("Give TEXT, --key KEY, --bundle FOLDER and --out FOLDER.")
        try:
            key = signing_key_of(bytes.fromhex(options["key"].read_text().strip()))
            statement = line_about(options["bundle"]).encode() + Path(options["what"]).read_bytes()
            with (options["out"] / "statement.txt").open("xb") as file:
                file.write(statement)
            (options["out"] / "statement.sig").write_bytes(key.sign(statement).signature)
        except (OSError, ValueError, KeyError, StopIteration) as error:
            raise CommandError(f"A file is missing, there already or not of the stated form ({error}).") from error
        self.stdout.write("statement.txt and statement.sig are for the staff of the vote to publish.")

    def remove(self, options) -> None:
        budget, _, slug = (options["what"] or "").partition("/")
        box = BallotBox.objects.filter(budget__slug=budget, slug=slug).first()
        if box is None or not auditor_file(box).exists():
            raise CommandError("There is no such box, or it has no file for an auditor.")
        auditor_file(box).unlink()
        self.stdout.write("Removed. Its hash stays in the manifest.")
