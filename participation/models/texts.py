"""Words per locale, beside an identity that exists once.

A budget's costs and ids live in one row; its title lives in one text row per locale, a translatable snippet that
the same tool translates as pages. The translation key of a text is the UUID of its identity.
"""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField


class TextManager(models.Manager):
    """Words without their locale say nothing, so both are always loaded together."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("locale")


class Text(TranslatableMixin):
    """Base of every text row. Subclasses add `identity` (related_name "texts") and their fields."""

    language = models.CharField(
        _("language of the words"),
        max_length=12,
        blank=True,
        help_text=_("Only when the words are in another language than the locale, as in imported elections."),
    )

    override_translatable_fields = [SynchronizedField("language")]

    objects = TextManager()

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        self.translation_key = self.identity.uuid
        super().save(*args, **kwargs)

    @property
    def spoken(self) -> str:
        """The language tag of the words, for `lang=` in pages."""
        return self.language or self.locale.language_code


def one_text_per_locale(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["identity", "locale"], name=f"{name}_text_once_per_locale")


class IdentityQuerySet(models.QuerySet):
    def with_texts(self) -> Self:
        """Loads the words of all rows in one more query, whatever their number."""
        return self.prefetch_related("texts")


def identities_of(texts: models.QuerySet) -> list["Identity"]:
    """What these words belong to, with the words, in one query where identities with their texts take two."""
    found: dict[int, tuple[Identity, list[Text]]] = {}
    for text in texts.select_related("identity", "locale").order_by("identity", "pk"):
        found.setdefault(text.identity_id, (text.identity, []))[1].append(text)
    return [known(identity, "texts", words) for identity, words in found.values()]


def known(record: models.Model, name: str, rows: list) -> models.Model:
    """The record with these rows as if they had been prefetched under the name."""
    prefetched = models.QuerySet(record._meta.get_field(name).related_model).none()
    prefetched._result_cache, prefetched._prefetch_done = rows, True
    cache = getattr(record, "_prefetched_objects_cache", {})
    record._prefetched_objects_cache = {**cache, name: prefetched}
    return record


class Identity(models.Model):
    """Base of everything that has words in several locales."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.text or self.uuid)

    @property
    def text(self):
        """The words in the language now active, else in the town's own, else in any; None without words."""
        return self.text_in(get_language() or settings.LANGUAGE_CODE)

    def text_in(self, language_code: str):
        preference = {language_code: 0, settings.LANGUAGE_CODE: 1}
        words = sorted(self.texts.all(), key=lambda text: text.pk)
        return min(words, key=lambda text: preference.get(text.locale.language_code, 2), default=None)
