"""What translators do with many works at once. Each work stands for itself: one that fails hinders no other."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.operations import translate_object

from cms_pages.translation.timing import keep_time
from cms_pages.translation.works import State, Work
from participation.models import Person

AT_ONCE = 200


def begin(actor: Person, works: list[Work]) -> int:
    """Sends to translators what was not yet sent; pages below one another in their order."""
    waiting = [work for work in works if work.state == State.NOT_BEGUN and work.may_begin][:AT_ONCE]
    for work in waiting:
        record = work.record.specific if isinstance(work.record, Page) else work.record
        translate_object(record, [work.locale], user=actor)
    return len(waiting)


def take_over(works: list[Work]) -> int:
    """Puts the present words of changed sources before translators; what they said of the rest stays."""
    old = [work for work in works if work.state == State.OUTDATED and work.may_edit][:AT_ONCE]
    for work in old:
        work.translation.source.update_from_db()
    return len(old)


def publish(actor: Person, works: list[Work]) -> tuple[int, list[str]]:
    """What is complete and may be shown: how many were published, and the titles of those that could not be."""
    ready = [work for work in works if work.state == State.READY and work.may_publish][:AT_ONCE]
    failed = []
    for work in ready:
        try:
            with transaction.atomic():
                keep_time(work.target, work.record)
                work.translation.save_target(user=actor, publish=True)
        except ValidationError:
            failed.append(work.title)
    return len(ready) - len(failed), failed
