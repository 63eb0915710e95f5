"""What anybody needs to count again: the ballots, the result as data, and the script."""

import inspect
import tempfile
import zipfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.static import serve

from frontend_templates.districts import drawn
from frontend_templates.views.results import public_result
from participation import recount
from participation.ballot_box import keys
from participation.choices import BoxState
from participation.counted_election import decisions_on
from participation.exports import pabulib, result_csv, result_json
from participation.exports.publishing import bundle_folder
from participation.models import BallotBox, Budget


@require_safe
def ballots(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    result = public_result(slug, envelope)
    if not pabulib.is_recountable(result.envelope):
        raise Http404
    return attached(pabulib.lines(result), "text/plain", "ballots.pb")


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
    features = [
        {"type": "Feature", "properties": {"name": area.name}, "geometry": area.boundary} for area in drawn(budget)
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


@require_safe
def recount_script(request: HttpRequest) -> HttpResponse:
    script = open(inspect.getfile(recount), "rb")  # noqa: PTH123, SIM115 - the response closes it
    return FileResponse(script, as_attachment=True, filename="recount.py", content_type="text/x-python")


@require_safe
def bundle_file(request: HttpRequest, uuid: UUID, name: str) -> HttpResponse:
    """One file of a published vote's bundle."""
    box = get_object_or_404(BallotBox.objects.public(), uuid=uuid, state=BoxState.PUBLISHED)
    path = next((path for path in bundle_folder(box).iterdir() if path.name == name), None)
    if path is None:
        raise Http404
    file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")


@require_safe
def bundle_zip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The whole bundle, ready for `recount.py`."""
    box = get_object_or_404(BallotBox.objects.public(), uuid=uuid, state=BoxState.PUBLISHED)
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(bundle_folder(box).iterdir()):
            archive.write(path, f"{box.budget.slug}-{box.slug}/{path.name}")
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"{box.budget.slug}-{box.slug}.zip")


@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """By which the signature of every bundle is checked."""
    return HttpResponse(keys.public_key_pem(), content_type="application/x-pem-file")


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
