"""A forger changes a published bundle: crudely, or with all hashes made to fit. recount.py names the broken rule."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
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
        [sys.executable, "-I", recount.__file__, str(folder)], check=False, capture_output=True, text=True, timeout=60
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


def edit_json(folder: Path, name: str, change: Callable[[dict], object]) -> None:
    value = json.loads((folder / name).read_text())
    change(value)
    (folder / name).write_text(canonical(value))


def edit_result(folder: Path, **values: object) -> None:
    edit_json(folder, "result.json", lambda value: value["envelopes"]["all"].update(values))


def append(folder: Path, name: str, text: str) -> None:
    with (folder / name).open("a") as file:
        file.write(text)


def acts_of(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]


def write_acts(folder: Path, acts: list[dict]) -> None:
    numbered = ({**act, "seq": number} for number, act in enumerate(acts, start=1))
    (folder / "audit.jsonl").write_text("".join(canonical(act) + "\n" for act in numbered))


def add_act(folder: Path, kind: str) -> None:
    acts = acts_of(folder)
    write_acts(folder, [*acts[:-1], {**acts[-2], "kind": kind}, acts[-1]])


def edit_act(folder: Path, kind: str, **details: object) -> None:
    acts = acts_of(folder)
    next(act for act in acts if act["kind"] == kind)["details"].update(details)
    write_acts(folder, acts)


def unlist(folder: Path, name: str) -> None:
    (folder / name).unlink()
    edit_json(folder, "manifest.json", lambda value: value["files"].pop(name))


def another_key(folder: Path) -> None:
    pem = (folder / "key.pem").read_text().split("\n")
    pem[1] = pem[1][:-6] + "AAAAA="
    (folder / "key.pem").write_text("\n".join(pem))


def swap_cell(folder: Path, column: str, project: str, text: str) -> None:
    lines = (folder / "all.pb").read_bytes().decode().split("\r\n")
    start = lines.index("PROJECTS") + 1
    place = lines[start].split(";").index(column)
    row = next(number for number in range(start, len(lines)) if lines[number].startswith(f"{project};"))
    cells = lines[row].split(";")
    assert cells[place] != text
    cells[place] = text
    lines[row] = ";".join(cells)
    (folder / "all.pb").write_bytes("\r\n".join(lines).encode())


def points_for_everybody(folder: Path) -> None:
    head, rows = (folder / "all.pb").read_bytes().decode().split("VOTES\r\n")
    columns, *ballots = rows.strip().split("\r\n")
    lines = [columns + ";points", *(ballot + ";5" for ballot in ballots)]
    (folder / "all.pb").write_bytes((head + "VOTES\r\n" + "\r\n".join(lines) + "\r\n").encode())


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
    "unknown channel": (lambda folder: edit(folder, "all.pb", "internet", "owl"), "channels"),
    "votes": (lambda folder: swap_cell(folder, "votes", "1", "99"), "result"),
    "selected": (lambda folder: swap_cell(folder, "selected", "1", "0"), "result"),
    "name": (lambda folder: swap_cell(folder, "name", "1", "Another project"), "projects"),
    "threshold": (
        lambda folder: edit(folder, "all.pb", "budget;", "min_project_score_threshold;99\r\nbudget;"),
        "projects",
    ),
    "points of nobody": (points_for_everybody, "ballots"),
    "winners beside": (lambda folder: edit_result(folder, winners=[1, 1]), "result"),
    "hidden envelope": (lambda folder: edit_result(folder, recountable=False), "ballots"),
    "no envelope": (
        lambda folder: edit_json(folder, "result.json", lambda value: value["envelopes"].clear()),
        "result",
    ),
    "other number": (lambda folder: edit_result(folder, ballots=41), "ballots"),
    "decisions": (
        lambda folder: edit_json(folder, "all.decisions.json", lambda value: value["kept"].append("4")),
        "result",
    ),
    "no decisions": (lambda folder: unlist(folder, "all.decisions.json"), "result"),
    "an act more": (lambda folder: add_act(folder, "annulled"), "audit"),
    "an act twice": (lambda folder: add_act(folder, "counted"), "audit"),
    "a lot of nobody": (lambda folder: add_act(folder, "drawn"), "audit"),
    "text after the acts": (lambda folder: append(folder, "audit.jsonl", "{}"), "audit"),
    "closing": (lambda folder: edit_act(folder, "closed", closes_at="2030-01-01T00:00:00Z"), "audit"),
    "proofs": (lambda folder: edit_act(folder, "sealed", proofs={"code": 3}), "audit"),
    "participants": (lambda folder: edit_act(folder, "sealed", participants=3, proofs={"code": 3}), "channels"),
    "lot": (lambda folder: edit_json(folder, "manifest.json", lambda value: value.update(lot_value="7")), "order"),
    "key": (another_key, "rules"),
    "auditor": (
        lambda folder: edit_json(folder, "manifest.json", lambda value: value.update(auditor_sha256="a" * 64)),
        "audit",
    ),
    "batch twice": (
        lambda folder: append(folder, "batches.csv", "1,Hall,20,all,1,0\n1+2,Hall,40,all,1,0\n"),
        "papers",
    ),
    "small batch beside another": (
        lambda folder: append(folder, "batches.csv", "1,Hall,0,all,1,0\n2,Hall,0,all,1,0\n"),
        "papers",
    ),
    "batch without a number": (lambda folder: append(folder, "batches.csv", "1+,Hall,0,all,1,0\n"), "papers"),
    "an act that there is not": (lambda folder: add_act(folder, "roll_changed"), "audit"),
    "batch of nobody": (lambda folder: append(folder, "batches.csv", "1,Hall,20,other,1,5\n"), "papers"),
}
IN_THE_MANIFEST = ("lot", "auditor")
FOUND_BY_FILES = ("hidden envelope", "no envelope", "no decisions")


@pytest.mark.parametrize("name", FORGERIES)
def test_a_crude_forgery_is_found(bundle, name):
    assert recounted(bundle)["error"] is None
    FORGERIES[name][0](bundle)
    said = recounted(bundle)
    assert said["error"]
    assert name in IN_THE_MANIFEST or said["checks"]["files"] != "ok"


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_fitting_hashes_is_found_by_its_rule(bundle, name):
    forge, check = FORGERIES[name]
    forge(bundle)
    make_hashes_fit(bundle)
    said = recounted(bundle)
    assert name in FOUND_BY_FILES or said["checks"]["files"] == "ok"
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
        lambda folder: as_pipe(folder / "all.pb"),
        lambda folder: as_pipe(folder / "receipts.txt"),
        lambda folder: as_pipe(folder / "all.decisions.json"),
        lambda folder: as_link(folder / "all.pb"),
        lambda folder: edit_json(folder, "rules.json", lambda value: value["envelopes"][0].update(limits={"x": "1"})),
        lambda folder: edit_json(folder, "rules.json", lambda value: value.update(counting_rule={"kind": "greedy"})),
    ],
)
def test_a_damaged_bundle_gets_a_sentence_and_no_traceback(bundle, damage):
    damage(bundle)
    assert recounted(bundle)["error"]


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_link(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere.pb")
    path.symlink_to(path.parent.parent / "elsewhere.pb")


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
