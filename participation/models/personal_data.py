import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PersonalDataExportQuerySet(models.QuerySet):
    def of(self, person) -> Self:
        return self.filter(person=person).order_by("-asked_at", "-pk")

    def waiting(self) -> Self:
        return self.filter(made_at=None)

    def made(self) -> Self:
        return self.filter(made_at__isnull=False)

    def older_than(self, moment: datetime) -> Self:
        """Asked for before a moment. One that was never made goes with the others."""
        return self.filter(asked_at__lt=moment)


class PersonalDataExport(models.Model):
    """A file with all that is kept about a person, made when they asked for it and deleted some days later.

    The file is named after `uuid` and lies in a folder of its own, outside of the media.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="personal_data_exports", verbose_name=_("person")
    )
    asked_at = models.DateTimeField(_("asked for"), db_index=True)
    made_at = models.DateTimeField(_("made"), null=True)

    objects = PersonalDataExportQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("download of personal data"), _("downloads of personal data")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(made_at=None), name="personal_data_waits_once"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(made_at__gte=models.F("asked_at")),
                name="personal_data_made_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
