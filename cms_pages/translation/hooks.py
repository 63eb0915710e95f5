"""The translators' screens in the workspace, and guards before those of the translation tool."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import PageQuerySet

from cms_pages.translation import editor, guards, screens
from cms_pages.translation.access import SUBMIT, no_drafts_of_others


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLPattern]:
    """Those below `localize/` stand before the translation tool's own, because this app is installed before it."""
    return [
        path("translations/", screens.translations, name="translations"),
        path("translations/export/", screens.export, name="translations_export"),
        path("translations/import/", screens.take_in, name="translations_import"),
        path("translations/do/", screens.do, name="translations_do"),
        path("localize/submit/page/<int:page_id>/", guards.page_submission),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", guards.snippet_submission),
        path("localize/update/<int:translation_source_id>/", guards.update_of_all),
        path(
            "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
            editor.StringView.as_view(),
        ),
        path(
            "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            editor.OverrideView.as_view(),
        ),
        path("localize/translate/<int:translation_id>/pofile/upload/", guards.upload),
        path("localize/translate/<int:translation_id>/machine_translate/", guards.by_machine),
        path("localize/page/<int:page_id>/convert_to_alias/", guards.conversion),
        path("localize/reports/translations/", guards.report),
        path("localize/reports/translations/results/", guards.report),
        path("localize/api/snippets/<slug:app_label>/<slug:model_name>/", guards.names_of_snippets),
        path("localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/", guards.names_of_snippets),
    ]


hooks.register("before_edit_page", guards.publication, order=-1)


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return no_drafts_of_others(pages, request.user)


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SUBMIT)


@hooks.register("register_admin_menu_item")
def translations_menu_item() -> MenuItem:
    name, icon = "translations", "wagtail-localize-language"
    return TranslationsMenuItem(_("Translations"), reverse(name), name=name, icon_name=icon, order=161)


@hooks.register("construct_reports_menu")
def without_the_tools_own_report(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.url != reverse("wagtail_localize:translations_report")]
