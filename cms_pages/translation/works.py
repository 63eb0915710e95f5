"""All that can be translated, in one list: pages, snippets and the words of the budget, with what is done of each."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, F, Max, Model, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
    get_edit_url,
)

from cms_pages.translation.access import Access
from cms_pages.translation.timing import is_settled, pages_with_an_hour
from participation.models import Person


class State(TextChoices):
    NOT_BEGUN = "not-begun", _("Not begun")
    OUTDATED = "outdated", _("Outdated: the source has changed")
    INCOMPLETE = "incomplete", _("Incomplete")
    READY = "ready", _("Complete, not published")
    DONE = "done", _("Complete")
    OWN = "own", _("Written in this language itself")


OPEN = (State.NOT_BEGUN, State.OUTDATED, State.INCOMPLETE, State.READY)


@dataclass(frozen=True)
class Work:
    """One thing in one language. `record` is its source, `target` what there is in the language, if anything."""

    record: Model
    target: Model | None
    locale: Locale
    translation: Translation | None
    state: State
    total: int
    done: int
    may_edit: bool
    may_begin: bool
    may_publish: bool

    @property
    def title(self) -> str:
        return getattr(self.record, "draft_title", "") or str(self.record)

    @property
    def kind(self) -> str:
        return kind_of(self.record)

    @property
    def kind_name(self) -> str:
        return capfirst(model_of(self.record)._meta.verbose_name)

    @property
    def percent(self) -> int:
        """Rounded down: a hundred means that nothing is missing."""
        if self.state in {State.OWN, State.NOT_BEGUN}:
            return 100 if self.state == State.OWN else 0
        return self.done * 100 // self.total if self.total else 100

    @property
    def edit_address(self) -> str:
        return get_edit_url(self.target) if self.may_edit and self.target is not None else ""


def model_of(record: Model) -> type[Model]:
    return record.specific_class or Page if isinstance(record, Page) else type(record)


def kind_of(record: Model) -> str:
    return model_of(record)._meta.model_name


def snippet_models() -> list[type[Model]]:
    return sorted(
        (model for model in get_snippet_models() if issubclass(model, TranslatableMixin)),
        key=lambda model: model._meta.label,
    )


@dataclass
class Catalogue:
    """What there is, read in a number of queries that depends on the kinds alone."""

    person: Person
    records: list[Model] = field(default_factory=list)

    def __post_init__(self) -> None:
        pages = Page.objects.filter(depth__gt=1).select_related("locale", "content_type").order_by("path")
        self.records = list(pages)
        for model in snippet_models():
            self.records += model._default_manager.select_related("locale").order_by("pk")

    @cached_property
    def locales(self) -> list[Locale]:
        return sorted(Locale.objects.all(), key=lambda locale: locale.get_display_name())

    @cached_property
    def access(self) -> Access:
        return Access(self.person)

    @cached_property
    def families(self) -> dict[UUID, dict[int, Model]]:
        """Everything by its translation key, and by its locale below that."""
        found: dict[UUID, dict[int, Model]] = defaultdict(dict)
        for record in self.records:
            found[record.translation_key][record.locale_id] = record
        return found

    @cached_property
    def translations(self) -> dict[tuple[UUID, int], Translation]:
        rows = Translation.objects.filter(enabled=True).select_related("source", "target_locale")
        rows = rows.defer("source__content_json")
        return {(row.source.object_id, row.target_locale_id): row for row in rows}

    @cached_property
    def totals(self) -> dict[int, int]:
        counted = StringSegment.objects.values("source").annotate(n=Count("pk")).order_by()
        return dict(counted.values_list("source", "n"))

    @cached_property
    def done(self) -> dict[tuple[int, int], int]:
        """How many strings of a source are translated into a locale."""
        said = StringSegment.objects.filter(
            string__translations__context_id=F("context_id"), string__translations__has_error=False
        )
        counted = said.values("source", "string__translations__locale").annotate(n=Count("pk", distinct=True))
        rows = counted.order_by().values_list("source", "string__translations__locale", "n")
        return {(source, locale): n for source, locale, n in rows}

    @cached_property
    def said_at(self) -> dict[tuple[UUID, int], datetime]:
        """When words of a translation were last changed."""
        newest = StringTranslation.objects.exclude(context=None).values("context__object", "locale").order_by()
        rows = newest.annotate(at=Max("updated_at")).values_list("context__object", "locale", "at")
        return {(key, locale): at for key, locale, at in rows}

    @cached_property
    def saved_at(self) -> dict[tuple[int, int], datetime]:
        """When the words were last put into what they translate."""
        rows = TranslationLog.objects.values("source", "locale").order_by().annotate(at=Max("created_at"))
        return {(source, locale): at for source, locale, at in rows.values_list("source", "locale", "at")}

    @cached_property
    def kept_words(self) -> dict[int, dict]:
        """The sources of snippets as they were when they were last sent to translators."""
        rows = TranslationSource.objects.exclude(specific_content_type__in=self.page_types)
        return {pk: json.loads(text) for pk, text in rows.values_list("pk", "content_json")}

    @cached_property
    def page_types(self) -> set[int]:
        return {record.content_type_id for record in self.records if isinstance(record, Page)}

    def works(self, locale: Locale) -> list[Work]:
        """What this person has to do with, in one language."""
        return [work for work in self.all_works(locale) if work.may_edit or work.may_begin or self.may_see(work)]

    def may_see(self, work: Work) -> bool:
        return self.access.may_edit(work.record)

    def all_works(self, locale: Locale) -> Iterator[Work]:
        for key, family in self.families.items():
            translation = self.translations.get((key, locale.pk))
            record = family.get(translation.source.locale_id) if translation else self.source_of(family)
            if record is not None and record.locale_id != locale.pk and (translation or self.is_settled(record)):
                yield self.work(record, real(family.get(locale.pk)), locale, translation)

    def source_of(self, family: dict[int, Model]) -> Model | None:
        """What was sent to translators already, else the words in the town's own language, else the oldest."""
        records = [one for one in family.values() if real(one)]
        return min(
            records, key=lambda one: (not self.was_sent(one), one.locale_id != self.own_locale, one.pk), default=None
        )

    def was_sent(self, record: Model) -> bool:
        return (record.translation_key, record.locale_id) in self.sent

    @cached_property
    def sent(self) -> set[tuple[UUID, int]]:
        return {(row.source.object_id, row.source.locale_id) for row in self.translations.values()}

    @cached_property
    def with_an_hour(self) -> set[int]:
        return pages_with_an_hour()

    def is_settled(self, record: Model) -> bool:
        return is_settled(record, self.with_an_hour)

    @cached_property
    def own_locale(self) -> int:
        return Locale.get_default().pk

    def work(self, record: Model, target: Model | None, locale: Locale, translation: Translation | None) -> Work:
        source = translation.source_id if translation else 0
        total, done = self.totals.get(source, 0), self.done.get((source, locale.pk), 0)
        access = self.access
        return Work(
            record=record,
            target=target,
            locale=locale,
            translation=translation,
            state=self.state(record, target, translation, is_whole=done >= total),
            total=total,
            done=done,
            may_edit=target is not None and access.may_edit(target),
            may_begin=target is None
            and access.may_begin(record, self.target_of_parent(record, locale), is_settled=self.is_settled(record)),
            may_publish=target is not None and self.is_settled(record) and access.may_publish(target),
        )

    def state(self, record: Model, target: Model | None, translation: Translation | None, *, is_whole: bool) -> State:
        if translation is None or target is None:
            return State.NOT_BEGUN if target is None else State.OWN
        if self.is_outdated(record, translation):
            return State.OUTDATED
        if not is_whole:
            return State.INCOMPLETE
        return State.DONE if self.is_shown(target, translation) else State.READY

    def is_outdated(self, record: Model, translation: Translation) -> bool:
        if isinstance(record, Page):
            return bool(record.last_published_at and record.last_published_at > translation.source.last_updated_at)
        return self.kept_words.get(translation.source_id) != words_of(record)

    def is_shown(self, target: Model, translation: Translation) -> bool:
        said = self.said_at.get((translation.source.object_id, translation.target_locale_id))
        saved = self.saved_at.get((translation.source_id, translation.target_locale_id))
        is_saved = saved is not None and (said is None or said <= saved)
        if not is_saved or not isinstance(target, Page):
            return is_saved
        return target.pk in self.with_an_hour or (target.live and not target.has_unpublished_changes)

    def target_of_parent(self, record: Model, locale: Locale) -> Page | None:
        if not isinstance(record, Page):
            return None
        parent = self.pages_by_path.get(record.path[: -Page.steplen])
        found = self.families[parent.translation_key].get(locale.pk) if parent else None
        return found if isinstance(found, Page) else None

    @cached_property
    def pages_by_path(self) -> dict[str, Page]:
        return {record.path: record for record in self.records if isinstance(record, Page)}


def real(record: Model | None) -> Model | None:
    """A page that only mirrors another is nobody's words."""
    return None if record is None or getattr(record, "alias_of_id", None) else record


def words_of(record: Model) -> dict:
    """As the translation tool keeps them."""
    if isinstance(record, ClusterableModel):
        return json.loads(record.to_json())
    return json.loads(json.dumps(get_serializable_data_for_fields(record), cls=DjangoJSONEncoder))


def percent_of(works: list[Work]) -> int:
    return sum(work.percent for work in works) // len(works) if works else 100
