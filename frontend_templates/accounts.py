from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from cms_pages.mails.writing import mail_to
from participation.locales import active_languages
from participation.models import Person

LONGEST_PASSWORD = 1024
# What the account software names twice is one mail to its reader, and some things have a plainer name here.
SAME_MAIL = {"email_confirmation_signup": "email_confirmation", "password_reset": "password_changed"}
LINKS = {
    "email_confirmation": "activate_url",
    "account_already_exists": "password_reset_url",
    "password_reset_key": "password_reset_url",
    "unknown_account": "signup_url",
}
NAMES = {"from_email": "old_email", "to_email": "new_email", "deleted_email": "email"}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGN_UP

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return f"/{get_language()}/"

    get_logout_redirect_url = get_signup_redirect_url = get_login_redirect_url

    def new_user(self, request: HttpRequest) -> Person:
        """Mails come in the language in which somebody signed up, until they choose another."""
        language = get_language() or ""
        return Person(language=language if language in active_languages() else "")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language that whoever has this address chose, else in that of the page."""
        chosen = Person.objects.filter(email__iexact=email).exclude(language="").values_list("language", flat=True)
        with override(chosen.first() or get_language()):
            super().send_mail(template_prefix, email, context)

    def render_mail(self, template_prefix: str, email: str, context: dict, headers=None) -> EmailMessage:
        """Called by `send_mail` with the name of a template that this town does not use: a mail of the registry."""
        code = code_of(template_prefix)
        values = context | {own: context[name] for name, own in NAMES.items() if name in context}
        if code in LINKS:
            values["link"] = context[LINKS[code]]
        return mail_to(email, code, values, headers=headers)

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Hashing takes as long as the password: no word of a book's length is hashed."""
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(_("This password is too long."), code="password_too_long")
        return super().clean_password(password, user)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> AbstractBaseUser:
        """The name that a provider tells is not taken: what others see, people choose here."""
        return super().populate_user(request, sociallogin, {"email": data.get("email")})


def code_of(template_prefix: str) -> str:
    """The code of the mail that the account software calls `account/email/login_code` or the like."""
    name = template_prefix.rsplit("/", 1)[-1]
    return SAME_MAIL.get(name, name)


def display_name(person: Person) -> str:
    return person.get_full_name()
