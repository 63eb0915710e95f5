from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet

from cms_pages.admin import api, mails, reports  # noqa: F401 - importing `api` registers what is in it
from cms_pages.admin.checker import EveryCheck
from cms_pages.admin.dashboard import PublishingPanel
from cms_pages.admin.viewsets import WrittenGroup
from cms_pages.campaign import hooks as campaign_hooks  # noqa: F401 - importing registers them
from cms_pages.choosers import budget_chooser
from cms_pages.theme.preview import theme_preview
from cms_pages.translation import hooks as translation_hooks  # noqa: F401 - as above


@hooks.register("before_serve_page")
def remember_page(page: Page, request: HttpRequest, serve_args: list, serve_kwargs: dict) -> None:
    """So that the frame around a page can offer the same page in other languages."""
    request.wagtail_page = page


@hooks.register("register_admin_viewset")
def viewsets() -> list:
    return [budget_chooser, WrittenGroup()]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("theme-preview/", theme_preview, name="theme_preview"),
        path("mails/", mails.mails, name="mails"),
        path("reports/findings/", reports.page_findings, name="page_findings"),
        path("reports/untouched/", reports.untouched_pages, name="untouched_pages"),
        path("reports/images-without-words/", reports.images_without_words, name="images_without_words"),
    ]


register_snippet(mails.viewset)


class MailsMenuItem(MenuItem):
    """Shown to those who may write the words of mails."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(mails.PERMISSION)


@hooks.register("register_admin_menu_item")
def mails_item() -> MenuItem:
    return MailsMenuItem(_("Words of mails"), reverse("mails"), name="mails", icon_name="mail", order=162)


class EditorsMenuItem(MenuItem):
    """Shown to those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, reports.EDIT_ANYTHING)


@hooks.register("register_reports_menu_item")
def findings_item() -> MenuItem:
    return EditorsMenuItem(
        _("What to look at"), reverse("page_findings"), name="findings", icon_name="warning", order=100
    )


@hooks.register("register_reports_menu_item")
def untouched_item() -> MenuItem:
    label = _("Not touched for a year")
    return EditorsMenuItem(label, reverse("untouched_pages"), name="untouched", icon_name="time", order=110)


@hooks.register("register_reports_menu_item")
def images_item() -> MenuItem:
    label, address = _("Pictures without words"), reverse("images_without_words")
    return EditorsMenuItem(label, address, name="images-without-words", icon_name="image", order=120)


@hooks.register("construct_homepage_panels")
def publishing_panel(request: HttpRequest, panels: list) -> None:
    if page_permission_policy.user_has_any_permission(request.user, {"publish"}):
        panels.append(PublishingPanel())


@hooks.register("construct_wagtail_userbar")
def every_check(request: HttpRequest, items: list, page: Page) -> None:
    items[:] = [EveryCheck() if isinstance(item, ContentCheckerItem) else item for item in items]
