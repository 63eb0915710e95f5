from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import Role
from participation.models.budget import Budget


class RoleAssignmentQuerySet(models.QuerySet):
    def held_by(self, person, budget: Budget | None = None) -> Self:
        """A person's roles in one budget: those given for it, and those given for the whole town."""
        return self.filter(Q(budget=None) | Q(budget=budget) if budget else Q(budget=None), person=person)


class RoleAssignment(models.Model):
    """A person's role in one budget, or in the whole town when no budget is named."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles", verbose_name=_("person"))
    budget = models.ForeignKey(
        Budget, models.CASCADE, related_name="roles", null=True, blank=True, verbose_name=_("budget")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("role"), _("roles")
        constraints = [
            models.UniqueConstraint(fields=["person", "budget", "role"], name="role_once_per_budget"),
            models.UniqueConstraint(fields=["person", "role"], condition=Q(budget=None), name="role_once_per_town"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
