"""Official decisions on single projects, recorded with their reasons elsewhere and applied before the rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from participation.counting.money import quoted

KEYS = ("withdrawn", "ruled_out", "kept", "exclusive")


@dataclass(frozen=True)
class Decisions:
    """Project ids that are withdrawn, ruled out or kept (in the order of funding), and groups of which one may win."""

    withdrawn: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for project in self.withdrawn + self.ruled_out + self.kept:
            if project in seen:
                raise ValueError(f"The decisions name the project {quoted(project)} twice.")
            seen.add(project)

    def check(self, known: Mapping[str, int]) -> None:
        """Raises ValueError with one sentence when a decision names a project that is not on the ballot."""
        for project in self._named():
            if project not in known:
                raise ValueError(f"The decisions name an unknown project {quoted(project)}.")

    def _named(self) -> Iterator[str]:
        yield from self.withdrawn + self.ruled_out + self.kept
        for group in self.exclusive:
            yield from group

    def as_json(self) -> dict[str, Any]:
        return {
            "withdrawn": list(self.withdrawn),
            "ruled_out": list(self.ruled_out),
            "kept": list(self.kept),
            "exclusive": [list(group) for group in self.exclusive],
        }

    @classmethod
    def from_json(cls, values: object) -> "Decisions":
        """Any key may be left out. ValueError with one sentence on an unknown key or a wrong value."""
        if not isinstance(values, dict):
            raise ValueError("Decisions must be an object.")
        unknown = sorted(str(key) for key in values if key not in KEYS)
        if unknown:
            raise ValueError(f"Decisions have no {quoted(unknown[0])}.")
        groups = values.get("exclusive", [])
        if not isinstance(groups, list):
            raise ValueError("exclusive must be a list of lists of project ids.")
        return cls(
            withdrawn=read_ids("withdrawn", values.get("withdrawn", [])),
            ruled_out=read_ids("ruled_out", values.get("ruled_out", [])),
            kept=read_ids("kept", values.get("kept", [])),
            exclusive=tuple(read_ids("exclusive", group) for group in groups),
        )


NO_DECISIONS = Decisions()


def read_ids(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(project, str) for project in value):
        raise ValueError(f"{name} must hold lists of project ids, each of them text.")
    return tuple(value)
