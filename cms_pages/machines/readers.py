"""Citizens' words for a reader of another language: by the town's machine, once for all readers, within limits."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.strings import StringValue

from cms_pages.machines.failures import MachineFailed
from participation.actions.machine_translations import keep_machine_translation, noun
from participation.models import Comment, MachineTranslation, Proposal
from participation.refusals import ActionRefused, Refusal

FIELDS = {"proposal": ("title", "what_and_why", "who_benefits"), "comment": ("body",)}
A_DAY = 24 * 3600


@dataclass(frozen=True)
class Translated:
    """`words` by field, in `language`, from the language of `subject`."""

    subject: Proposal | Comment
    language: str
    machine: str
    words: dict[str, str]


def is_offered(spoken: str, language: str) -> bool:
    """Whether there is a machine, and it would say something else than what is there."""
    machine = get_machine_translator() if settings.READER_TRANSLATIONS_A_DAY else None
    return bool(machine and spoken and machine.can_translate(named(spoken), named(language)))


def named(language: str) -> Locale:
    return Locale(language_code=language)


def translated(subject: Proposal | Comment, language: str, *, at: datetime, count: Callable[[], None]) -> Translated:
    """From what is kept, else from the machine. `count` counts a question to it, and may refuse it.

    Raises MachineFailed, and ActionRefused where there were too many questions. For public words alone.
    """
    assert subject.is_public
    [kind] = noun(subject)
    words = {name: getattr(subject, name) for name in FIELDS[kind] if getattr(subject, name)}
    digest = digest_of(subject.language, language, words)
    kept = MachineTranslation.objects.filter(**noun(subject), language=language, digest=digest).first()
    if kept is None:
        count()
        count_for_the_day(at)
        said, machine = said_by_machine(words, subject.language, language)
        kept = keep_machine_translation(
            subject=subject, language=language, digest=digest, source=words, words=said, machine=machine, at=at
        )
    if kept is None:
        raise MachineFailed
    return Translated(subject, language, kept.machine, kept.words)


def digest_of(spoken: str, language: str, words: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps([spoken, language, words], sort_keys=True).encode()).hexdigest()


def said_by_machine(words: dict[str, str], spoken: str, language: str) -> tuple[dict[str, str], str]:
    machine = get_machine_translator()
    strings = {name: StringValue.from_plaintext(text.replace("\r\n", "\n")) for name, text in words.items()}
    found = machine.translate(named(spoken), named(language), list(strings.values()))
    if any(string not in found for string in strings.values()):
        raise MachineFailed
    return {name: found[string].render_text() for name, string in strings.items()}, str(machine.display_name)


def count_for_the_day(at: datetime) -> None:
    key = f"machine-translations-{at:%Y-%m-%d}"
    cache.add(key, 0, A_DAY)
    if cache.incr(key) > settings.READER_TRANSLATIONS_A_DAY:
        raise ActionRefused(Refusal.TOO_FAST)
