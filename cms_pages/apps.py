from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsPagesConfig(AppConfig):
    name = "cms_pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Models can be imported no sooner."""
        from cms_pages import staff_groups  # noqa: F401, PLC0415 - importing connects its receivers
