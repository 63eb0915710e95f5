from django.apps import AppConfig
from django.core.checks import Tags, register
from wagtail.users.apps import WagtailUsersAppConfig

from site_config.database_checks import database_fit_for_votes


class SiteConfigConfig(AppConfig):
    default = True
    name = "site_config"
    verbose_name = "Site wiring"

    def ready(self) -> None:
        register(database_fit_for_votes, Tags.database)


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's own app, with our list of people in it."""

    default = False
    user_viewset = "participation.admin.people.PeopleViewSet"
