"""Wagtail's list of people, for people with one name and without a last sign-in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users import forms as users_forms
from wagtail.users.views import users

from participation.models import Person

STRANGE_FIELDS = ("first_name", "last_name", "last_login")
NAMES = ["email", "display_name", "is_superuser", "groups"]


class CreationForm(users_forms.UserCreationForm):
    first_name = last_name = None

    class Meta(users_forms.UserCreationForm.Meta):
        fields = NAMES


class EditForm(users_forms.UserEditForm):
    first_name = last_name = None

    class Meta(users_forms.UserEditForm.Meta):
        fields = [*NAMES, "is_active"]


class FilterSet(users.UserFilterSet):
    last_login = None


class IndexView(users.IndexView):
    search_fields = frozenset({"email", "display_name"})

    @property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if column.name not in STRANGE_FIELDS]


class PeopleViewSet(users.UserViewSet):
    model = Person
    menu_label = _("People")
    index_view_class = IndexView
    filterset_class = FilterSet

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return EditForm if for_update else CreationForm
