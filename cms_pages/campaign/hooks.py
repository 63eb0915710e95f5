"""The campaign kit's screens in the workspace."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from cms_pages.campaign import screens
from cms_pages.models import ProjectPicture


@hooks.register("register_admin_urls")
def campaign_urls() -> list[URLPattern]:
    one = "campaign/<uuid:uuid>/"
    return [
        path("campaign/", screens.campaigns, name="campaigns"),
        path(one, screens.campaign, name="campaign"),
        path(f"{one}links/", screens.make, name="campaign_make"),
        path(f"{one}links/stations/", screens.make_for_stations, name="campaign_stations"),
        path(f"{one}links/<slug:code>/remove/", screens.remove, name="campaign_remove"),
        path(f"{one}links/<slug:code>.svg", screens.code_file, name="campaign_code"),
        path(f"{one}<slug:language>/pictures.zip", screens.pictures, name="campaign_pictures"),
        path(f"{one}<slug:language>/projects.csv", screens.table, name="campaign_table"),
    ]


class CampaignMenuItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(screens.PERMISSION)


@hooks.register("register_admin_menu_item")
def campaign_menu_item() -> MenuItem:
    label, address = _("Campaign kit"), reverse("campaigns")
    return CampaignMenuItem(label, address, name="campaign", icon_name="clipboard-list", order=154)


@hooks.register("register_admin_viewset")
def project_pictures() -> ModelViewSet:
    return ModelViewSet(
        "project_pictures",
        model=ProjectPicture,
        form_fields=["project", "image"],
        list_display=["__str__", "image"],
        icon="image",
        copy_view_enabled=False,
        add_to_admin_menu=True,
        menu_label=_("Pictures of projects"),
        menu_order=153,
    )
