from pathlib import Path

import pytest

from site_config import database_checks
from site_config.database_checks import (
    database_fit_for_votes,
    filesystem_of,
    postgres_keeps_no_commit_times,
    sqlite_lies_on_this_machine,
)


class At:
    """A connection to a file."""

    def __init__(self, name: str) -> None:
        self.settings_dict = {"NAME": name}


@pytest.fixture
def mounts(tmp_path, monkeypatch):
    path = tmp_path / "mounts"
    path.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/srv /srv/town nfs4 rw 0 0\n/dev/sdb1 /srv/town/local xfs rw 0 0\n"
    )
    monkeypatch.setattr(database_checks, "MOUNTS", path)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/var/lib/osp", "ext4"), ("/srv/town/db", "nfs4"), ("/srv/town/local/db", "xfs"), ("/srv/townhall/db", "ext4")],
)
def test_the_longest_mount_holds_a_file(mounts, path, kind):
    assert filesystem_of(Path(path)) == kind


def test_a_network_disk_is_refused_for_sqlite(mounts):
    assert [one.id for one in sqlite_lies_on_this_machine(At("/srv/town/osp.sqlite3"))] == ["osp.E002"]
    for name in ("/srv/town/local/osp.sqlite3", ":memory:", "file:memorydb?mode=memory"):
        assert sqlite_lies_on_this_machine(At(name)) == []


def test_this_database_is_fit(db):
    assert database_fit_for_votes(None, databases=["default"]) == []


class Asked:
    """A PostgreSQL that answers one question."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        return False

    def execute(self, statement):
        assert statement == "SHOW track_commit_timestamp"

    def fetchone(self):
        return (self.answer,)


def test_commit_times_are_refused():
    assert [one.id for one in postgres_keeps_no_commit_times(Asked("on"))] == ["osp.E001"]
    assert postgres_keeps_no_commit_times(Asked("off")) == []
