from django.utils.translation import gettext as _


class MachineFailed(Exception):
    """The machine is down, slow, or answers with what cannot be used. Nothing was changed."""

    def __str__(self) -> str:
        return _("The machine translation does not answer as it should. Nothing was changed; please try again later.")
