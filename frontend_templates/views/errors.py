from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "base/error.html", {"status": status}, status=status)
