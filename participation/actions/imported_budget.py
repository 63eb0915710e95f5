"""The budget, the envelope and the voting phase that an imported file speaks of."""

import re
from datetime import UTC, date, datetime, time, timedelta

from anyascii import anyascii
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale

from participation.choices import BudgetStatus, PhaseKind
from participation.counting.money import NO_CURRENCY, quoted
from participation.counting.pb_format import PbFile, PbFormatError
from participation.counting.pb_limits import LIMIT_NAMES
from participation.counting.rules import Rule
from participation.models import (
    BallotBox,
    BallotBoxText,
    Budget,
    BudgetText,
    District,
    Envelope,
    EnvelopeText,
    Phase,
    PhaseText,
)

DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")


def words_of(meta: dict[str, str]) -> dict[str, object]:
    """The locale in which the file's words are stored, and their language where that is another one."""
    language = meta.get("language", "").lower()
    own = Locale.objects.filter(language_code=language).first()
    return {"locale": own or Locale.get_default(), "language": "" if own else language[:12]}


def title_of(meta: dict[str, str]) -> str:
    """Such as `Wieliczka, Green Budget 2023`."""
    places = [meta.get("unit") or meta.get("description") or "?", meta.get("subunit", "")]
    return f"{', '.join(filter(None, places))} {meta.get('instance', '')}".strip()[:200]


def currency_of(file: PbFile) -> str:
    currency = file.meta.get("currency", "").upper() or NO_CURRENCY
    if not re.fullmatch("[A-Z]{3}", currency):
        raise PbFormatError(f"The currency {quoted(currency)} is no ISO 4217 code of three letters.", 1)
    return currency


def storable(minor: int) -> int:
    """The amount. ValueError where a currency of four decimals makes it larger than the database can hold."""
    if minor > models.BigIntegerField.MAX_BIGINT:
        raise ValueError(f"An amount of {minor} minor units is too large to be stored.")
    return minor


def make_budget(file: PbFile, *, name: str, digest: str, at: datetime) -> tuple[Budget, bool]:
    """The budget and whether it is new: of two imports of one file at the same time the second finds the first's."""
    title = title_of(file.meta)
    slug = free_slug(title)
    try:
        with transaction.atomic():
            budget = Budget.objects.create(
                slug=slug,
                status=BudgetStatus.PUBLISHED,
                currency=currency_of(file),
                share_minor=storable(file.election.budget_minor),
                imported_from=name[:200],
                imported_sha256=digest,
            )
    except IntegrityError:
        if known := Budget.objects.filter(imported_sha256=digest).first():
            return known, False
        if not Budget.objects.filter(slug=slug).exists():
            raise
        return make_budget(file, name=name, digest=digest, at=at)  # another file has just taken the address
    introduction = file.meta.get("description", "")
    BudgetText.objects.create(identity=budget, title=title, introduction=introduction, **words_of(file.meta))
    return budget, True


def free_slug(title: str) -> str:
    stem = slugify(anyascii(title))[:60] or "election"
    taken = set(Budget.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def make_voting_phase(budget: Budget, meta: dict[str, str], *, at: datetime) -> None:
    """Only where the file states whole days that are over: a past election must not seem to be open."""
    first, last = (read_date(meta.get(key, "")) for key in ("date_begin", "date_end"))
    if first is None or last is None or last < first:
        return
    starts_at, ends_at = midnight(first), midnight(last + timedelta(days=1))
    if ends_at > at:
        return
    phase = Phase.objects.create(budget=budget, kind=PhaseKind.VOTING, starts_at=starts_at, ends_at=ends_at)
    PhaseText.objects.create(identity=phase, locale=Locale.get_default(), title=str(PhaseKind.VOTING.label))


def read_date(text: str) -> date | None:
    found = DATE.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def make_envelope(budget: Budget, file: PbFile, rule: Rule) -> Envelope:
    meta = file.meta
    box = BallotBox.objects.create(
        budget=budget,
        slug="vote",
        vote_type=file.election.vote_type,
        limits={key: meta[key] for key in sorted(LIMIT_NAMES) if meta.get(key)},
        counting_rule=rule.as_json(),
    )
    words, title = words_of(meta), meta.get("subunit") or title_of(meta)
    BallotBoxText.objects.create(identity=box, question=title[:300], **words)
    envelope = Envelope.objects.create(
        budget=budget,
        ballot_box=box,
        slug=slugify(anyascii(title))[:80] or "all",
        amount_minor=file.election.budget_minor,
        district=district_named(meta.get("district", "")),
        pabulib_meta=meta,
    )
    EnvelopeText.objects.create(identity=envelope, title=title[:200], **words)
    return envelope


def district_named(name: str) -> District | None:
    return District.objects.get_or_create(name=name[:200])[0] if name else None
