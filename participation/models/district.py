import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class District(models.Model):
    """A named area of the town. Its name is a proper name and is not translated."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True, help_text=_("A GeoJSON geometry."))

    class Meta:
        verbose_name, verbose_name_plural = _("district"), _("districts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
