"""The drills themselves: each returns how many rounds it ran and what it found against the promises."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from participation import recount
from participation.actions.box_acts import ask_for, confirm
from participation.actions.box_closing import count_box, publish_box, reconcile, seal_box
from participation.actions.box_opening import annul_box, suspend
from participation.ballot_box import keys
from participation.ballot_box.casting import Voter, cast
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.receipts import grouped
from participation.ballot_box.roll import new_code
from participation.choices import ActKind, BoxState
from participation.exports.publishing import bundle_folder
from participation.models import Ballot, BallotBox, CountedBallot, PublishedReceipt, RollEntry
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_person
from tests.factories.votes import choice, end_vote, make_open_box, make_voter
from tests.load.drill_ballots import CLOSINGS, KILLS, PROCESSES, RACED_VOTERS, RACES, THREADS, at_once, copy_of, start
from tests.load.full_disk import full_disk_of_postgres

Found = tuple[int, list[str]]
IS_POSTGRES = connection.vendor == "postgresql"


def ballots(box: BallotBox) -> int:
    return Ballot.objects.filter(box=box).count()


def receipts(box: BallotBox) -> set[bytes]:
    return {bytes(one) for one in Ballot.objects.filter(box=box).values_list("receipt", flat=True)}


def refused(work: Callable[[], object]) -> str:
    try:
        work()
    except ActionRefused as error:
        return error.refusal.value
    return "nothing"


def races_of_threads() -> Found:
    """I1: of eight first casts at once for one voter, one is taken."""
    box, faults = make_open_box(), []
    for number in range(RACES):
        voter = make_voter(box)
        results = at_once(
            THREADS, lambda place, v=voter: cast(box=box, voter=v, ballot=choice(place % 4 + 1), replaces=b"")
        )
        taken = [one for one in results if not isinstance(one, Exception)]
        strange = [one for one in results if isinstance(one, Exception) and not isinstance(one, ActionRefused)]
        same = {one.receipt for one in taken}
        if len(same) != 1 or strange or ballots(box) != number + 1:
            faults.append(f"race {number}: {len(same)} receipts, {ballots(box)} ballots, {strange[:1]}")
    return RACES, faults


def races_of_processes() -> Found:
    """I1, between processes: every voter has one ballot, and its receipt is one that was acknowledged."""
    box = make_open_box()
    voters = [make_voter(box).value for _ in range(RACED_VOTERS)]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as task:
        json.dump({"box": box.pk, "voters": voters, "start": time.time() + 6}, task)
        task.flush()
        said = [process.communicate(timeout=120) for process in [start("race", task.name) for _ in range(PROCESSES)]]
    faults = [error[-300:] for out, error in said if not out]
    acknowledged = [bytes.fromhex(one) for out, _ in said if out for one in json.loads(out)]
    if ballots(box) != RACED_VOTERS:
        faults.append(f"{ballots(box)} ballots of {RACED_VOTERS} voters")
    if receipts(box) != set(acknowledged):
        faults.append("a stored ballot was not acknowledged, or the other way round")
    return RACED_VOTERS * PROCESSES, faults


def races_against_closing() -> Found:
    """I2 to I4: what is acknowledged at the last moment is counted, what is refused is not."""
    faults = []
    for number in range(CLOSINGS):
        box = make_open_box()
        voters = [make_voter(box) for _ in range(200)]
        ends = timezone.now() + timedelta(seconds=0.5)
        BallotBox.objects.filter(pk=box.pk).update(closes_at=ends)
        results = at_once(4, partial(cast_until_closed, box, voters, ends))
        strange = [one for one in results if isinstance(one, Exception)]
        acknowledged = {one for some in results if not isinstance(some, Exception) for one in some}
        box.refresh_from_db()
        if strange or acknowledged != receipts(box) or box.state != BoxState.CLOSED:
            faults.append(f"closing {number}: {len(acknowledged)} acknowledged, {ballots(box)} kept, {strange[:1]}")
    return CLOSINGS, faults


def cast_until_closed(box: BallotBox, voters: list[Voter], ends: datetime, place: int) -> list[bytes]:
    """The receipts that were given. Raises AssertionError when one is given after the end."""
    acknowledged = []
    for voter in voters[place::4]:
        try:
            acknowledged.append(cast(box=box, voter=voter, ballot=choice(1), replaces=b"").receipt)
        except ActionRefused:
            break
    time.sleep(max(0, 0.1 + (ends - timezone.now()).total_seconds()))
    if refused(lambda: cast(box=box, voter=make_voter(box), ballot=choice(1), replaces=b"")) != "vote_closed":
        raise AssertionError("a ballot was taken after closing")
    return acknowledged


def late_retries() -> Found:
    """A retry of an older ballot never takes the place of a newer one."""
    box, faults = make_open_box(), []
    for number in range(20):
        voter = make_voter(box)
        first = cast(box=box, voter=voter, ballot=choice(1), replaces=b"")
        second = cast(box=box, voter=voter, ballot=choice(2), replaces=first.receipt)
        said = refused(lambda v=voter: cast(box=box, voter=v, ballot=choice(1), replaces=b""))
        if said != Refusal.CHANGED_MEANWHILE or second.receipt not in receipts(box):
            faults.append(f"retry {number}: {said}")
    return 20, faults


def kills() -> Found:
    """I2: a process that is killed in the middle of its work has lost no ballot that it acknowledged."""
    faults, folder = [], Path(tempfile.mkdtemp())
    for number in range(KILLS):
        box = make_open_box()
        path = folder / f"{number}.txt"
        process = start("load", str(box.pk), str(path))
        until = time.monotonic() + 20
        while not (path.exists() and path.stat().st_size) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.2))
        process.kill()
        process.communicate()
        said = path.read_text() if path.exists() else ""
        acknowledged = {bytes.fromhex(line) for line in said.split("\n")[:-1]}
        lost = acknowledged - receipts(box)
        if lost or not acknowledged:
            faults.append(f"kill {number}: {len(lost)} of {len(acknowledged)} lost")
        connection.close()
    return KILLS, faults


def restore() -> Found:
    """A restored box takes nothing until two people lift the suspension; what is closed stays closed."""
    faults = []
    box, closed = make_open_box(), make_open_box()
    latch_closed(end_vote(closed))
    at = timezone.now()
    suspend(box=box, at=at)
    if refused(lambda: cast(box=box, voter=make_voter(box), ballot=choice(1), replaces=b"")) != "vote_suspended":
        faults.append("a suspended box took a ballot")
    first, second = make_person(), make_person()
    act = ask_for(actor=first, box=box, kind=ActKind.RESUME, at=at, details={"note": "Look at your ballot again."})
    if refused(lambda: confirm(actor=first, act=act, at=at)) != "same_person":
        faults.append("one person alone lifted the suspension")
    confirm(actor=second, act=act, at=at)
    if ballots(box) or not cast(box=box, voter=make_voter(box), ballot=choice(1), replaces=b"").is_new:
        faults.append("the box does not go on after the suspension")
    if refused(lambda: suspend(box=closed, at=at)) != "wrong_state":
        faults.append("a closed box could be suspended and so reopened")
    return 4, faults


def wrong_keys() -> Found:
    damages: dict[str, Callable[[Path], object]] = {
        "missing": Path.unlink,
        "wrong": lambda path: path.write_text("ab" * 32),
        "world-readable": lambda path: path.chmod(0o644),
        "empty": lambda path: path.write_text(""),
    }
    faults = []
    for name, damage in damages.items():
        box = make_open_box()
        damage(keys.box_file(box.uuid))
        try:
            cast(box=box, voter=make_voter(box), ballot=choice(1), replaces=b"")
            faults.append(f"a ballot was taken with a {name} key")
        except keys.KeyUnusable:
            pass
        if ballots(box):
            faults.append(f"a ballot was kept with a {name} key")
    return len(damages), faults


def full_disk() -> Found:
    """No receipt is given for what is not kept. To SQLite a limit of pages is what a full disk is."""
    if IS_POSTGRES:
        return full_disk_of_postgres()
    box, faults, rounds = make_open_box(), [], 0
    voters = [make_voter(box) for _ in range(400)]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
    acknowledged = set()
    is_full = False
    for voter in voters:
        rounds += 1
        try:
            acknowledged.add(cast(box=box, voter=voter, ballot=choice(1), replaces=b"").receipt)
        except OperationalError:
            is_full = True
            break
    connection.close()
    if not is_full or acknowledged != receipts(box):
        faults.append(f"full: {is_full}, {len(acknowledged)} acknowledged, {ballots(box)} kept")
    return rounds, faults


def clock_set_back() -> Found:
    """What was closed stays closed, whatever the clock says afterwards."""
    box = make_open_box()
    latch_closed(end_vote(box))
    BallotBox.objects.filter(pk=box.pk).update(closes_at=timezone.now() + timedelta(days=1))
    said = refused(lambda: cast(box=box, voter=make_voter(box), ballot=choice(1), replaces=b""))
    return 1, [] if said == "vote_closed" else [f"after the clock was set back: {said}"]


def published(count: int = 60) -> tuple[BallotBox, list[tuple[int, bytes, str]], dict[str, bytes]]:
    """A published box; in the order of casting: entry, receipt, content; and the secrets that must be gone."""
    box = make_open_box()
    key = keys.read_key(keys.box_file(box.uuid))
    history, planted = [], {"key": key, "key in hexadecimal": key.hex().encode()}
    for _ in range(count):
        code = new_code()
        voter = make_voter(box, code_hash=keys.code_hash(code))
        given = cast(box=box, voter=voter, ballot=choice(random.randint(1, 4)), replaces=b"")
        history.append((voter.value, given.receipt, Ballot.objects.get(receipt=given.receipt).content))
        planted[f"code {code}"] = code.encode()
        planted[f"code {grouped(code)}"] = grouped(code).encode()
        entry = RollEntry.objects.get(pk=voter.value)
        planted[f"voter key of {voter.value}"] = keys.voter_key(key, box.uuid, bytes(entry.person_ref))
    nonces = Ballot.objects.filter(box=box).values_list("pk", "nonce")
    planted |= {f"nonce of {pk}": bytes(nonce) for pk, nonce in nonces}
    latch_closed(end_vote(box))
    at = timezone.now()
    for step in (reconcile, seal_box, count_box, publish_box):
        step(box=box, at=at)
        box.refresh_from_db()
    return box, history, planted


def tampering() -> Found:
    """recount.py names the rule that is broken."""
    box, _, _ = published()
    folder = bundle_folder(box)
    faults = [] if recounted(folder)["error"] is None else ["the bundle itself does not recount"]
    for name, (path, change, checks) in TAMPERED.items():
        forged = copy_of(folder, name)
        before = (forged / path).read_bytes()
        after = change(before)
        if after == before:
            faults.append(f"{name}: nothing was changed")
        (forged / path).write_bytes(after)
        said = recounted(forged)
        broken = {check for check, words in said.get("checks", {}).items() if words != "ok"}
        if not said["error"] or not broken & checks:
            faults.append(f"{name}: {said['error']}, {sorted(broken)}")
    return 1 + len(TAMPERED), faults


def another_choice(pb: bytes) -> bytes:
    """The first ballot names another project."""
    head, rows = pb.split(b"voting_method\r\n", 1)
    number, vote, rest = rows.split(b";", 2)
    return head + b"voting_method\r\n" + b";".join([number, b"4" if vote != b"4" else b"1", rest])


def without_line(text: bytes) -> bytes:
    return text.split(b"\n", 1)[1]


TAMPERED: dict[str, tuple[str, Callable[[bytes], bytes], set[str]]] = {
    "a changed ballot": ("all.pb", another_choice, {"files", "result"}),
    "a removed receipt": ("receipts.txt", without_line, {"files", "receipts"}),
    "an edited act": ("audit.jsonl", lambda text: text.replace(b"reconciled", b"reconcilEd"), {"files", "audit"}),
    "a changed manifest": (
        "manifest.json",
        lambda text: text.replace(b'"receipts":60', b'"receipts":59'),
        {"manifest", "receipts"},
    ),
    "a changed rule": ("rules.json", lambda text: text.replace(b'"cost_minor":400', b'"cost_minor":401'), {"rules"}),
}


def recounted(folder: Path) -> dict:
    words = [sys.executable, "-I", recount.__file__, str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    said = json.loads(done.stdout) if done.stdout.startswith("{") else {"error": done.stderr[-300:]}
    if bool(done.returncode) != bool(said["error"]):
        said["error"] = f"exit code {done.returncode} beside {said['error']}"
    return said


def attacker() -> Found:
    """I8: with database, dump, files, logs and backup of the sealed town, nothing joins a person and a content."""
    faults = control()
    box, history, planted = published()
    faults += [
        f"{name} is in {place}" for place, data in places() for name, secret in planted.items() if secret in data
    ]
    faults += [f"{name} is in {place} as text" for place, data in places() for name in spelled(planted) if name in data]
    order = {receipt: place for place, (_, receipt, _) in enumerate(history)}
    stored = PublishedReceipt.objects.filter(box=box).order_by("pk").values_list("receipt", flat=True)
    faults += trend("receipts", [order[bytes(receipt)] for receipt in stored])
    contents = CountedBallot.objects.filter(envelope__ballot_box=box).order_by("pk").values_list("content", flat=True)
    faults += agreement([json.loads(content)["all"]["projects"] for _, _, content in history], list(contents))
    faults += same_transaction(box)
    if Ballot.objects.filter(box=box).exists() or keys.box_file(box.uuid).exists():
        faults.append("ballots or key are still there")
    return len(planted) + 6, faults


def control() -> list[str]:
    """While a box is open the same attacker must find something, or it looks in the wrong places."""
    box = make_open_box()
    voter = make_voter(box)
    nonce = Ballot.objects.get(receipt=cast(box=box, voter=voter, ballot=choice(1), replaces=b"").receipt).nonce
    wanted = (bytes(nonce), bytes(nonce).hex().encode())
    seen = any(secret in data for _, data in places() for secret in wanted)
    annul_box(box=box, at=timezone.now(), reason="The drill is over.")
    return [] if seen else ["the attacker is blind: it did not find what is there before sealing"]


def places() -> list[tuple[str, bytes]]:
    """Everything that is on disk of the town but the keys of other boxes, and a dump of the database."""
    folder = Path(settings.DATA_DIR)
    files = [path for path in folder.rglob("*") if path.is_file() and "static" not in path.parts]
    found = [(str(path.relative_to(folder)), path.read_bytes()) for path in files]
    if IS_POSTGRES:
        found.append(
            ("dump", subprocess.run(["pg_dump", os.environ["DATABASE_URL"]], capture_output=True, check=True).stdout)
        )
        found += heap_files()
    return found


def heap_files() -> list[tuple[str, bytes]]:
    """The files of the tables themselves, read as the server's owner could; none where they are out of reach."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute(
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relname LIKE 'participation_%' AND relfilenode <> 0"
        )
        paths = [folder / name for (name,) in cursor.fetchall() if name]
    return [(path.name, path.read_bytes()) for path in paths if os.access(path, os.R_OK)]


def spelled(planted: dict[str, bytes]) -> list[bytes]:
    return [secret.hex().encode() for name, secret in planted.items() if name.startswith(("voter", "nonce", "key"))]


def trend(name: str, places: list[int]) -> list[str]:
    """Spearman's rank correlation with the order of casting: of 60 in random order it stays below 0.5."""
    count = len(places)
    squares = sum((place - was) ** 2 for place, was in enumerate(places))
    rho = 1 - 6 * squares / (count * (count**2 - 1))
    return [f"the order of {name} follows the order of casting ({rho:.2f})"] if abs(rho) > 0.5 else []


def agreement(cast_order: list[list[int]], stored: list[str]) -> list[str]:
    """Row by row, the stored contents agree with the order of casting no more than chance has it."""
    alike = sum(
        json.loads(content)["projects"] == projects for content, projects in zip(stored, cast_order, strict=True)
    )
    return [f"{alike} of {len(stored)} contents stand where they were cast"] if alike > len(stored) * 0.55 else []


def same_transaction(box: BallotBox) -> list[str]:
    """PostgreSQL: the final rows, and the marks of participation, are of one transaction each."""
    if not IS_POSTGRES:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT c.xmin::text) FROM participation_countedballot c"
            " JOIN participation_envelope e ON e.id = c.envelope_id WHERE e.ballot_box_id = %s",
            [box.pk],
        )
        final = cursor.fetchone()[0]
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM participation_rollentry WHERE box_id = %s", [box.pk])
        roll = cursor.fetchone()[0]
    return [f"{final} and {roll} transactions in the sealed tables"] if (final, roll) != (1, 1) else []


DRILLS: dict[str, Callable[[], Found]] = {
    "eight threads cast for one voter": races_of_threads,
    "four processes cast for the same voters": races_of_processes,
    "casts against the closing": races_against_closing,
    "late retries of an older ballot": late_retries,
    "kill -9 while casting": kills,
    "restore during the vote": restore,
    "key missing, wrong, world-readable, empty": wrong_keys,
    "disk full": full_disk,
    "clock set back": clock_set_back,
    "tampering with the bundle": tampering,
    "the attacker after sealing": attacker,
}
