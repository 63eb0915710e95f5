"""What Wagtail does to many people at once, by our rules: deleting is erasing, and what is erased is not touched."""

from django.shortcuts import get_list_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.users.views.bulk_actions.assign_role import AssignRoleBulkAction
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction
from wagtail.users.views.bulk_actions.set_active_state import SetActiveStateBulkAction

from participation.actions.erasure import remove_account
from participation.refusals import ActionRefused


class OfTheLiving:
    @classmethod
    def get_queryset(cls, model, object_ids):
        return get_list_or_404(model, pk__in=object_ids, erased_at=None)


class Erase(OfTheLiving, DeleteBulkAction):
    """Each account as its owner would end it. One that is refused hinders no other."""

    def get_execution_context(self):
        return {**super().get_execution_context(), "actor": self.request.user, "request": self.request}

    @classmethod
    def execute_action(cls, objects, actor=None, request=None, **others):  # noqa: ARG003
        done, refused = 0, set()
        for person in objects:
            try:
                remove_account(actor=actor, person=person, at=timezone.now())
                done += 1
            except ActionRefused as refusal:
                refused.add(refusal.refusal)
        for one in sorted(refused):
            messages.error(request, one.label)
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        if not num_parent_objects:
            return None
        return ngettext("%(many)s account is erased.", "%(many)s accounts are erased.", num_parent_objects) % {
            "many": num_parent_objects
        }


class AssignGroup(OfTheLiving, AssignRoleBulkAction):
    display_name = _("Add to a group")


class SetActive(OfTheLiving, SetActiveStateBulkAction):
    pass


BULK_ACTIONS = (Erase, AssignGroup, SetActive)
