"""What anybody needs to count again: the ballots, the result as data, and the script."""

import inspect

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from frontend_templates.views.results import public_result
from participation import recount
from participation.exports import pabulib, result_csv, result_json


@require_safe
def ballots(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    return attached(pabulib.lines(public_result(slug, envelope)), "text/plain", "ballots.pb")


@require_safe
def table(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    return attached(result_csv.lines(public_result(slug, envelope)), "text/csv", "result.csv")


@require_safe
def document(request: HttpRequest, slug: str, envelope: str) -> HttpResponse:
    return JsonResponse(result_json.document(public_result(slug, envelope)))


@require_safe
def recount_script(request: HttpRequest) -> HttpResponse:
    script = open(inspect.getfile(recount), "rb")  # noqa: PTH123, SIM115 - the response closes it
    return FileResponse(script, as_attachment=True, filename="recount.py", content_type="text/x-python")


def attached(lines, content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
