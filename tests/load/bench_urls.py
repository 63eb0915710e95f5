import uuid

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

from site_config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

TABLE = "CREATE TABLE IF NOT EXISTS bench_row (id varchar(36) PRIMARY KEY, content text NOT NULL)"
INSERT = "INSERT INTO bench_row (id, content) VALUES (%s, %s)"


def bare(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and one INSERT: the least that a view which stores something does."""
    assert request.user.is_authenticated
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [str(uuid.uuid4()), request.body.decode()])
    return JsonResponse({"receipt": ""}, status=201)


urlpatterns = [path("bench/bare/", bare), *urlpatterns]
