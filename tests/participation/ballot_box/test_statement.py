"""The auditor's signed statement: taken only as it was signed, published with the bundle, and forged in vain."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from nacl.public import PrivateKey

from participation import recount
from participation.actions.box_closing import add_statement, count_box, publish_box, reconcile, record_council, seal_box
from participation.ballot_box.canonical import canonical
from participation.ballot_box.casting import cast
from participation.ballot_box.statement import LONGEST, signing_key_of
from participation.choices import Role
from participation.exports.auditing import line_about
from participation.exports.publishing import bundle_folder
from participation.models import BallotBox, Person, RoleAssignment
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_person
from tests.factories.votes import choice, end_vote, make_open_box, make_voter
from tests.participation.ballot_box.test_bundle import edit_act, make_hashes_fit, recounted, unlist

SECRET = bytes(range(32))
SIGNING = signing_key_of(SECRET)
STEPS = (reconcile, seal_box, count_box, publish_box)


def counted_box(**fields) -> BallotBox:
    public = {
        "auditor_key": bytes(PrivateKey(SECRET).public_key).hex(),
        "auditor_signing_key": SIGNING.verify_key.encode().hex(),
    }
    own = make_open_box(auditor_name="Ada Auditor", **{**public, **fields})
    for number in range(24):
        cast(box=own, voter=make_voter(own), ballot=choice(1 + number % 3), replaces=b"")
    end_vote(own)
    for step in STEPS[:3]:
        step(box=own, at=timezone.now())
    return own


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def box(db):
    own = counted_box()
    publish_box(box=own, at=timezone.now())
    return own


def statement_on(box, words: str = "All receipts hold counted ballots.\n") -> bytes:
    return (line_about(bundle_folder(box)) + words).encode()


def added(box, statement: bytes, signature: bytes | None = None) -> BallotBox:
    signature = SIGNING.sign(statement).signature if signature is None else signature
    return add_statement(actor=make_person(), box=box, statement=statement, signature=signature, at=timezone.now())


def test_what_the_auditor_signs_by_command_is_published_and_checked(box, tmp_path):
    for name, text in (("auditor.key", SECRET.hex()), ("said.txt", "Ünder my eyes.\n")):
        (tmp_path / name).write_text(text)
    words = {"key": tmp_path / "auditor.key", "bundle": bundle_folder(box), "out": tmp_path}
    call_command("auditor_file", "sign", str(tmp_path / "said.txt"), **words)
    statement, signature = ((tmp_path / name).read_bytes() for name in ("statement.txt", "statement.sig"))
    added(box, statement, signature)
    folder = bundle_folder(box)
    said = recounted(folder)
    assert (said["error"], said["checks"]["statement"]) == (None, "ok")
    assert (folder / "statement.txt").read_bytes() == statement
    act = json.loads((folder / "audit.jsonl").read_text().splitlines()[-1])
    assert act["kind"] == "audited"
    assert act["details"] == {"statement_sha256": hashlib.sha256(statement).hexdigest()}
    with pytest.raises(CommandError, match="there already"):
        call_command("auditor_file", "sign", str(tmp_path / "said.txt"), **words)


def test_openssl_confirms_the_signature(box, tmp_path):
    added(box, statement_on(box))
    words = "openssl pkeyutl -verify -pubin -inkey auditor.pem -rawin -in statement.txt -sigfile statement.sig"
    done = subprocess.run(words.split(), cwd=bundle_folder(box), capture_output=True, text=True, check=False)
    assert "Verified Successfully" in done.stdout, done.stderr


def test_only_what_the_auditor_signed_about_this_vote_is_taken(box):
    good, other = statement_on(box), statement_on(box).replace(str(box.uuid).encode(), str(box.uuid).encode()[::-1])
    unfit = {
        "another key": (good, signing_key_of(bytes(32)).sign(good).signature),
        "changed text": (good + b"Or not.", SIGNING.sign(good).signature),
        "another vote": (other, None),
        "no words": (statement_on(box, "\n"), None),
        "not text": (good + b"\xff", None),
        "control characters": (good + b"\x1b[2J", None),
        "no signature": (good, b""),
        "too long": (good + b"x" * LONGEST, None),
    }
    before = (bundle_folder(box) / "manifest.json").read_bytes()
    for name, (statement, signature) in unfit.items():
        with pytest.raises(ActionRefused) as refused:
            added(box, statement, signature)
        assert refused.value.refusal is Refusal.STATEMENT_UNFIT, name
    box.refresh_from_db()
    assert (box.statement, (bundle_folder(box) / "manifest.json").read_bytes()) == ("", before)


def test_it_comes_once_after_publication_and_stays_when_the_council_decides(db):
    own = counted_box()
    with pytest.raises(ActionRefused) as early:
        added(own, b"x")
    assert early.value.refusal is Refusal.WRONG_STATE
    publish_box(box=own, at=timezone.now())
    added(own, statement_on(own))
    with pytest.raises(ActionRefused) as twice:
        added(own, statement_on(own))
    assert twice.value.refusal is Refusal.DONE_ALREADY
    record_council(box=own, at=timezone.now(), on="2030-01-01", words="Agreed.")
    assert recounted(bundle_folder(own))["error"] is None
    assert (bundle_folder(own) / "statement.txt").exists()


def test_without_a_key_in_the_rules_there_is_no_statement(db):
    own = counted_box(auditor_signing_key="")
    publish_box(box=own, at=timezone.now())
    with pytest.raises(ActionRefused) as refused:
        added(own, statement_on(own))
    assert refused.value.refusal is Refusal.STATEMENT_UNFIT


def twice(folder: Path) -> None:
    lines = (folder / "audit.jsonl").read_text().splitlines()
    again = canonical({**json.loads(lines[-1]), "seq": len(lines) + 1})
    (folder / "audit.jsonl").write_text("".join(f"{line}\n" for line in [*lines, again]))


FORGERIES = {
    "other words": (lambda folder: (folder / "statement.txt").write_text("All is well.\n"), "statement"),
    "other words, act too": (
        lambda folder: (
            (folder / "statement.txt").write_text("All is well.\n"),
            edit_act(folder, "audited", statement_sha256=hashlib.sha256(b"All is well.\n").hexdigest()),
        ),
        "statement",
    ),
    "a key of the town": (lambda folder: shutil.copy(folder / "key.pem", folder / "auditor.pem"), "statement"),
    "half a signature": (lambda folder: (folder / "statement.sig").write_bytes(b"x" * 32), "statement"),
    "suppressed": (lambda folder: unlist(folder, "statement.txt"), "files"),
    "suppressed wholly": (
        lambda folder: [unlist(folder, name) for name in ("statement.txt", "statement.sig", "auditor.pem")],
        "statement",
    ),
    "two of them": (twice, "statement"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_statement_with_fitting_hashes_is_found(box, tmp_path, name):
    added(box, statement_on(box))
    folder = Path(shutil.copytree(bundle_folder(box), tmp_path / "forged"))
    forge, check = FORGERIES[name]
    forge(folder)
    make_hashes_fit(folder)
    assert recounted(folder)["checks"][check] != "ok"


def test_files_of_a_statement_without_its_act_have_no_place(box, tmp_path):
    folder = Path(shutil.copytree(bundle_folder(box), tmp_path / "forged"))
    manifest = json.loads((folder / "manifest.json").read_text())
    for name in ("statement.txt", "statement.sig", "auditor.pem"):
        (folder / name).write_bytes(b"x")
        manifest["files"][name] = {}
    (folder / "manifest.json").write_text(canonical(manifest))
    make_hashes_fit(folder)
    assert "without the act" in recounted(folder)["checks"]["statement"]


def test_a_manager_uploads_it_and_everybody_reads_it(box):
    manager = client_of(Role.MANAGER)
    page = reverse("vote_of_box", args=[box.uuid])
    assert "statement.sig" in manager.get(page).content.decode()
    statement = statement_on(box)
    files = {
        "statement": SimpleUploadedFile("statement.txt", statement),
        "signature": SimpleUploadedFile("statement.sig", SIGNING.sign(statement).signature),
    }
    address = reverse("vote_statement", args=[box.uuid])
    assert client_of(Role.EDITOR).post(address, {}).status_code in (302, 403)
    assert "Give both files" in manager.post(address, {}, follow=True).content.decode()
    manager.post(address, files)
    box.refresh_from_db()
    assert box.statement.encode() == statement
    assert "statement.sig" not in manager.get(page).content.decode()
    result = Client().get(f"/en/budgets/{box.budget.slug}/result/all/").content.decode()
    address = reverse("bundle_file", args=[box.uuid, "statement.txt"])
    assert address in result
    assert "Ada Auditor" in result
    answer = Client().get(address)
    assert b"".join(answer.streaming_content) == statement
    assert answer["Content-Disposition"].startswith("attachment")


def client_of(role: Role) -> Client:
    person: Person = make_person(is_staff=True)
    RoleAssignment.objects.create(person=person, role=role)
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("field", ["auditor_key", "auditor_signing_key"])
def test_a_key_that_is_none_is_refused_before_it_can_stop_the_sealing(field):
    with pytest.raises(ValidationError, match="64 hexadecimal"):
        BallotBox._meta.get_field(field).run_validators("not a key")


def test_recount_needs_nothing_but_python_for_it(box):
    added(box, statement_on(box))
    words = [sys.executable, "-I", "-S", recount.__file__, str(bundle_folder(box))]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
