"""What voters meet on a full disk: while it is full nobody gets a receipt, afterwards it goes on, and all is there."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from queue import Empty, SimpleQueue

from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from participation.actions.box_closing import count_box, publish_box, reconcile, seal_box
from participation.ballot_box.casting import Claim, Voter, cast
from participation.ballot_box.roll import new_person_ref
from participation.choices import Proof
from participation.models import Ballot, BallotBox, PublishedReceipt, RollEntry
from tests.factories.participation import make_person
from tests.factories.votes import choice, end_vote, make_open_box
from tests.load.drill_ballots import at_once
from tests.load.full_disk import DISKS, THREADS, TRIES_WHILE_FULL, VOTERS, Disk

OUT_OF_REACH = (OperationalError, InterfaceError)


class Poll:
    """One box, people who wait to cast in it, and what they were told."""

    def __init__(self) -> None:
        self.box = make_open_box()
        self.site_voter = make_person()
        entries = [
            RollEntry(box=self.box, person_ref=new_person_ref(), envelopes=["all"], proof=Proof.CODE)
            for _ in range(VOTERS)
        ]
        RollEntry.objects.bulk_create(entries, batch_size=1_000)
        RollEntry.objects.create(
            box=self.box,
            person_ref=new_person_ref(),
            envelopes=["all"],
            proof=Proof.ACCOUNT,
            account=self.site_voter,
        )
        self.waiting: SimpleQueue[Voter] = SimpleQueue()
        for entry in entries:
            self.waiting.put(Voter(Claim.ENTRY, entry.pk))
        self.given: set[bytes] = set()
        self.refused: list[Voter] = []
        self.rounds = 0

    def casts(self) -> Iterator[bool]:
        """Casts for one after the other; whether each got a receipt."""
        while True:
            try:
                voter = self.waiting.get_nowait()
            except Empty:
                return
            self.rounds += 1
            try:
                self.given.add(cast(box=self.box, voter=voter, ballot=choice(1), replaces=b"").receipt)
                yield True
            except OUT_OF_REACH:
                connection.close()
                self.refused.append(voter)
                yield False

    def until_refused(self, _place: int) -> None:
        """Until the disk is full, and then some more."""
        casts = self.casts()
        while next(casts, False):
            pass
        list(islice(casts, TRIES_WHILE_FULL))

    def site_says(self) -> int:
        """The status that somebody who votes through the site gets."""
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.force_login(self.site_voter)
        body = json.dumps(choice(2))
        answer = client.post(f"/api/v1/ballot-boxes/{self.box.uuid}/ballot/", body, content_type="application/json")
        connection.close()
        return answer.status_code


def fill_in_turn(disks: dict[str, Disk], answers: Callable[[], None]) -> tuple[int, list[str]]:
    poll = Poll()
    faults = [fault for name, disk in disks.items() for fault in fill(poll, name, disk, answers)]
    return poll.rounds, faults + published_faults(poll)


def fill(poll: Poll, name: str, disk: Disk, answers: Callable[[], None]) -> list[str]:
    """Where the log is full, the server may end in the middle of a commit: its ballot then is there without an answer,
    one for each connection at most, and whoever tries again gets its receipt."""
    disk.fill()
    faults = [f"{name}: {one!r}" for one in at_once(THREADS, poll.until_refused) if one]
    on_site = poll.site_says()
    disk.free()
    answers()
    kept, in_doubt = stored(poll.box), THREADS if name == "log" else 0
    if not poll.refused or on_site != 503:
        faults.append(f"{name}: {len(poll.refused)} refused, the site answered {on_site}")
    if poll.given - kept or len(kept - poll.given) > in_doubt:
        faults.append(f"{name}: {len(poll.given - kept)} receipts without, {len(kept - poll.given)} ballots with none")
    while poll.refused:
        poll.waiting.put(poll.refused.pop())
    if not all(islice(poll.casts(), VOTERS // len(DISKS))) or poll.refused:
        faults.append(f"{name}: casting does not go on")
    return faults


def stored(box: BallotBox) -> set[bytes]:
    connection.close()
    return {bytes(one) for one in Ballot.objects.filter(box=box).values_list("receipt", flat=True)}


def published_faults(poll: Poll) -> list[str]:
    """Sealing checks each ballot against rules and receipt, publication recounts the bundle."""
    for step in (reconcile, seal_box, count_box, publish_box):
        box = BallotBox.objects.get(pk=poll.box.pk)
        step(box=end_vote(box) if step is reconcile else box, at=timezone.now())
    receipts = {bytes(one) for one in PublishedReceipt.objects.values_list("receipt", flat=True)}
    if receipts == poll.given and poll.waiting.empty():
        return []
    return ["the published receipts are not those that were given, one for each voter"]
