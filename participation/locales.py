"""Which languages the town offers: Django knows some hundred, staff make a locale of those they want."""

from wagtail.coreutils import get_content_languages
from wagtail.models import Locale


def active_languages() -> list[str]:
    """Language codes of the locales, in the order of the settings' list."""
    active = set(Locale.objects.values_list("language_code", flat=True))
    return [code for code in get_content_languages() if code in active]
