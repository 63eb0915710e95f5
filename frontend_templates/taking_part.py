"""Who took part in a vote, as the act of its sealing says: in groups, and by kind of proof."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from participation.ballot_box import audit
from participation.choices import Channel, Proof
from participation.exports.doubts import unexplained_papers
from participation.lists import listed
from participation.models import BallotBox


@dataclass(frozen=True)
class ToldGroup:
    name: str
    entries: int
    participants: int

    @property
    def percent(self) -> float:
        return 100 * self.participants / self.entries if self.entries else 0


@dataclass(frozen=True)
class TakingPart:
    entries: int
    participants: int
    districts: list[ToldGroup]
    channels: list[ToldGroup]
    proofs: list[tuple[str, int]]
    set_aside: int
    is_proven: bool
    unexplained: int

    @property
    def percent(self) -> float:
        return 100 * self.participants / self.entries if self.entries else 0


def taking_part(box: BallotBox | None) -> TakingPart | None:
    """None where nobody voted in a box of ours."""
    sealing = audit.act(box, "sealed") if box else None
    if not sealing:
        return None
    sealed = sealing["details"]
    districts = [told(group, {"": _("District unknown")}) for group in sealed["districts"]]
    return TakingPart(
        entries=sum(group.entries for group in districts),
        participants=sealed["participants"],
        districts=districts,
        channels=[told(group, {one.value: str(one.label) for one in Channel}) for group in sealed["channels"]],
        proofs=[(str(Proof(proof).label), entries) for proof, entries in sealed["proofs"].items()],
        set_aside=sealed["set_aside"],
        is_proven=not box.key_lost,
        unexplained=unexplained_papers(box),
    )


def told(group: dict, words: dict[str, str]) -> ToldGroup:
    names = [words.get(name, name) for name in group["names"]]
    return ToldGroup(listed(names), group["entries"], group["participants"])
