"""A bundle is written aside, recounted by the script that everybody gets, signed, and only then put in its place."""

import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from participation import recount
from participation.ballot_box import keys
from participation.models import BallotBox

SECONDS = 3600


class BundleDiffers(Exception):
    """The recount script does not confirm the bundle: nothing was published. The message is its first fault."""


def bundle_folder(box: BallotBox) -> Path:
    return Path(settings.BUNDLE_DIR) / str(box.uuid)


@contextmanager
def signed_bundle(box: BallotBox) -> Iterator[Path]:
    """The folder to write into. Whatever an interrupted run left there is written anew."""
    final = bundle_folder(box)
    aside = final.with_suffix(".new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    yield aside
    (aside / "manifest.sig").write_bytes(keys.signing_key().sign((aside / "manifest.json").read_bytes()).signature)
    confirm_by_recount(aside)
    for path in aside.iterdir():
        sync(path)
    shutil.rmtree(final, ignore_errors=True)
    aside.rename(final)
    keys.sync_folder(final.parent)


def confirm_by_recount(folder: Path) -> None:
    words = [sys.executable, "-I", inspect.getfile(recount), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        said = json.loads(done.stdout)["error"] if done.stdout.startswith("{") else done.stderr[-300:]
        raise BundleDiffers(str(said))


def sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
