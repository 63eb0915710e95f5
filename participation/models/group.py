import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from participation.choices import GroupKind
from participation.names import LONGEST


class CitizenGroupQuerySet(models.QuerySet):
    def of(self, person) -> Self:
        """Those in whose name the person may act, by name."""
        return self.filter(contact=person).order_by("name", "pk")


class CitizenGroup(models.Model):
    """A school class, an association or other people who take part under one name, through an adult.

    What is written in its name has the person who wrote it as its author, and shows the group.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=GroupKind.choices)
    name = models.CharField(_("name"), max_length=LONGEST)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="groups_spoken_for",
        null=True,
        verbose_name=_("contact"),
        help_text=_("Nobody once the person is erased: nobody acts in its name any more."),
    )
    made_at = models.DateTimeField(_("made"))

    objects = CitizenGroupQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("group of citizens"), _("groups of citizens")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="citizen_group_name_once"),
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="citizen_group_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="citizen_group_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"
