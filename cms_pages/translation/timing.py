"""A translation is public from the moment, and until the moment, that its source is."""

from django.db.models import Model
from wagtail.models import Page, Revision


def pages_with_an_hour() -> set[int]:
    """Those of which a version is approved and waits for its hour."""
    waiting = Revision.page_revisions.exclude(approved_go_live_at=None).values_list("object_id", flat=True)
    return {int(pk) for pk in waiting}


def is_settled(record: Model, with_an_hour: set[int]) -> bool:
    """Whether readers see it, or will at its hour without anybody's doing."""
    return getattr(record, "live", True) or (isinstance(record, Page) and record.pk in with_an_hour)


def keep_time(target: Model, source: Model) -> None:
    """To be called before the translation is published: where its source waits for an hour, it waits too."""
    if isinstance(source, Page):
        Page.objects.filter(pk=target.pk).update(go_live_at=source.go_live_at, expire_at=source.expire_at)
