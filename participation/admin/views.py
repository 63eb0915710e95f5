"""Wagtail's generic views, writing through actions and reading through the models' own verbs."""

from collections.abc import Callable

from django.db.models import Model
from django.utils import timezone
from wagtail.admin.views import generic

from participation.actions.records import remove_record
from participation.models.texts import IdentityQuerySet
from participation.refusals import ActionRefused


class IndexView(generic.IndexView):
    def get_base_queryset(self):
        """With the words of every row, so that a list costs the same number of queries whatever its length."""
        records = super().get_base_queryset()
        return records.with_texts() if isinstance(records, IdentityQuerySet) else records


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
            return self.form_invalid(form)


class CreateView(SavesByAction, generic.CreateView):
    pass


class EditView(SavesByAction, generic.EditView):
    pass


class DeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        remove_record(actor=self.request.user, record=self.object, at=timezone.now())


def saving_by(view: type, save: Callable[..., Model]) -> type:
    """A view class that writes through this action."""
    return type(view.__name__, (view,), {"save_action_function": staticmethod(save)})
