"""Interface messages: `update` brings the .po files up to the code, `compile` makes them usable, `check` finds gaps."""

from django.core.management.base import BaseCommand, CommandError

from site_config.messages import compile_messages, faults, update_messages


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("what", choices=["update", "compile", "check"])

    def handle(self, *args, what: str, **options) -> None:
        if what == "update":
            update_messages()
        elif what == "compile":
            self.stdout.write(f"{compile_messages()} compiled")
        else:
            self.check_all()

    def check_all(self) -> None:
        found = list(faults())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} messages need a translator.")
        self.stdout.write("Every message is translated in every language.")
