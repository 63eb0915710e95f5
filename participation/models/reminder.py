from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.models.ballot_box import BallotBox


class Reminder(models.Model):
    """That somebody on a roll was reminded of the vote, whether they have voted or not: nobody can know that."""

    box = models.ForeignKey(BallotBox, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("reminder"), _("reminders")
        constraints = [models.UniqueConstraint(fields=["box", "person"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.box_id}/{self.person_id}"
