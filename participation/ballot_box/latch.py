"""A box whose time is over is latched closed, once and for good, by the database's own clock."""

from django.db import connection
from django.utils import timezone

from participation.ballot_box import audit
from participation.ballot_box.locks import box_lock
from participation.ballot_box.rules import text_of
from participation.choices import BoxState
from participation.models import BallotBox

NOW = {"postgresql": "clock_timestamp()", "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"}
LATCH = """
UPDATE participation_ballotbox SET state = %s
WHERE id = %s AND state = %s AND closes_at <= {now}
"""


def database_now() -> str:
    """The moment of the statement, in the database's words."""
    return NOW[connection.vendor]


def latch_closed(box: BallotBox) -> bool:
    """Closes the box where its time is over; whether this call was the one that did."""
    with box_lock(box.pk, alone=True), connection.cursor() as cursor:
        cursor.execute(LATCH.format(now=database_now()), [BoxState.CLOSED.value, box.pk, BoxState.FROZEN.value])
        if not cursor.rowcount:
            return False
        box.refresh_from_db()
        assert box.closes_at is not None
        audit.record(box, "closed", timezone.now(), closes_at=text_of(box.closes_at))
    return True
