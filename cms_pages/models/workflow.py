from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from participation.models import Person


class OtherEyesTask(AbstractGroupApprovalTask):
    """Approval by a member of a group who neither wrote nor submitted the page."""

    class Meta:
        verbose_name, verbose_name_plural = _("approval by a second person"), _("approvals by a second person")

    def get_actions(self, obj, user: Person) -> list[tuple[str, str, bool]]:
        actions = super().get_actions(obj, user)
        return [one for one in actions if one[0] != "approve" or not has_a_hand_in(obj, user)]

    @classmethod
    def get_description(cls) -> str:
        return _("Members of the chosen groups can approve, but nobody what they wrote or submitted themselves")


def has_a_hand_in(obj, person: Person) -> bool:
    """Whether the person submitted it or wrote its latest revision."""
    state, revision = obj.current_workflow_state, obj.latest_revision
    return person.pk in {state and state.requested_by_id, revision and revision.user_id}
