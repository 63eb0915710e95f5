"""What went wrong, said in the language of who asked: a page on the site, a problem document in the API."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError

from api.account_input import too_large
from api.errors import problem_response
from cms_pages.storage import StorageDownError
from frontend_templates.views.errors import error_page


def answer(request: HttpRequest, status: int) -> HttpResponse:
    if request.path_info.startswith("/_allauth/") and status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return too_large()
    if request.path_info.startswith(("/api/", "/_allauth/")):
        return problem_response(status)
    return error_page(request, status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database or the storage of uploads does not answer: that passes, and nothing was done.

    400 where Wagtail misses a field of its own form: only forms made by hand lack one.
    """
    match sys.exc_info()[1]:
        case OperationalError() | InterfaceError() | StorageDownError():
            return answer(request, 503)
        case MultiValueDictKeyError():
            return answer(request, 400)
    return answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403)
