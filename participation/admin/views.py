"""Wagtail's generic views, writing through actions and reading through the models' own verbs."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Model, ProtectedError
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic

from participation.actions.records import remove_record
from participation.models.texts import Identity
from participation.refusals import ActionRefused


class IndexView(generic.IndexView):
    def get_base_queryset(self):
        """With the words of every row and of what its columns name: a list of any length costs the same queries."""
        columns = [field for field in self.model._meta.fields if field.is_relation and field.name in self.list_display]
        named = [f"{one.name}__texts" if issubclass(one.related_model, Identity) else one.name for one in columns]
        own = ["texts"] if issubclass(self.model, Identity) else []
        return super().get_base_queryset().prefetch_related(*own, *named)


class SavesByAction:
    """`save_action_function(actor=, record=, at=)` writes; what it refuses is shown above the form."""

    save_action_function: Callable[..., Model]

    def save_instance(self) -> Model:
        record = self.form.save(commit=False)
        type(self).save_action_function(actor=self.request.user, record=record, at=timezone.now())
        self.form.save_m2m()
        self.has_content_changes = self.form.has_changed()
        return record

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ActionRefused as refused:
            form.add_error(None, refused.refusal.label)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class CreateView(SavesByAction, generic.CreateView):
    pass


class EditView(SavesByAction, generic.EditView):
    pass


class DeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        remove_record(actor=self.request.user, record=self.object, at=timezone.now())

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ActionRefused as refused:
            messages.error(self.request, refused.refusal.label)
            return redirect(self.get_success_url())
        except ProtectedError as protected:
            raise PermissionDenied from protected


def saving_by(view: type, save: Callable[..., Model]) -> type:
    """A view class that writes through this action."""
    return type(view.__name__, (view,), {"save_action_function": staticmethod(save)})
