"""What a notification says in one sentence, and where it leads. What is not public any more is not quoted."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.choices import NoticeKind, ProposalStatus
from participation.models import Letter, Notification, Proposal

QUOTED = 300
ONES_OWN = frozenset({NoticeKind.OWN_PUBLISHED, NoticeKind.HANDED_IN})


SENTENCES = {
    NoticeKind.PROPOSAL_PUBLISHED: _("A new proposal: “%(proposal)s”."),
    NoticeKind.PROPOSAL_COMMENTED: _("A new comment on “%(proposal)s”."),
    NoticeKind.PROPOSAL_ANSWERED: _("The administration has answered to “%(proposal)s”."),
    NoticeKind.COMMENT_REPLIED: _("A reply to your comment on “%(proposal)s”."),
    NoticeKind.OWN_PUBLISHED: _("A moderator has published what you wrote: “%(proposal)s”."),
    NoticeKind.OWN_HIDDEN: _("A moderator has hidden what you wrote: “%(proposal)s”."),
    NoticeKind.OWN_RESTORED: _("What you wrote is shown again: “%(proposal)s”."),
    NoticeKind.WARNED: _("A moderator warns you about what you wrote: “%(proposal)s”."),
    NoticeKind.BLOCKED: _("You cannot write for a time, because of: “%(proposal)s”."),
    NoticeKind.UNDONE: _("A decision of the moderators was taken back: “%(proposal)s”."),
    NoticeKind.HANDED_IN: _("Your proposal is handed in: “%(proposal)s”."),
    NoticeKind.INVITED: _("You are invited to be co-author of a proposal."),
    NoticeKind.MERGED: _("A proposal was merged with another: “%(proposal)s”."),
}


def sentence(notice: Notification | Letter) -> str:
    return SENTENCES[NoticeKind(notice.kind)] % {"proposal": title_of(notice)}


def title_of(notice: Notification | Letter) -> str:
    """In one line. A decision is about one's own words, and quotes them; what others hid is not named."""
    if notice.decision is None and notice.kind not in ONES_OWN and not is_named(notice):
        return gettext("not public any more")
    subject = notice.decision.subject if notice.decision else notice.proposal
    return " ".join(str(subject or "").split())


def is_named(notice: Notification | Letter) -> bool:
    return notice.proposal is not None and notice.proposal.is_public


def quote(notice: Notification | Letter) -> str:
    """The words of a comment, while everybody reads them; with a confirmation, what happens next."""
    if notice.kind == NoticeKind.HANDED_IN and notice.proposal is not None:
        return "\n".join(what_happens_next(notice.proposal, notice.at))
    comment = notice.comment
    if comment is None or not comment.is_public:
        return ""
    return comment.body if len(comment.body) <= QUOTED else f"{comment.body[:QUOTED]}…"


def what_happens_next(proposal: Proposal, at: datetime) -> list[str]:
    """Its public number, who looks at it, and what comes when; as things stand for who reads this."""
    budget = proposal.budget
    said = [
        gettext("It has the number %(number)s in “%(budget)s”.") % {"number": proposal.public_number, "budget": budget}
    ]
    if proposal.status == ProposalStatus.SUBMITTED:
        said.append(gettext("A moderator looks at it, and then everybody sees it."))
    elif proposal.is_public:
        said.append(gettext("Everybody can see it now."))
    if phase := budget.next_phase(at):
        day = date_format(timezone.localtime(phase.starts_at), "DATE_FORMAT")
        said.append(gettext("On %(day)s the next phase begins: %(name)s.") % {"day": day, "name": phase})
    return said


def is_there(notice: Notification | Letter) -> bool:
    """Whether what it tells of can still be told: one's own matters always."""
    if notice.decision is not None or notice.kind in {*ONES_OWN, NoticeKind.INVITED}:
        return True
    if notice.comment is not None:
        return notice.comment.is_public
    return is_named(notice)


def address(notice: Notification) -> str:
    """Without the host, in the language that is active."""
    if notice.decision is not None:
        return reverse("notice", args=[notice.uuid])
    if notice.kind == NoticeKind.INVITED:
        return reverse("invitations")
    proposal = notice.proposal
    if proposal is None:
        return reverse("inbox")
    where = [proposal.budget.slug, proposal.public_number]
    if notice.comment is not None:
        return reverse("comment_thread", args=[*where, notice.comment.uuid])
    return reverse("proposal", args=where)
