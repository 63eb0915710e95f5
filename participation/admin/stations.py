"""What a station prints: the cover sheet of each pack, and its protocol with the reconciliation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participation.admin.desk import PAPERS, allow
from participation.models import PaperBatch, PaperCount


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
    batches = PaperBatch.objects.filter(box=own.box, station=own.station)
    return render(request, "participation/admin/protocol.html", {"count": own, "batches": batches})
