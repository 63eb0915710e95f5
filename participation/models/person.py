import secrets
import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.choices import Mails


class PersonManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def working_for_the_administration(self) -> models.QuerySet:
        return self.filter(Q(is_staff=True) | Q(is_superuser=True) | Q(roles__isnull=False)).distinct()

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. When they last signed in is kept nowhere: it could be set beside ballots.

    `session_salt` goes into the hash that every session carries: turning it ends them all. Of an erased account the
    row alone is left, for what names it: authorship, and entries of rolls.
    """

    last_login = None

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("display name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("works for the administration"), default=False)
    mails = models.CharField(_("mails"), max_length=8, choices=Mails.choices, default=Mails.AT_ONCE)
    blocked_until = models.DateTimeField(_("cannot write until"), null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    session_salt = models.CharField(max_length=32, blank=True, editable=False)
    reminders = models.BooleanField(_("reminders of votes by e-mail"), default=False)
    reminders_agreed_at = models.DateTimeField(_("agreed to reminders"), null=True, editable=False)
    born = models.DateField(
        _("date of birth"),
        null=True,
        blank=True,
        help_text=_("Nobody else sees it. Empty it and the person is asked once more."),
    )
    guardian_contact = models.CharField(_("contact of a guardian"), max_length=254, blank=True)
    guardian_agreed_at = models.DateTimeField(_("guardian agreed"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = PersonManager()

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(
                condition=Q(reminders=True, reminders_agreed_at__isnull=False)
                | Q(reminders=False, reminders_agreed_at__isnull=True),
                name="person_reminders_agreed",
            ),
            models.CheckConstraint(
                condition=Q(guardian_agreed_at__isnull=True) | ~Q(guardian_contact=""),
                name="person_guardian_agreed_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    is_active=False,
                    display_name="",
                    language="",
                    born__isnull=True,
                    guardian_contact="",
                    reminders=False,
                    is_staff=False,
                    is_superuser=False,
                ),
                name="person_erased_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def is_blocked(self, at: datetime) -> bool:
        """Whether moderators let this person write nothing for now. They still read, support and vote."""
        return self.blocked_until is not None and at < self.blocked_until

    def get_full_name(self) -> str:
        return gettext("deleted account") if self.erased_at else self.display_name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def public_name(self) -> str:
        """As others see it, beside what this person wrote. Never the address."""
        if self.erased_at:
            return gettext("deleted account")
        return self.display_name or gettext("A citizen")

    def turn_salt(self) -> None:
        self.session_salt = secrets.token_hex(16)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own asks for the password alone."""
        key_salt = "participation.models.person.Person.session"
        value = f"{self.password}{self.session_salt}"
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()
