"""Many calls of actions at the very same moment."""

from threading import Barrier, Thread

from django.db import connection
from django.utils import timezone

from participation.refusals import ActionRefused


def at_once(calls) -> list[str]:
    """Every call in a thread of its own, all let go together; what each came to."""
    ready, said = Barrier(len(calls)), []

    def run(action, arguments) -> None:
        try:
            ready.wait()
            said.append(str(action(at=timezone.now(), **arguments)))
        except ActionRefused as refused:
            said.append(refused.refusal.value)
        finally:
            connection.close()

    threads = [Thread(target=run, args=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)
