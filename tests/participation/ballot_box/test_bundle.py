"""A forger changes a published bundle: crudely, or with all hashes made to fit. recount.py names the broken rule."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from participation import recount
from participation.actions.box_closing import count_box, publish_box, reconcile, seal_box
from participation.actions.elections import import_election
from participation.ballot_box import keys
from participation.ballot_box.canonical import canonical
from participation.ballot_box.casting import cast
from participation.exports.publishing import BundleDiffers, bundle_folder, confirm_by_recount
from participation.models import CountedBallot, Result
from tests.factories.votes import choice, end_vote, make_open_box, make_voter


def recounted(folder: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-I", recount.__file__, str(folder)], check=False, capture_output=True, text=True
    )
    assert done.stderr == ""
    line = json.loads(done.stdout)
    assert done.returncode == bool(line["error"])
    return line


def counted_box():
    box = make_open_box()
    for number in range(40):
        cast(box=box, voter=make_voter(box), ballot=choice(1 + number % 3), replaces=b"")
    end_vote(box)
    at = timezone.now()
    for step in (reconcile, seal_box, count_box):
        step(box=box, at=at)
    return box


@pytest.fixture
def bundle(db, tmp_path) -> Path:
    box = counted_box()
    publish_box(box=box, at=timezone.now())
    return Path(shutil.copytree(bundle_folder(box), tmp_path / "forged"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def make_hashes_fit(folder: Path) -> None:
    """All a forger without the signing key can do."""
    manifest = json.loads((folder / "manifest.json").read_text())
    lines = (folder / "audit.jsonl").read_text().splitlines()
    acts, prev = [], "0" * 64
    for line in lines:
        body = canonical({**json.loads(line), "prev": prev})
        prev = hashlib.sha256(b"osp/audit/v1\0" + body.encode()).hexdigest()
        acts.append(body + "\n")
    (folder / "audit.jsonl").write_text("".join(acts))
    manifest["audit_head"] = prev
    for name in manifest["files"]:
        data = (folder / name).read_bytes()
        manifest["files"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(canonical(manifest))


def first_receipt_removed(folder: Path) -> None:
    path = folder / "receipts.txt"
    path.write_text(path.read_text().split("\n", 1)[1])


def first_ballot_for_another(folder: Path) -> None:
    path = folder / "all.pb"
    head, row = path.read_bytes().decode().split("voting_method\r\n", 1)
    number, vote, rest = row.split(";", 2)
    path.write_bytes(f"{head}voting_method\r\n{number};{'1' if vote != '1' else '2'};{rest}".encode())


FORGERIES = {
    "ballot": (first_ballot_for_another, "result"),
    "over budget": (lambda folder: edit(folder, "all.pb", "\r\n1;", "\r\n1;4,3,2,"), "ballots"),
    "receipt": (first_receipt_removed, "receipts"),
    "act": (lambda folder: edit(folder, "audit.jsonl", '"reconciled"', '"Reconciled"'), "audit"),
    "rules": (lambda folder: edit(folder, "rules.json", '"cost_minor":400', '"cost_minor":401'), "rules"),
    "cost": (lambda folder: edit(folder, "all.pb", "\r\n4;1;", "\r\n4;1.01;"), "projects"),
    "winners": (lambda folder: edit(folder, "result.json", '"winners":[', '"winners":[9,'), "result"),
    "papers": (
        lambda folder: edit(folder, "batches.csv", "project,votes\n", "project,votes\n1,Hall,20,all,1,5\n"),
        "papers",
    ),
    "channel": (lambda folder: edit(folder, "all.pb", "internet", "paper"), "papers"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_crude_forgery_is_found(bundle, name):
    assert recounted(bundle)["error"] is None
    FORGERIES[name][0](bundle)
    assert recounted(bundle)["checks"]["files"] != "ok"


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_fitting_hashes_is_found_by_its_rule(bundle, name):
    forge, check = FORGERIES[name]
    forge(bundle)
    make_hashes_fit(bundle)
    said = recounted(bundle)
    assert said["checks"]["files"] == "ok"
    assert said["checks"][check] != "ok", said


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "manifest.json").unlink(),
        lambda folder: (folder / "manifest.json").write_text("[" * 100_000),
        lambda folder: (folder / "manifest.json").write_text('{"a":1,"a":2}'),
        lambda folder: (folder / "rules.json").write_bytes(b"\xff"),
        lambda folder: (folder / "rules.json").write_text("{}"),
        lambda folder: (folder / "extra.txt").write_text("x"),
        lambda folder: (folder / "all.pb").unlink(),
        lambda folder: (folder / "all.pb").write_bytes(b"META\n"),
        lambda folder: (folder / "batches.csv").write_text("x"),
        lambda folder: (folder / "result.json").write_text('{"format":"osp/result/v1","envelopes":{"all":1}}'),
        lambda folder: [path.unlink() for path in folder.iterdir()],
    ],
)
def test_a_damaged_bundle_gets_a_sentence_and_no_traceback(bundle, damage):
    damage(bundle)
    assert recounted(bundle)["error"]


def test_nothing_is_published_that_does_not_recount(db):
    box = counted_box()
    Result.objects.filter(envelope__ballot_box=box).update(spent_minor=7)
    with pytest.raises(BundleDiffers, match="result"):
        publish_box(box=box, at=timezone.now())
    assert not bundle_folder(box).exists()
    assert Result.objects.get(envelope__ballot_box=box).published_at is None
    box.refresh_from_db()
    assert box.state == "counted"
    assert CountedBallot.objects.filter(envelope__ballot_box=box).count() == 40


def test_the_signature_is_checked_by_one_command_of_openssl(bundle):
    def verified() -> bool:
        words = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig"
        return subprocess.run(words.split(), cwd=bundle, check=False, capture_output=True).returncode == 0

    assert (bundle / "key.pem").read_text() == keys.public_key_pem()
    assert verified()
    edit(bundle, "manifest.json", '"receipts":40', '"receipts":41')
    assert not verified()


def test_the_bundle_is_downloaded_once_it_is_published(client, db):
    box = counted_box()
    address = f"/bundles/{box.uuid}"
    assert client.get(f"{address}.zip").status_code == 404
    assert client.get(f"{address}/manifest.json").status_code == 404
    publish_box(box=box, at=timezone.now())
    assert client.get(f"{address}.zip").status_code == 200
    manifest = b"".join(client.get(f"{address}/manifest.json").streaming_content)
    assert manifest == (bundle_folder(box) / "manifest.json").read_bytes()
    assert client.get(f"{address}/..%2Fmanifest.json").status_code == 404
    assert client.get("/.well-known/osp-budget-key").content.decode() == keys.public_key_pem()
    confirm_by_recount(bundle_folder(box))


def test_another_installation_counts_the_same_from_the_bundle(bundle, tmp_path):
    """The file of ballots is imported as any other election, and gives the same winners, money and tallies."""
    published = json.loads((bundle / "result.json").read_text())["envelopes"]["all"]
    imported = import_election(path=bundle / "all.pb", actor=None, at=timezone.now()).budget.envelopes.get().result
    lines = list(imported.lines.select_related("project"))
    assert sorted(line.project.public_number for line in lines if line.funded) == published["winners"]
    assert (imported.spent_minor, imported.left_minor) == (published["spent_minor"], published["left_minor"])
    tallies = {str(line.project.public_number): f"{line.tally.normalize():f}" for line in lines}
    assert tallies == published["tally"]
