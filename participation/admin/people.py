"""Wagtail's list of people, for people with one name and without a last sign-in."""

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.users import forms as users_forms
from wagtail.users.views import users

from participation.actions.erasure import remove_account
from participation.models import Person
from participation.refusals import ActionRefused

STRANGE_FIELDS = ("first_name", "last_name", "last_login")
NAMES = ["email", "display_name", "is_superuser", "groups"]


class CreationForm(users_forms.UserCreationForm):
    first_name = last_name = None

    class Meta(users_forms.UserCreationForm.Meta):
        fields = NAMES


class EditForm(users_forms.UserEditForm):
    first_name = last_name = None

    class Meta(users_forms.UserEditForm.Meta):
        fields = [*NAMES, "is_active", "born"]


class FilterSet(users.UserFilterSet):
    last_login = None


class IndexView(users.IndexView):
    search_fields = frozenset({"email", "display_name"})

    def get_base_queryset(self) -> QuerySet[Person]:
        """Erased accounts are nobody's any more."""
        return super().get_base_queryset().filter(erased_at=None)

    @property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if column.name not in STRANGE_FIELDS]


class EditView(users.EditView):
    def get_object(self, queryset=None) -> Person:
        person = super().get_object(queryset)
        if person.erased_at:
            raise Http404
        return person


class DeleteView(users.DeleteView):
    """The end of an account, as its owner would bring it about."""

    def delete_action(self) -> None:
        remove_account(actor=self.request.user, person=self.object, at=timezone.now())

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ActionRefused as refused:
            messages.error(self.request, refused.refusal.label)
            return redirect(self.get_success_url())


class PeopleViewSet(users.UserViewSet):
    model = Person
    menu_label = _("People")
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    filterset_class = FilterSet

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return EditForm if for_update else CreationForm
