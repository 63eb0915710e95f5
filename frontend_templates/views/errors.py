from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontend_templates.context import STYLESHEETS


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "base/error.html", {"status": status, "stylesheets": STYLESHEETS}, status=status)
