from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class SiteConfigConfig(AppConfig):
    default = True
    name = "site_config"
    verbose_name = "Site wiring"


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's own app, with our list of people in it."""

    default = False
    user_viewset = "participation.admin.people.PeopleViewSet"
