import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import ConsentState

ANSWER_WITHIN = timedelta(days=14)


class GuardianConsentQuerySet(models.QuerySet):
    def of(self, person) -> Self:
        return self.filter(person=person).order_by("-asked_at", "-pk")

    def current(self) -> Self:
        """What waits for an answer or holds."""
        return self.filter(state__in=[ConsentState.WAITING, ConsentState.GIVEN])


class GuardianConsent(models.Model):
    """That a parent or guardian was asked whether a young person may take part, and what they said to which text.

    `text_version` names the template that the guardian read. Whether somebody may take part now stands on the person.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardian_consents", verbose_name=_("person")
    )
    contact = models.EmailField(_("e-mail address of the guardian"))
    state = models.CharField(_("state"), max_length=8, choices=ConsentState.choices, default=ConsentState.WAITING)
    text_version = models.PositiveSmallIntegerField(_("version of the text"))
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = GuardianConsentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("consent of a guardian"), _("consents of guardians")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[ConsentState.WAITING, ConsentState.GIVEN]),
                name="guardian_consent_one_current",
            ),
            models.CheckConstraint(
                condition=Q(state=ConsentState.WAITING, answered_at__isnull=True, ended_at__isnull=True)
                | Q(
                    state__in=[ConsentState.GIVEN, ConsentState.REFUSED],
                    answered_at__isnull=False,
                    ended_at__isnull=True,
                )
                | Q(state=ConsentState.ENDED, ended_at__isnull=False),
                name="guardian_consent_says_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def can_be_answered(self, at: datetime) -> bool:
        return self.state == ConsentState.WAITING and at < self.asked_at + ANSWER_WITHIN
