"""All that is kept about a person, as one ZIP. What holds more adds its section to `SECTIONS`, in one line.

A section gives what JSON can hold. Files lie beside the JSON: `FILES` gives their names and their bytes.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from participation.models import (
    ActivityEntry,
    CitizenGroup,
    CoAuthor,
    Comment,
    CommentVote,
    Declaration,
    DeclarationProof,
    Flag,
    Follow,
    GuardianConsent,
    Invitation,
    ModerationDecision,
    Notification,
    Person,
    PersonalDataExport,
    Proposal,
    ProposalDocument,
    ProposalPhoto,
    ProposalVersion,
    RegulationsAcceptance,
    Reminder,
    RoleAssignment,
    RollEntry,
    Support,
)
from participation.models.proposal import WORDS

Section = Callable[[Person], Any]
Files = Callable[[Person], Iterable[tuple[str, bytes]]]


def account(person: Person) -> dict[str, Any]:
    names = ("uuid", "email", "display_name", "language", "born", "guardian_contact", "date_joined")
    names += ("reminders", "reminders_agreed_at", "mails", "blocked_until")
    return {name: getattr(person, name) for name in names}


def roles(person: Person) -> list[dict[str, Any]]:
    held = RoleAssignment.objects.filter(person=person).order_by("pk")
    return list(held.values("role", "budget__slug"))


def rolls(person: Person) -> list[dict[str, Any]]:
    """On which rolls the person stands. What they voted is kept beside nobody's name, so it is not here."""
    entries = RollEntry.objects.filter(account=person).order_by("pk")
    names = ("box__budget__slug", "box__slug", "register_id", "envelopes", "proof", "paper", "barred", "took_part")
    return list(entries.values(*names, "district__name"))


def declarations(person: Person) -> list[dict[str, Any]]:
    declared = Declaration.objects.filter(person=person).order_by("pk")
    return list(
        declared.values("budget__slug", "name", "born", "address", "district__name", "state", "reason", "declared_on")
    )


def proposals(person: Person) -> list[dict[str, Any]]:
    written = Proposal.objects.filter(author=person).order_by("pk")
    names = ("uuid", "budget__slug", "public_number", "status", "group__name", *WORDS)
    return list(written.values(*names, "cost_band", "cost_minor", "created_at", "submitted_at"))


def proposal_versions(person: Person) -> list[dict[str, Any]]:
    """What the person's proposals said at each time."""
    said = ProposalVersion.objects.filter(proposal__author=person).order_by("pk")
    return list(said.values("proposal__uuid", "number", "at", *WORDS, "files"))


def supports(person: Person) -> list[dict[str, Any]]:
    given = Support.objects.filter(person=person).order_by("pk")
    return list(given.values("proposal__uuid", "proposal__title", "given_at"))


def co_authored(person: Person) -> list[dict[str, Any]]:
    taken = CoAuthor.objects.filter(person=person).order_by("pk")
    return list(taken.values("proposal__uuid", "proposal__title", "since"))


def invitations(person: Person) -> list[dict[str, Any]]:
    """Those to and by the person. Whom they invited is not theirs to take along."""
    asked = Invitation.objects.filter(Q(person=person) | Q(inviter=person)).order_by("pk")
    return [
        {
            "proposal": one.proposal.uuid,
            "by_you": one.inviter_id == person.pk,
            "at": one.at,
            "answered_at": one.answered_at,
            "accepted": one.accepted,
        }
        for one in asked.select_related("proposal")
    ]


def comments(person: Person) -> list[dict[str, Any]]:
    written = Comment.objects.filter(author=person).order_by("pk")
    return list(
        written.values("uuid", "proposal__uuid", "group__name", "body", "language", "state", "posted_at", "changed_at")
    )


def comment_votes(person: Person) -> list[dict[str, Any]]:
    return list(CommentVote.objects.filter(person=person).order_by("pk").values("comment__uuid", "value"))


def reports(person: Person) -> list[dict[str, Any]]:
    told = Flag.objects.filter(person=person).order_by("pk")
    return list(told.values("proposal__uuid", "comment__uuid", "reason", "note", "at"))


def decisions(person: Person) -> list[dict[str, Any]]:
    """What moderators decided about the person's words."""
    made = ModerationDecision.objects.filter(person=person).order_by("pk")
    return list(made.values("kind", "at", "reason", "until", "undone_at", "answer", "answered_at"))


def follows(person: Person) -> list[dict[str, Any]]:
    names = ("budget__slug", "district__name", "category__slug", "proposal__uuid", "since")
    return list(Follow.objects.filter(person=person).order_by("pk").values(*names))


def notifications(person: Person) -> list[dict[str, Any]]:
    told = Notification.objects.filter(person=person).order_by("pk")
    return list(told.values("kind", "proposal__uuid", "comment__uuid", "at", "read_at"))


def photos(person: Person) -> Iterator[tuple[str, bytes]]:
    for photo in ProposalPhoto.objects.filter(proposal__author=person).order_by("pk"):
        with photo.large.open("rb") as file:
            yield f"{photo.uuid}.jpg", file.read()


def documents(person: Person) -> Iterator[tuple[str, bytes]]:
    for one in ProposalDocument.objects.filter(proposal__author=person).order_by("pk"):
        with one.file.open("rb") as file:
            yield f"{one.uuid}.pdf", file.read()


def proofs(person: Person) -> Iterator[tuple[str, bytes]]:
    """Of declarations, until somebody has decided about them."""
    for proof in DeclarationProof.objects.filter(declaration__person=person).order_by("pk"):
        yield f"proof-{proof.pk}.{'pdf' if proof.is_pdf else 'jpg'}", bytes(proof.data)


def reminders(person: Person) -> list[dict[str, Any]]:
    """Of which votes the person was reminded, whether they voted or not."""
    return list(Reminder.objects.filter(person=person).order_by("pk").values("box__budget__slug", "box__slug"))


def acceptances(person: Person) -> list[dict[str, Any]]:
    accepted = RegulationsAcceptance.objects.filter(person=person).order_by("at")
    return list(accepted.values("regulations__budget__slug", "regulations__version", "at"))


def guardian_consents(person: Person) -> list[dict[str, Any]]:
    asked = GuardianConsent.objects.filter(person=person).order_by("pk")
    return list(asked.values("contact", "state", "text_version", "asked_at", "answered_at", "ended_at"))


def groups(person: Person) -> list[dict[str, Any]]:
    """Those that the person speaks for."""
    return list(CitizenGroup.objects.filter(contact=person).order_by("pk").values("uuid", "kind", "name", "made_at"))


def activity(person: Person) -> list[dict[str, Any]]:
    done = ActivityEntry.objects.filter(actor=person).order_by("at", "pk")
    return list(done.values("at", "verb", "subject_kind", "subject", "budget__slug"))


SECTIONS: dict[str, Section] = {
    "account": account,
    "roles": roles,
    "rolls": rolls,
    "declarations": declarations,
    "proposals": proposals,
    "co_authored": co_authored,
    "invitations": invitations,
    "proposal_versions": proposal_versions,
    "supports": supports,
    "comments": comments,
    "comment_votes": comment_votes,
    "reports": reports,
    "decisions": decisions,
    "follows": follows,
    "notifications": notifications,
    "reminders": reminders,
    "accepted_regulations": acceptances,
    "guardian_consents": guardian_consents,
    "groups": groups,
    "activity": activity,
}
FILES: list[Files] = [photos, documents, proofs]


def document(person: Person) -> dict[str, Any]:
    return {name: section(person) for name, section in SECTIONS.items()}


def files_of(person: Person) -> Iterator[tuple[str, bytes]]:
    for files in FILES:
        yield from files(person)


def folder() -> Path:
    """Outside of the media, so that no server hands its files out."""
    path = Path(settings.PERSONAL_DATA_DIR)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(export: PersonalDataExport) -> Path:
    return folder() / f"{export.uuid}.zip"


def opened_file(person: Person, uuid: UUID) -> BinaryIO | None:
    """A file of this person's that is made. That of somebody else is not there."""
    export = PersonalDataExport.objects.of(person).made().filter(uuid=uuid).first()
    try:
        return path_of(export).open("rb") if export else None
    except FileNotFoundError:
        return None


def write_file(export: PersonalDataExport) -> Path:
    """Written aside and then renamed: a file that is there is whole. Readable by its owner's process alone."""
    handle, aside = tempfile.mkstemp(dir=folder(), suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            text = json.dumps(document(export.person), cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)
            archive.writestr("data.json", text)
            for name, content in files_of(export.person):
                archive.writestr(f"files/{name}", content)
        return Path(aside).rename(path_of(export))
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def remove_file(export: PersonalDataExport) -> None:
    path_of(export).unlink(missing_ok=True)
