"""Which pages everybody may read."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction


def public(pages: QuerySet) -> QuerySet:
    """Those that are live and below no private page, with their locale. Asks nothing beside the pages themselves."""
    path = ExpressionWrapper(OuterRef("path"), CharField())
    above = PageViewRestriction.objects.alias(below=path).filter(below__startswith=F("page__path"))
    return pages.live().exclude(Exists(above)).select_related("locale")
