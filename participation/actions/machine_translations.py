"""Machine translations of citizens' words: kept for the next reader, and thrown away with the words."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from participation.models import Comment, MachineTranslation, Proposal

MOST = 20_000


def noun(subject: Proposal | Comment) -> dict[str, Any]:
    return {"comment" if isinstance(subject, Comment) else "proposal": subject}


@transaction.atomic
def keep_machine_translation(
    *,
    subject: Proposal | Comment,
    language: str,
    digest: str,
    source: dict[str, str],
    words: dict[str, str],
    machine: str,
    at: datetime,
) -> MachineTranslation | None:
    """`source` is what it was made of.

    None where the words were hidden, erased or changed while the machine was at work, and so are kept no more.
    """
    present = type(subject)._default_manager.public().select_for_update(of=("self",)).filter(pk=subject.pk).first()
    if present is None or any(getattr(present, name) != said for name, said in source.items()):
        return None
    values = {"digest": digest, "words": words, "machine": machine, "at": at}
    kept, is_new = MachineTranslation.objects.update_or_create(**noun(subject), language=language, defaults=values)
    if is_new:
        keep_the_newest()
    return kept


def keep_the_newest() -> None:
    """The table never grows beyond a bound."""
    oldest = MachineTranslation.objects.order_by("-at", "-pk").values_list("at", flat=True)[MOST : MOST + 1]
    for at in oldest:
        MachineTranslation.objects.filter(at__lte=at).delete()


def forget_machine_translations(subject: Proposal | Comment) -> None:
    MachineTranslation.objects.filter(**noun(subject)).delete()


def erase_machine_translations(at: datetime, kept: timedelta) -> None:
    MachineTranslation.objects.filter(at__lt=at - kept).delete()
