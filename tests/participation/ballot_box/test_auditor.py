"""The auditor's file: what it proves, and what it finds."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from nacl.public import PrivateKey

from participation.actions.box_closing import count_box, publish_box, reconcile, seal_box
from participation.ballot_box.casting import cast
from participation.ballot_box.final_copy import auditor_file
from participation.ballot_box.latch import latch_closed
from participation.exports.auditing import AuditFailed, check_auditor_file
from participation.exports.publishing import bundle_folder
from tests.factories.votes import choice, end_vote, make_open_box, make_voter
from tests.participation.ballot_box.test_whole_vote import papers

PRIVATE = PrivateKey(bytes(range(32)))


@pytest.fixture
def box(db, settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    own = make_open_box(auditor_name="Ada", auditor_key=bytes(PRIVATE.public_key).hex())
    for number in range(30):
        cast(box=own, voter=make_voter(own), ballot=choice(1 + number % 4), replaces=b"")
    papers(own, 20)
    latch_closed(end_vote(own))
    for step in (reconcile, seal_box, count_box, publish_box):
        step(box=own, at=timezone.now())
    return own


def checked(box, folder: Path | None = None, key: bytes = bytes(PRIVATE)) -> int:
    return check_auditor_file(auditor_file(box), key, folder or bundle_folder(box))


def test_every_receipt_holds_a_ballot_that_was_counted(box, tmp_path, capsys):
    assert checked(box) == 30
    (tmp_path / "auditor.key").write_text(bytes(PRIVATE).hex())
    words = {"key": tmp_path / "auditor.key", "bundle": bundle_folder(box)}
    call_command("auditor_file", "check", str(auditor_file(box)), **words)
    assert "30 ballots are those" in capsys.readouterr().out
    call_command("auditor_file", "remove", f"{box.budget.slug}/{box.slug}")
    assert not auditor_file(box).exists()
    with pytest.raises(CommandError):
        call_command("auditor_file", "remove", f"{box.budget.slug}/{box.slug}")


def test_another_key_opens_nothing(box):
    with pytest.raises(AuditFailed, match="cannot be opened"):
        checked(box, key=bytes(32))


def test_a_published_ballot_that_nobody_cast_is_found(box, tmp_path):
    folder = Path(shutil.copytree(bundle_folder(box), tmp_path / "forged"))
    lines = (folder / "all.pb").read_bytes().decode().split("\r\n")
    place = next(number for number, line in enumerate(lines) if line.endswith(";1;internet"))
    lines[place] = lines[place].replace(";1;", ";2;")
    (folder / "all.pb").write_bytes("\r\n".join(lines).encode())
    with pytest.raises(AuditFailed, match="not the published ones"):
        checked(box, folder)


def test_a_receipt_less_and_another_file_are_found(box, tmp_path):
    folder = Path(shutil.copytree(bundle_folder(box), tmp_path / "forged"))
    (folder / "receipts.txt").write_text((folder / "receipts.txt").read_text().split("\n", 1)[1])
    with pytest.raises(AuditFailed, match="receipts are not the published"):
        checked(box, folder)
    auditor_file(box).write_bytes(auditor_file(box).read_bytes() + b"\0")
    with pytest.raises(AuditFailed, match="whose hash"):
        checked(box)


def test_the_auditors_keys_are_made_once(tmp_path, capsys):
    call_command("auditor_file", "keys", out=tmp_path)
    private = bytes.fromhex((tmp_path / "auditor.key").read_text().strip())
    assert bytes(PrivateKey(private).public_key).hex() in capsys.readouterr().out
    assert (tmp_path / "auditor.key").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError):
        call_command("auditor_file", "keys", out=tmp_path)
