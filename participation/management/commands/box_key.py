"""The key of a ballot box: create it with sealed copies for two trustees, restore one, or check that it is here."""

import socket
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from participation.actions.box_opening import key_report, note_key
from participation.actions.heartbeats import beat
from participation.ballot_box import keys
from participation.models import BallotBox


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("verb", choices=["create", "restore", "check", "trustee"])
        parser.add_argument("box", nargs="?", help="BUDGET/BOX, by their addresses.")
        parser.add_argument("--trustee", action="append", default=[], metavar="NAME=KEY", help="Two, when creating.")
        parser.add_argument("--out", type=Path, default=Path(), help="The folder for sealed copies or trustee keys.")
        parser.add_argument("--sealed", type=Path, help="A sealed copy, when restoring.")
        parser.add_argument("--private", type=Path, help="The trustee's private key, when restoring.")

    def handle(self, *args, verb: str, box: str | None, **options) -> None:
        if verb == "trustee":
            return self.trustee(options["out"])
        return getattr(self, verb)(self.find(box), options)

    def find(self, name: str | None) -> BallotBox:
        budget, _, slug = (name or "").partition("/")
        box = BallotBox.objects.filter(budget__slug=budget, slug=slug).first()
        if box is None:
            raise CommandError(f"There is no ballot box {name!r}. Name it BUDGET/BOX, by their addresses.")
        return box

    def trustee(self, out: Path) -> None:
        """A pair of keys for a trustee, who keeps the private one away from every server."""
        private = PrivateKey.generate()
        path = out / "trustee.key"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            raise CommandError(f"{path} is there already.") from None
        path.write_text(bytes(private).hex() + "\n")
        self.stdout.write(f"{path} is for the trustee alone. The public key: {bytes(private.public_key).hex()}")

    def create(self, box: BallotBox, options) -> None:
        trustees = dict(one.partition("=")[::2] for one in options["trustee"])
        if len(trustees) < 2:
            raise CommandError("Name two trustees: --trustee NAME=KEY --trustee NAME=KEY.")
        if box.key_check:
            raise CommandError("The key of a frozen box is never made anew. Restore it from a trustee's copy.")
        try:
            key = keys.create_box_key(box.uuid)
            for name, public in trustees.items():
                path = options["out"] / f"{box.uuid}.{name}.sealed"
                path.write_bytes(keys.sealed_copy(key, public))
                self.stdout.write(f"Sealed copy for {name}: {path}")
        except FileExistsError:
            raise CommandError("This box has a key on this machine already.") from None
        except (ValueError, TypeError, OSError) as error:
            keys.destroy_box_key(box.uuid)
            raise CommandError(f"No key was made: {error}.") from error
        note_key(box=box, kind="key_made", at=timezone.now(), trustees=len(trustees))
        self.report(box)

    def restore(self, box: BallotBox, options) -> None:
        if not options["sealed"] or not options["private"]:
            raise CommandError("Give --sealed COPY and --private KEY.")
        try:
            private = PrivateKey(bytes.fromhex(options["private"].read_text().strip()))
            key = SealedBox(private).decrypt(options["sealed"].read_bytes())
        except (OSError, ValueError, CryptoError) as error:
            raise CommandError(f"This copy cannot be opened with this key: {error}.") from error
        if box.key_check and keys.key_check(key) != box.key_check:
            raise CommandError("This is not the key of this box.")
        try:
            keys.write_key(keys.box_file(box.uuid), key)
        except FileExistsError:
            raise CommandError("This box has a key on this machine already.") from None
        note_key(box=box, kind="key_restored", at=timezone.now())
        self.report(box)

    def check(self, box: BallotBox, options) -> None:
        try:
            key = keys.read_key(keys.box_file(box.uuid))
            if box.key_check:
                keys.box_key(box.uuid, box.key_check)
        except keys.KeyUnusable as error:
            raise CommandError(str(error)) from error
        self.report(box, keys.key_check(key))

    def report(self, box: BallotBox, check: str = "") -> None:
        """Freezing waits until every machine has said this."""
        node = settings.BALLOT_NODE or socket.gethostname()
        check = check or keys.key_check(keys.read_key(keys.box_file(box.uuid)))
        beat(key_report(box, f"{node} {check[:16]}"), timezone.now())
        self.stdout.write(f"{node} holds the key of {box.budget.slug}/{box.slug}.")
