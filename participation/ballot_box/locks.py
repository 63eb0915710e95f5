"""The lock of a ballot box. Casts share it; closing, roll changes and paper marks hold it alone, briefly.

PostgreSQL: an advisory lock of the transaction. SQLite: a file beside the database, locked by one writer at a time.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

NAMESPACE = 0x05B0
SECONDS_ON_SQLITE = 5
PAUSE = 0.002


class BoxBusy(Exception):
    """The lock was not to be had in time. Nothing was changed: try again."""


@contextmanager
def box_lock(box_id: int, *, alone: bool) -> Iterator[None]:
    """A transaction that holds the box's lock from its first statement on. Raises BoxBusy."""
    taken = postgres_lock if connection.vendor == "postgresql" else sqlite_lock
    with taken(box_id, alone):
        yield


SHARED = """
SELECT set_config('lock_timeout', '2s', true), set_config('idle_in_transaction_session_timeout', '5s', true),
       pg_advisory_xact_lock_shared(%s, %s)
"""
ALONE = "SELECT set_config('lock_timeout', '10s', true), pg_advisory_xact_lock(%s, %s)"
LOCK_NOT_AVAILABLE = "55P03"


@contextmanager
def postgres_lock(box_id: int, alone: bool) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        try:
            cursor.execute(ALONE if alone else SHARED, [NAMESPACE, box_id])
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE:
                raise BoxBusy from error
            raise
        yield


@contextmanager
def sqlite_lock(box_id: int, alone: bool) -> Iterator[None]:
    """SQLite has one writer at a time, so all wait in one queue, whatever the box."""
    if connection.in_atomic_block:  # whoever is in a transaction is the one writer already
        with transaction.atomic():
            yield
        return
    descriptor = os.open(f"{connection.settings_dict['NAME']}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        wait_for(descriptor, SECONDS_ON_SQLITE)
        with transaction.atomic():
            yield
    finally:
        os.close(descriptor)


def wait_for(descriptor: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise BoxBusy from None
            time.sleep(PAUSE)
