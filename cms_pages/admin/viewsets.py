"""What readers wrote by the forms of pages: read and exported by staff, never changed by them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from cms_pages.models import ContactMessage, EventSignUp


class WrittenPolicy(ModelPermissionPolicy):
    """Nobody adds here: readers do, by the forms."""

    def user_has_permission(self, user, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


class WrittenViewSet(ModelViewSet):
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50

    @property
    def permission_policy(self):
        return WrittenPolicy(self.model)


class MessageViewSet(WrittenViewSet):
    model = ContactMessage
    form_fields = ["handled"]
    list_display = ["at", "name", "organisation", "page_title", "handled"]
    list_filter = ["handled", "page_title"]
    search_fields = ["name", "organisation", "words"]
    list_export = ["at", "page_title", "name", "organisation", "email", "words", "language", "handled"]
    inspect_view_fields = ["at", "page_title", "name", "organisation", "email", "words", "language", "handled"]
    icon = "mail"


class SignUpViewSet(WrittenViewSet):
    model = EventSignUp
    form_fields: list[str] = []
    list_display = ["event_title", "at", "name", "needs"]
    list_filter = ["event_title"]
    search_fields = ["name"]
    list_export = ["event_title", "at", "name", "email", "needs", "language"]
    inspect_view_fields = ["event_title", "at", "name", "email", "needs", "language"]
    icon = "group"


class WrittenGroup(ModelViewSetGroup):
    menu_label = _("From readers")
    menu_icon = "mail"
    menu_order = 170
    items = (MessageViewSet, SignUpViewSet)
