"""What anybody needs to count again: the ballots, the result as data, and the script."""

import inspect
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.static import serve

from frontend_templates.views.results import public_result
from participation import recount
from participation.counted_election import decisions_on
from participation.exports import pabulib, result_csv, result_json
from participation.models import Budget, District

AREAS = ("Polygon", "MultiPolygon")


@require_safe
def ballots(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    return attached(pabulib.lines(public_result(slug, envelope)), "text/plain", "ballots.pb")


@require_safe
def table(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    return attached(result_csv.lines(public_result(slug, envelope)), "text/csv", "result.csv")


@require_safe
def decisions(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    projects = public_result(slug, envelope).envelope.projects.in_recorded_order().with_decisions()
    response = JsonResponse(decisions_on(list(projects)).as_json())
    response["Content-Disposition"] = 'attachment; filename="decisions.json"'
    return response


@require_safe
def document(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    return JsonResponse(result_json.document(public_result(slug, envelope)))


@require_safe
def districts(request: HttpRequest, slug: str) -> HttpResponse:
    """The boundaries of the districts that a budget has money for, as GeoJSON, for the map of its projects."""
    budget = get_object_or_404(Budget.objects.public(), slug=slug)
    areas = District.objects.filter(pk__in=budget.envelopes.values("district"), boundary__type__in=AREAS)
    features = [{"type": "Feature", "properties": {"name": area.name}, "geometry": area.boundary} for area in areas]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


@require_safe
def recount_script(request: HttpRequest) -> HttpResponse:
    script = open(inspect.getfile(recount), "rb")  # noqa: PTH123, SIM115 - the response closes it
    return FileResponse(script, as_attachment=True, filename="recount.py", content_type="text/x-python")


@require_safe
def public_image(request: HttpRequest, path: str) -> HttpResponse:
    """Renditions of pictures, where no server in front serves them. Originals and documents are not public."""
    response = serve(request, path, document_root=Path(settings.MEDIA_ROOT) / "images")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def attached(lines, content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
