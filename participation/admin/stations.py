"""What a station prints: the cover sheet of each pack, and its protocol with the reconciliation."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participation.actions.box_closing import difference
from participation.admin.desk import PAPERS, allow
from participation.models import KeyedPaper, PaperBatch, PaperCount


@dataclass(frozen=True)
class Reconciled:
    """A station's urn for one box: `valid` are the papers that were keyed, `difference` those less the marks."""

    count: PaperCount
    valid: int
    difference: int
    batches: list[PaperBatch]


@require_safe
def cover(request: HttpRequest, batch: int) -> HttpResponse:
    allow(request, PAPERS)
    own = get_object_or_404(PaperBatch.objects.select_related("box__budget", "station"), pk=batch)
    return render(request, "participation/admin/cover.html", {"batch": own})


@require_safe
def protocol(request: HttpRequest, count: int) -> HttpResponse:
    """To print and sign: marks, valid, blank and spoilt papers, and what explains a difference."""
    allow(request, PAPERS)
    own = get_object_or_404(PaperCount.objects.select_related("box__budget", "station"), pk=count)
    return render(request, "participation/admin/protocol.html", {"one": reconciled(own)})


def reconciled(count: PaperCount) -> Reconciled:
    batches = list(PaperBatch.objects.filter(box=count.box, station=count.station))
    valid = KeyedPaper.objects.filter(batch__in=batches, is_second=False).count()
    return Reconciled(count, valid, difference(count), batches)
