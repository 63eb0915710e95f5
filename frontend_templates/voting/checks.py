"""What is wrong with a ballot being filled in: a fault for each envelope, and where on the page it stands."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from frontend_templates.voting.marks import MarkRefused, Marks, ballot_of
from participation.ballot_box.rules import FrozenRules
from participation.ballot_box.validation import InvalidBallot, content_of


@dataclass(frozen=True)
class Found:
    """`envelope` is empty where the whole ballot is meant, `number` None where no single project is."""

    words: str | Promise
    envelope: str = ""
    number: int | None = None

    @property
    def target(self) -> str:
        if self.number is not None:
            return f"mark-{self.envelope}-{self.number}"
        return f"envelope-{self.envelope}" if self.envelope else "ballot"


def faults_in(marks: Marks, rules: FrozenRules, open_envelopes: frozenset[str]) -> list[Found]:
    parts = (fault_in_part({slug: marked}, rules, open_envelopes) for slug, marked in marks.items() if marked)
    found = [fault for fault in parts if fault]
    if not found and (fault := fault_in_part(marks, rules, open_envelopes)):
        found = [fault]
    return found


def fault_in_part(marks: Marks, rules: FrozenRules, open_envelopes: frozenset[str]) -> Found | None:
    try:
        ballot = ballot_of(marks, rules.vote_type)
        content_of(ballot, rules, open_envelopes)
    except MarkRefused as refused:
        return Found(refused.fault.label, refused.envelope, refused.number)
    except InvalidBallot as invalid:
        return Found(invalid.fault.label, *place_of(invalid.pointer, ballot))
    return None


def place_of(pointer: str, ballot: dict[str, Any]) -> tuple[str, int | None]:
    """The envelope and the project that `/envelopes/<slug>/points/<place>` means."""
    _, _, *rest = f"{pointer}//".split("/")
    slug = rest[0]
    if len(rest) < 4 or not rest[2].isdigit():
        return slug, None
    return slug, ballot["envelopes"][slug]["projects"][int(rest[2])]
