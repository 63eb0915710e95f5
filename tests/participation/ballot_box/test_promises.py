"""I1 to I8 of the ballot box as a state machine: any order of casts, changes, paper, barring, and then the closing."""

import json
import tempfile
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from participation.actions.box_closing import count_box, publish_box, reconcile, seal_box
from participation.ballot_box import keys, roll
from participation.ballot_box.casting import cast
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.rules import read_rules
from participation.ballot_box.validation import InvalidBallot, content_of
from participation.choices import BoxState, Channel
from participation.exports.publishing import bundle_folder
from participation.models import Ballot, CountedBallot, PublishedReceipt, RollEntry
from participation.refusals import ActionRefused, Refusal
from tests.factories.votes import choice, end_vote, make_open_box, make_voter

VOTERS = 6
PLACES = st.integers(0, VOTERS - 1)
CHOICES = st.lists(st.integers(1, 5), max_size=4).map(lambda numbers: choice(*numbers))


class Vote(RuleBasedStateMachine):
    """Beside the box it keeps what each voter was told last: a receipt and the content it stands for."""

    @initialize()
    def open_box(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.own = override_settings(
            BALLOT_KEY_DIR=f"{self.folder.name}/keys", BUNDLE_DIR=f"{self.folder.name}/bundles"
        )
        self.own.enable()
        self.round = transaction.atomic()
        self.round.__enter__()
        self.box = make_open_box()
        self.key = keys.read_key(keys.box_file(self.box.uuid))
        self.voters = [make_voter(self.box) for _ in range(VOTERS)]
        self.told: dict[int, tuple[bytes, str]] = {}
        self.older: list[tuple[int, bytes, dict]] = []
        self.aside: set[int] = set()
        self.is_open = True

    def content(self, ballot: dict) -> str | None:
        try:
            return content_of(ballot, read_rules(self.box.rules), frozenset({"all"}))
        except InvalidBallot:
            return None

    @rule(place=PLACES, ballot=CHOICES, channel=st.sampled_from([Channel.WEB, Channel.DESK, Channel.KIOSK]))
    def cast(self, place: int, ballot: dict, channel: Channel) -> None:
        before = self.told.get(place)
        replaces = before[0] if before else b""
        try:
            given = cast(box=self.box, voter=self.voters[place], ballot=ballot, replaces=replaces, channel=channel)
        except InvalidBallot:
            assert self.content(ballot) is None
        except ActionRefused as refused:
            wanted = Refusal.VOTE_CLOSED if not self.is_open else None
            assert refused.refusal is wanted or place in self.aside
        else:
            assert self.is_open
            assert place not in self.aside
            self.older.append((place, replaces, ballot))
            self.told[place] = (given.receipt, self.content(ballot))

    @precondition(lambda self: self.is_open and self.older)
    @rule(data=st.data())
    def retry_an_older_form(self, data) -> None:
        """A form that was sent before comes again: it may confirm what is there, and never takes its place."""
        place, replaces, ballot = data.draw(st.sampled_from(self.older))
        try:
            again = cast(box=self.box, voter=self.voters[place], ballot=ballot, replaces=replaces)
        except ActionRefused:
            return
        assert (again.receipt, self.content(ballot)) == self.told[place]

    @precondition(lambda self: self.is_open)
    @rule(place=PLACES)
    def vote_on_paper(self, place: int) -> None:
        roll.mark_paper(RollEntry.objects.get(pk=self.voters[place].value))
        self.aside.add(place)

    @precondition(lambda self: self.is_open)
    @rule(place=PLACES)
    def bar(self, place: int) -> None:
        roll.bar(RollEntry.objects.get(pk=self.voters[place].value), "moved away")
        self.aside.add(place)

    @precondition(lambda self: self.is_open)
    @rule()
    def close(self) -> None:
        end_vote(self.box)
        assert latch_closed(self.box)
        self.is_open = False

    @invariant()
    def the_box_holds_what_was_told(self) -> None:
        """I1, I2, I3, I5, I7."""
        if not hasattr(self, "box") or self.box.state == BoxState.PUBLISHED:
            return
        stored = {bytes(one.receipt): one.content for one in Ballot.objects.filter(box=self.box)}
        assert stored == dict(self.told.values())

    def teardown(self) -> None:
        if not hasattr(self, "box"):
            return
        try:
            self.count_and_check()
        finally:
            transaction.set_rollback(True)
            self.round.__exit__(None, None, None)
            self.own.disable()
            self.folder.cleanup()

    def count_and_check(self) -> None:
        """I4, I6, I8, and that what was told is what is counted."""
        if self.is_open:
            self.close()
        at = timezone.now()
        for step in (reconcile, seal_box, count_box, publish_box):
            step(box=self.box, at=at)
            self.box.refresh_from_db()
        counting = {place: told for place, told in self.told.items() if place not in self.aside}
        receipts = {bytes(one.receipt) for one in PublishedReceipt.objects.filter(box=self.box)}
        assert receipts == {receipt for receipt, _ in counting.values()}
        contents = CountedBallot.objects.filter(envelope__ballot_box=self.box).values_list("content", flat=True)
        wanted = [json.dumps(json.loads(text)["all"], separators=(",", ":")) for _, text in counting.values()]
        assert sorted(contents) == sorted(wanted)
        online = RollEntry.objects.filter(box=self.box, took_part=True, paper=False)
        assert {entry.pk for entry in online} == {self.voters[place].value for place in counting}
        assert not Ballot.objects.filter(box=self.box).exists()
        assert not keys.box_file(self.box.uuid).exists()
        published = b"".join(path.read_bytes() for path in Path(bundle_folder(self.box)).iterdir())
        for entry in RollEntry.objects.filter(box=self.box):
            assert keys.voter_key(self.key, self.box.uuid, bytes(entry.person_ref)).hex().encode() not in published


def test_whatever_happens_the_promises_hold(db):
    machine = Vote.TestCase
    machine.settings = settings(
        max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    machine().runTest()
