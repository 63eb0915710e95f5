from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale


class Category(Identity):
    """A theme, such as mobility or nature."""

    slug = models.SlugField(_("address"), max_length=80, unique=True, allow_unicode=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("category"), _("categories")
        ordering = ["slug"]


class CategoryText(Text):
    identity = models.ForeignKey(Category, models.CASCADE, related_name="texts", verbose_name=_("category"))
    name = models.CharField(_("name"), max_length=120)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("category text"), _("category texts")
        constraints = [one_text_per_locale("category")]

    def __str__(self) -> str:
        return self.name
