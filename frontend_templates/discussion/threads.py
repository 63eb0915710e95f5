"""Comments for a page: some threads, each with its first replies, in a fixed number of queries."""

from dataclasses import dataclass, field

from django.core.paginator import Page
from django.db.models import Count, QuerySet, Window
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frontend_templates.paging import CountingPaginator
from frontend_templates.project_filters import SEEDS, Link
from participation.models import Comment, Person, Proposal

THREADS, REPLIES, FEW = 20, 5, 3
ORDERS: dict[str, str | Promise] = {
    "newest": _("Newest first"),
    "useful": _("Most useful first"),
    "random": _("In random order"),
}


@dataclass
class Thread:
    """`more` is how many replies are left out."""

    root: Comment
    replies: list[Comment] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What means nothing is passed over."""

    order: str
    seed: int

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        seed = query.get("seed", "")
        is_seed = seed.isascii() and seed.isdigit() and len(seed) < 4 and int(seed) < SEEDS
        order = query.get("order", "")
        return cls(order if order in ORDERS else "newest", int(seed) if is_seed else 0)

    def sorted(self, comments: QuerySet) -> QuerySet:
        if self.order == "random":
            return comments.shuffled_from(self.seed / SEEDS)
        return comments.most_useful() if self.order == "useful" else comments.newest()

    @property
    def address(self) -> str:
        return f"?order={self.order}&seed={self.seed}"

    @property
    def links(self) -> list[Link]:
        return [
            Link(str(label), f"?order={name}&seed={self.seed}", name == self.order) for name, label in ORDERS.items()
        ]


def page_of_threads(proposal: Proposal, person: Person | None, asked: Asked, number: object) -> Page:
    shown = proposal.comments.seen_by(person).with_everything()
    page = CountingPaginator(asked.sorted(shown.roots()), THREADS).get_page(number)
    threads = {root.pk: Thread(root) for root in page.object_list}
    for reply in shown.filter(root__in=threads).first_of_each_thread(REPLIES):
        thread = threads[reply.root_id]
        thread.replies.append(reply)
        thread.more = reply.in_thread - len(thread.replies)
    page.object_list = list(threads.values())
    return page


def latest(proposal: Proposal, person: Person | None) -> list[Comment]:
    """The few newest, each with how many there are in all."""
    shown = proposal.comments.seen_by(person).with_everything().newest()
    return list(shown.annotate(in_all=Window(Count("pk")))[:FEW])
