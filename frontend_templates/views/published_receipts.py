"""The receipts of a published vote, asked for by two characters: no whole receipt reaches the server."""

from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participation.ballot_box.receipts import as_typed, grouped
from participation.choices import BoxState
from participation.models import BallotBox, PublishedReceipt

BEGINNING = 2


@require_safe
def published_receipts(request: HttpRequest, slug: str, box: str) -> HttpResponse:
    boxes = BallotBox.objects.public().with_texts().select_related("budget").prefetch_related("budget__texts")
    own = get_object_or_404(boxes, budget__slug=slug, slug=box, state=BoxState.PUBLISHED)
    begins = as_typed(request.GET.get("begins", ""))[:BEGINNING]
    context = {
        "budget": own.budget,
        "box": own,
        "begins": begins,
        "beginnings": beginnings(own),
        "codes": codes(own, begins) if len(begins) == BEGINNING else None,
    }
    return render(request, "participation/vote/published_receipts.html", context)


def beginnings(box: BallotBox) -> list[str]:
    """The first two characters of all codes."""
    found = PublishedReceipt.objects.filter(box=box).values_list(Substr("code", 1, BEGINNING), flat=True)
    return list(found.distinct().order_by(Substr("code", 1, BEGINNING)))


def codes(box: BallotBox, begins: str) -> list[str]:
    found = PublishedReceipt.objects.filter(box=box, code__startswith=begins).order_by("code")
    return [grouped(code) for code in found.values_list("code", flat=True)]
