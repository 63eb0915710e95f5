"""What is too large is refused before any of it is read: 413, by what the request says of its length.

A request that says nothing of its length has no body here: the server reads none without it.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from site_config.errors import answer

STAFF = "/cms/"
IN_PARTS = "multipart/form-data"


class UploadLimits:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if length_of(request) <= limit_for(request):
            return self.get_response(request)
        response = answer(request, 413)
        response["Cache-Control"] = "no-store"
        return response


def length_of(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told[:19]) if told.isascii() and told.isdigit() else 0


def limit_for(request: HttpRequest) -> int:
    """Forms with files may be larger than others, and staff's larger still."""
    if request.content_type != IN_PARTS:
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return settings.MOST_UPLOADED_BY_STAFF if request.path_info.startswith(STAFF) else settings.MOST_UPLOADED
