"""What the ballot box needs of the database beyond its tables: asked by `migrate`, so by `prepare`, at every start."""

from pathlib import Path

from django.core.checks import Error
from django.db import connections

MOUNTS = Path("/proc/self/mounts")
NETWORK_DISKS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs", "fuse.glusterfs")


def database_fit_for_votes(app_configs, databases=(), **options) -> list[Error]:
    found = []
    for alias in databases or ():
        found += FITNESS[connections[alias].vendor](connections[alias])
    return found


def postgres_keeps_no_commit_times(connection) -> list[Error]:
    """With them whoever reads the database knows when each ballot was written."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW track_commit_timestamp")
        if cursor.fetchone()[0] == "off":
            return []
    words = "PostgreSQL keeps the time of each commit, and so of each ballot: set track_commit_timestamp = off."
    return [Error(words, id="osp.E001")]


def sqlite_lies_on_this_machine(connection) -> list[Error]:
    """Locks on a network disk do not hold: an acknowledged ballot could be lost."""
    path = str(connection.settings_dict["NAME"])
    if not path.startswith("/") or filesystem_of(Path(path)) not in NETWORK_DISKS:
        return []
    return [Error(f"The SQLite database {path} lies on a network disk: move it to a local one.", id="osp.E002")]


def filesystem_of(path: Path) -> str:
    """The kind of file system that holds the path, as the kernel names it; empty where the system does not say."""
    if not MOUNTS.exists():
        return ""
    mounts = [line.split() for line in MOUNTS.read_text().splitlines()]
    holding = [(point, kind) for _device, point, kind, *_rest in mounts if path.is_relative_to(point)]
    return max(holding, key=lambda mount: len(mount[0]), default=("", ""))[1]


FITNESS = {"postgresql": postgres_keeps_no_commit_times, "sqlite": sqlite_lies_on_this_machine}
