import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import MailState
from participation.models.proposal import Proposal

VALID_FOR = timedelta(days=14)


class CoAuthor(models.Model):
    """Somebody who was invited to a proposal and said yes. They are named beside its author and may change it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="co_authors", verbose_name=_("proposal"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="co_authored", verbose_name=_("person")
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name, verbose_name_plural = _("co-author"), _("co-authors")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="co_author_once")]

    def __str__(self) -> str:
        return self.person.public_name


class InvitationQuerySet(models.QuerySet):
    def open_at(self, at: datetime) -> Self:
        return self.filter(answered_at=None, expires_at__gt=at)

    def to(self, person) -> Self:
        return self.filter(person=person)


class Invitation(models.Model):
    """Asks somebody to be co-author: a person by their account, or whoever reads the mail to an address.

    The code of the mail is made when it is sent, and only its hash is kept. The address and the hash are forgotten as
    soon as somebody answers, or when the invitation has expired.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="invitations", verbose_name=_("proposal"))
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations_sent")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations", null=True, verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    code_hash = models.BinaryField(max_length=32, null=True, unique=True)
    mail = models.CharField(_("mail"), max_length=8, choices=MailState.choices, default=MailState.NONE)
    at = models.DateTimeField(_("when"))
    expires_at = models.DateTimeField(_("valid until"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    accepted = models.BooleanField(_("accepted"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mail__in=MailState.values), name="invitation_mail_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, accepted__isnull=True)
                | Q(answered_at__isnull=False, accepted__isnull=False, email="", code_hash__isnull=True),
                name="invitation_answered_forgets",
            ),
            models.CheckConstraint(condition=Q(person__isnull=True) | Q(email=""), name="invitation_to_one"),
            models.UniqueConstraint(
                fields=["proposal", "person"], condition=Q(answered_at=None), name="invitation_of_person_once"
            ),
        ]

    def __str__(self) -> str:
        return self.person.public_name if self.person else self.email
