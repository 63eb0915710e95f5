"""One plain viewset for each model of the budget's skeleton."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from participation.actions.budgets import save_budget
from participation.actions.phases import plan_phase
from participation.actions.records import keep_record
from participation.admin.views import CreateView, DeleteView, EditView, IndexView, saving_by
from participation.models import (
    ActivityEntry,
    BallotBox,
    Budget,
    CannedReason,
    Category,
    CountedBallot,
    Decision,
    District,
    Envelope,
    Heartbeat,
    OfficerPass,
    Outbox,
    PaperBatch,
    PaperCount,
    Phase,
    PriceHint,
    Project,
    Regulations,
    Result,
    RoleAssignment,
    Station,
)


class StaffViewSet(ModelViewSet):
    """A model that staff write. `save` is the action that writes it."""

    save = staticmethod(keep_record)
    index_view_class = IndexView
    delete_view_class = DeleteView
    copy_view_enabled = False
    inspect_view_enabled = True
    icon = "list-ul"

    @property
    def add_view_class(self):
        return saving_by(CreateView, self.save)

    @property
    def edit_view_class(self):
        return saving_by(EditView, self.save)

    def formfield_for_dbfield(self, db_field, **options):
        """With Wagtail's own widgets: its calendars, and the chooser of projects."""
        return formfield_for_dbfield(db_field, **options)


class ReadingPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes here: actions alone write these."""

    def user_has_permission(self, user, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class RecordViewSet(ModelViewSet):
    """A model that only actions write: staff read it."""

    index_view_class = IndexView
    inspect_view_enabled = True
    copy_view_enabled = False
    exclude_form_fields: list[str] = []
    icon = "history"

    @property
    def permission_policy(self):
        return ReadingPolicy(self.model)


class BudgetViewSet(StaffViewSet):
    model = Budget
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "slug", "status", "currency"]
    list_filter = ["status"]
    icon = "folder-open-inverse"

    @staticmethod
    def save(*, actor, record, at):
        return save_budget(actor=actor, budget=record, at=at)


class PhaseViewSet(StaffViewSet):
    model = Phase
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "budget", "kind", "starts_at", "ends_at"]
    list_filter = ["kind"]
    icon = "date"

    @staticmethod
    def save(*, actor, record, at):
        return plan_phase(actor=actor, phase=record, at=at)


class DistrictViewSet(StaffViewSet):
    model = District
    exclude_form_fields: list[str] = []
    list_display = ["name", "population"]
    icon = "globe"


class CategoryViewSet(StaffViewSet):
    model = Category
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "slug"]
    icon = "tag"


class EnvelopeViewSet(StaffViewSet):
    model = Envelope
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "budget", "amount_minor", "district", "category"]
    icon = "mail"


class BallotBoxViewSet(StaffViewSet):
    model = BallotBox
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "budget", "vote_type"]
    icon = "form"


class ProjectViewSet(StaffViewSet):
    model = Project
    exclude_form_fields: list[str] = []
    list_display = ["public_number", "__str__", "budget", "cost_minor"]
    icon = "pick"


class DecisionViewSet(StaffViewSet):
    model = Decision
    exclude_form_fields: list[str] = []
    list_display = ["project", "kind", "decided_on"]
    icon = "check"


class RegulationsViewSet(StaffViewSet):
    model = Regulations
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "budget", "version", "valid_from"]
    icon = "doc-full"


class CannedReasonViewSet(StaffViewSet):
    model = CannedReason
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "slug"]
    icon = "warning"


class PriceHintViewSet(StaffViewSet):
    model = PriceHint
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "currency", "lowest_minor", "highest_minor"]
    icon = "info-circle"


class StationViewSet(StaffViewSet):
    model = Station
    exclude_form_fields: list[str] = []
    list_display = ["name", "budget", "address", "hours"]
    icon = "site"


class OfficerPassViewSet(StaffViewSet):
    model = OfficerPass
    exclude_form_fields: list[str] = []
    list_display = ["person", "station", "valid_from", "valid_until"]
    icon = "key"


class PaperCountViewSet(StaffViewSet):
    model = PaperCount
    exclude_form_fields = ["marks"]
    list_display = ["station", "box", "marks", "blank", "spoilt"]
    icon = "table"


class BatchPolicy(ModelPermissionPolicy):
    """Whoever keys a batch sees it here; what it is, is changed by whoever may make batches."""

    def user_has_permission(self, user, action: str) -> bool:
        asked = {"view": "change", "change": "add"}.get(action, action)
        return super().user_has_permission(user, asked)


class PaperBatchViewSet(StaffViewSet):
    model = PaperBatch
    exclude_form_fields = ["first_keyed_by", "second_keyed_by", "signed_at"]
    list_display = ["number", "box", "station", "papers", "signed_at"]
    icon = "folder"

    @property
    def permission_policy(self):
        return BatchPolicy(self.model)


class RoleAssignmentViewSet(StaffViewSet):
    model = RoleAssignment
    exclude_form_fields: list[str] = []
    list_display = ["person", "role", "budget"]
    icon = "group"


class ResultViewSet(RecordViewSet):
    model = Result
    list_display = ["envelope", "source", "counted_at", "published_at"]
    icon = "tasks"


class CountedBallotViewSet(RecordViewSet):
    model = CountedBallot
    list_display = ["number", "envelope", "content", "channel"]
    icon = "clipboard-list"


class ActivityViewSet(RecordViewSet):
    model = ActivityEntry
    list_display = ["at", "actor", "verb", "subject_kind", "budget"]


class OutboxViewSet(RecordViewSet):
    model = Outbox
    list_display = ["written_at", "kind", "subject", "handled_at"]


class HeartbeatViewSet(RecordViewSet):
    model = Heartbeat
    list_display = ["name", "beat_at", "error"]


class BudgetGroup(ModelViewSetGroup):
    menu_label = _("Participation")
    menu_icon = "folder-open-inverse"
    menu_order = 150
    items = (
        *(BudgetViewSet, PhaseViewSet, EnvelopeViewSet, BallotBoxViewSet, ProjectViewSet, DecisionViewSet),
        *(
            DistrictViewSet,
            CategoryViewSet,
            RegulationsViewSet,
            CannedReasonViewSet,
            PriceHintViewSet,
            ResultViewSet,
            CountedBallotViewSet,
        ),
    )


class PaperGroup(ModelViewSetGroup):
    menu_label = _("Paper")
    menu_icon = "clipboard-list"
    menu_order = 157
    items = (StationViewSet, OfficerPassViewSet, PaperBatchViewSet, PaperCountViewSet)


class RecordGroup(ModelViewSetGroup):
    menu_label = _("Records")
    menu_icon = "history"
    menu_order = 900
    items = (RoleAssignmentViewSet, ActivityViewSet, OutboxViewSet, HeartbeatViewSet)


class ProjectChooser(ChooserViewSet):
    """So that a form that names a project never lists them all."""

    model = Project
    icon = "pick"
    choose_one_text = _("Choose a project")
