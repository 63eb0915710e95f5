"""What a notification says in one sentence, and where it leads. What is not public any more is not quoted."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.choices import NoticeKind
from participation.models import Notification

QUOTED = 300


def sentence(notice: Notification) -> str:
    names = {"proposal": title_of(notice)}
    match notice.kind:
        case NoticeKind.PROPOSAL_PUBLISHED:
            return _("A new proposal: “%(proposal)s”.") % names
        case NoticeKind.PROPOSAL_COMMENTED:
            return _("A new comment on “%(proposal)s”.") % names
        case NoticeKind.PROPOSAL_ANSWERED:
            return _("The administration has answered to “%(proposal)s”.") % names
        case NoticeKind.COMMENT_REPLIED:
            return _("A reply to your comment on “%(proposal)s”.") % names
        case NoticeKind.OWN_PUBLISHED:
            return _("A moderator has published what you wrote: “%(proposal)s”.") % names
        case NoticeKind.OWN_HIDDEN:
            return _("A moderator has hidden what you wrote: “%(proposal)s”.") % names
        case NoticeKind.OWN_RESTORED:
            return _("What you wrote is shown again: “%(proposal)s”.") % names
        case NoticeKind.WARNED:
            return _("A moderator warns you about what you wrote: “%(proposal)s”.") % names
        case NoticeKind.BLOCKED:
            return _("You cannot write for a time, because of: “%(proposal)s”.") % names
    return _("A decision of the moderators was taken back: “%(proposal)s”.") % names


def title_of(notice: Notification) -> str:
    """In one line. A decision is about one's own words, and quotes them; what others hid is not named."""
    if notice.decision is None and notice.kind != NoticeKind.OWN_PUBLISHED and not is_named(notice):
        return _("not public any more")
    subject = notice.decision.subject if notice.decision else notice.proposal
    return " ".join(str(subject or "").split())


def is_named(notice: Notification) -> bool:
    return notice.proposal is not None and notice.proposal.is_public


def quote(notice: Notification) -> str:
    """The words of a comment, while everybody reads them."""
    comment = notice.comment
    if comment is None or not comment.is_public:
        return ""
    return comment.body if len(comment.body) <= QUOTED else f"{comment.body[:QUOTED]}…"


def is_there(notice: Notification) -> bool:
    """Whether what it tells of can still be told: one's own matters always."""
    if notice.decision is not None or notice.kind == NoticeKind.OWN_PUBLISHED:
        return True
    if notice.comment is not None:
        return notice.comment.is_public
    return is_named(notice)


def address(notice: Notification) -> str:
    """Without the host, in the language that is active."""
    if notice.decision is not None:
        return reverse("notice", args=[notice.uuid])
    proposal = notice.proposal
    if proposal is None:
        return reverse("inbox")
    where = [proposal.budget.slug, proposal.public_number]
    if notice.comment is not None:
        return reverse("comment_thread", args=[*where, notice.comment.uuid])
    return reverse("proposal", args=where)
