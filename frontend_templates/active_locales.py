"""Of all languages Django knows, only those that staff made a locale of have pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path

from participation.locales import active_languages


class ActiveLocales:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        language = get_language_from_path(request.path_info)
        if not language:
            return
        request.active_languages = active_languages()
        if language not in request.active_languages:
            raise Http404
