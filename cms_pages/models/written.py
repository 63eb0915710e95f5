"""What readers send by the forms of pages: messages to the town, sign-ups for events. Erased after a while."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class ContactMessage(models.Model):
    """Written on a page. `page` is its translation key, the same in all languages; `page_title` what it was called."""

    page = models.UUIDField(editable=False)
    page_title = models.CharField(_("page"), max_length=255, editable=False)
    at = models.DateTimeField(_("when"), editable=False)
    name = models.CharField(_("name"), max_length=120, editable=False)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True, editable=False)
    email = models.EmailField(_("e-mail address"), editable=False)
    words = models.TextField(_("message"), max_length=5000, editable=False)
    language = models.CharField(_("language"), max_length=12, editable=False)
    handled = models.BooleanField(_("handled"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("message"), _("messages")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="messages_newest_first")]

    def __str__(self) -> str:
        return f"{self.name}: {self.page_title}"


class SignUpQuerySet(models.QuerySet):
    def of(self, event) -> models.QuerySet:
        """In the order in which they came: the first ones, as many as there are seats, have a place."""
        return self.filter(event=event.translation_key).order_by("pk")


class EventSignUp(models.Model):
    """Somebody who wants to come. `event` is the translation key of its page, the same in all languages.

    Who has a place and who waits is not stored: it follows from the order and the seats.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.UUIDField(editable=False)
    event_title = models.CharField(_("event"), max_length=255, editable=False)
    over_at = models.DateTimeField(_("event ends"), editable=False)
    at = models.DateTimeField(_("when"), editable=False)
    name = models.CharField(_("name"), max_length=120, editable=False)
    email = models.EmailField(_("e-mail address"), editable=False)
    needs = models.CharField(_("what they need to take part"), max_length=300, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=12, editable=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("sign-up"), _("sign-ups")
        ordering = ["event", "pk"]
        constraints = [models.UniqueConstraint("event", Lower("email"), name="event_sign_up_once")]
        indexes = [models.Index(fields=["event", "id"], name="sign_ups_in_order")]

    def __str__(self) -> str:
        return f"{self.name}: {self.event_title}"
