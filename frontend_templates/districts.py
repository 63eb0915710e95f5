"""What a map of a budget can show: districts that have a boundary, and tiles where the town has them."""

from django.conf import settings
from django.db.models import QuerySet

from participation.models import Budget, District

AREAS = ("Polygon", "MultiPolygon")


def drawn(budget: Budget) -> QuerySet[District]:
    """The districts that a budget has money for and that can be drawn."""
    return District.objects.filter(pk__in=budget.envelopes.values("district"), boundary__type__in=AREAS)


def has_map(budget: Budget) -> bool:
    return bool(settings.TILE_URL) or drawn(budget).exists()
