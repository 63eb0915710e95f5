"""The staff's screens: who may see and change what, and that they write through actions."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.viewsets import viewsets

from participation.actions.records import log
from participation.actions.results import count_envelope
from participation.admin.roles import ALLOWED
from participation.admin.snippets import TEXTS
from participation.admin.viewsets import BudgetGroup, RecordGroup, RecordViewSet
from participation.choices import BudgetStatus, PhaseKind, Role
from participation.models import (
    ActivityEntry,
    BallotBox,
    BallotBoxText,
    Budget,
    BudgetText,
    CannedReason,
    CannedReasonText,
    Category,
    CategoryText,
    CountedBallot,
    Decision,
    DecisionText,
    District,
    Envelope,
    EnvelopeText,
    Heartbeat,
    Outbox,
    Phase,
    PhaseText,
    PriceHint,
    PriceHintText,
    Project,
    ProjectText,
    Regulations,
    RegulationsText,
    Result,
    RoleAssignment,
)
from participation.refusals import Refusal
from tests.factories.participation import (
    locale,
    make_ballot_box,
    make_budget,
    make_category,
    make_district,
    make_envelope,
    make_person,
    make_phase,
    make_project,
    make_regulations,
    make_result,
)

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
VIEWSETS = {item.model: item for item in (*BudgetGroup.items, *RecordGroup.items)}
RECORDS = [model for model, viewset in VIEWSETS.items() if issubclass(viewset, RecordViewSet)]
WRITTEN = [model for model in VIEWSETS if model not in RECORDS]

pytestmark = pytest.mark.django_db


def a_decision() -> Decision:
    decision = Decision.objects.create(
        project=make_project(make_envelope(make_budget())), kind="kept", decided_on=AT.date()
    )
    DecisionText.objects.create(identity=decision, locale=locale(), reason="The square is to be dug up anyway.")
    return decision


def a_ballot_box() -> BallotBox:
    box = make_ballot_box(make_budget())
    BallotBoxText.objects.create(identity=box, locale=locale(), question="Which projects?")
    return box


def a_reason() -> CannedReason:
    reason = CannedReason.objects.create(slug=f"reason-{CannedReason.objects.count()}")
    CannedReasonText.objects.create(identity=reason, locale=locale(), words="It is rude.")
    return reason


def a_price() -> PriceHint:
    hint = PriceHint.objects.create(lowest_minor=100, highest_minor=200)
    PriceHintText.objects.create(identity=hint, locale=locale(), what="A bench")
    return hint


def an_envelope() -> Envelope:
    return make_envelope(make_budget(), district=make_district(), category=make_category())


def a_result() -> Result:
    envelope = an_envelope()
    return make_result(envelope, funded=[make_project(envelope)])


def an_entry() -> ActivityEntry:
    return log(actor=make_person(), verb="import", subject=make_budget(), at=AT)


MAKE = {
    Budget: make_budget,
    Phase: lambda: make_phase(make_budget()),
    Envelope: an_envelope,
    BallotBox: a_ballot_box,
    Project: lambda: make_project(an_envelope()),
    Decision: a_decision,
    District: make_district,
    Category: make_category,
    Regulations: lambda: make_regulations(make_budget()),
    CannedReason: a_reason,
    PriceHint: a_price,
    Result: a_result,
    CountedBallot: lambda: CountedBallot.objects.create(envelope=an_envelope(), number=1, content='{"projects":[]}'),
    RoleAssignment: lambda: RoleAssignment.objects.create(person=make_person(), role="editor", budget=make_budget()),
    ActivityEntry: an_entry,
    Outbox: lambda: Outbox.objects.create(kind="result_published", subject="x"),
    Heartbeat: lambda: Heartbeat.objects.create(name=f"worker {Heartbeat.objects.count()}", beat_at=AT),
    BudgetText: lambda: words_of(Budget),
    PhaseText: lambda: words_of(Phase),
    EnvelopeText: lambda: words_of(Envelope),
    BallotBoxText: lambda: words_of(BallotBox),
    CannedReasonText: lambda: words_of(CannedReason),
    PriceHintText: lambda: words_of(PriceHint),
    CategoryText: lambda: words_of(Category),
    ProjectText: lambda: words_of(Project),
    DecisionText: lambda: words_of(Decision),
    RegulationsText: lambda: words_of(Regulations),
}


def words_of(model):
    return MAKE[model]().texts.get()


def name(model) -> str:
    return model.__name__


def url(model, view: str, *arguments) -> str:
    reverse("wagtailadmin_home")  # loads the addresses, and with them the viewsets
    viewset = next(
        one for one in viewsets.viewsets if getattr(one, "model", None) is model and hasattr(one, "edit_view")
    )
    if model in TEXTS and view == "index":
        view = "list"
    return reverse(viewset.get_url_name(view), args=arguments)


def person_with(role: Role, budget: Budget | None = None):
    person = make_person()
    RoleAssignment.objects.create(person=person, role=role, budget=budget)
    return person


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def root(client):
    client.force_login(make_person(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def manager(client):
    person = person_with(Role.MANAGER)
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def auditor(client):
    client.force_login(person_with(Role.AUDITOR))
    return client


def is_turned_away(answer) -> bool:
    return answer.status_code == 302 and answer["Location"] in {reverse("wagtailadmin_home"), "/"}


# Every screen


@pytest.mark.parametrize("model", MAKE, ids=name)
def test_every_list_and_every_record_can_be_read(root, model):
    record = MAKE[model]()
    views = ["index", "usage"] if model in TEXTS else ["index", "inspect"]
    for view in views:
        answer = root.get(url(model, view, *([] if view == "index" else [record.pk])))
        assert answer.status_code == 200, view
        assert str(record) in answer.content.decode() or model in {CountedBallot, Heartbeat, Outbox, ActivityEntry}


@pytest.mark.parametrize("model", [*WRITTEN, *TEXTS], ids=name)
def test_what_staff_write_has_forms(root, model):
    record = MAKE[model]()
    for view, arguments in (("add", []), ("edit", [record.pk]), ("delete", [record.pk]), ("history", [record.pk])):
        answer = root.get(url(model, view, *arguments))
        assert answer.status_code == 200, view
        assert view == "history" or b"csrfmiddlewaretoken" in answer.content


@pytest.mark.parametrize("model", RECORDS, ids=name)
def test_what_actions_write_has_none_even_for_a_superuser(root, model):
    record = MAKE[model]()
    for view, arguments in (("add", []), ("edit", [record.pk]), ("delete", [record.pk])):
        for method in (root.get, root.post):
            assert is_turned_away(method(url(model, view, *arguments))), view
    assert type(record).objects.filter(pk=record.pk).exists()
    listed = root.get(url(model, "index")).content.decode()
    assert url(model, "add") not in listed
    assert url(model, "edit", record.pk) not in listed


@pytest.mark.parametrize("model", MAKE, ids=name)
def test_nobody_else_comes_in(client, model):
    record = MAKE[model]()
    addresses = [url(model, "index"), url(model, "edit", record.pk), url(model, "add")]
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={address}")
    client.force_login(make_person())
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in {302, 403}
        assert answer.status_code == 403 or not answer["Location"].startswith(address)
        assert client.post(address).status_code in {302, 403}
    assert type(record).objects.filter(pk=record.pk).exists()


def test_a_second_factor_opens_the_screens_where_one_is_asked_for(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    person = make_person(is_staff=True, is_superuser=True)
    client.force_login(person)
    assert client.get(url(Budget, "index"))["Location"] == reverse("mfa_activate_totp")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(url(Budget, "index")).status_code == 200


def test_people_can_be_managed(root):
    citizen = make_person(email="citizen@example.org")
    listed = root.get(reverse("wagtailusers_users:index"))
    assert listed.status_code == 200
    assert "citizen@example.org" in listed.content.decode()
    assert root.get(reverse("wagtailusers_users:add")).status_code == 200
    assert root.get(reverse("wagtailusers_users:edit", args=[citizen.pk])).status_code == 200
    found = root.get(reverse("wagtailusers_users:index"), {"q": "citizen"})
    assert "citizen@example.org" in found.content.decode()


# Roles


@pytest.mark.parametrize("model", [model for model in WRITTEN if model is not RoleAssignment], ids=name)
def test_a_manager_writes(manager, model):
    record = MAKE[model]()
    for view, arguments in (("index", []), ("add", []), ("edit", [record.pk]), ("inspect", [record.pk])):
        assert manager.get(url(model, view, *arguments)).status_code == 200, view


@pytest.mark.parametrize("model", TEXTS, ids=name)
def test_a_manager_and_a_translator_write_words(client, model):
    record = MAKE[model]()
    for role in (Role.MANAGER, Role.TRANSLATOR):
        client.force_login(person_with(role))
        assert client.get(url(model, "edit", record.pk)).status_code == 200


@pytest.mark.parametrize("model", [model for model in WRITTEN if model is not RoleAssignment], ids=name)
def test_an_auditor_only_reads(auditor, model):
    record = MAKE[model]()
    before = ActivityEntry.objects.count()
    for view, arguments in (("index", []), ("inspect", [record.pk])):
        assert auditor.get(url(model, view, *arguments)).status_code == 200, view
    for view, arguments in (("add", []), ("edit", [record.pk]), ("delete", [record.pk])):
        for method in (auditor.get, auditor.post):
            assert is_turned_away(method(url(model, view, *arguments))), view
    assert type(record).objects.filter(pk=record.pk).exists()
    assert ActivityEntry.objects.count() == before


@pytest.mark.parametrize("model", [Result, CountedBallot, ActivityEntry], ids=name)
def test_an_auditor_reads_what_actions_wrote(auditor, model):
    record = MAKE[model]()
    assert auditor.get(url(model, "index")).status_code == 200
    assert auditor.get(url(model, "inspect", record.pk)).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.MANAGER, Role.ADMINISTRATOR}])
def test_no_other_role_changes_a_budget(client, role):
    budget = make_budget()
    client.force_login(person_with(role))
    assert client.get(url(Budget, "index")).status_code == 200
    assert is_turned_away(client.get(url(Budget, "edit", budget.pk)))


@pytest.mark.parametrize("role", Role)
def test_no_role_gives_roles(client, role):
    record = MAKE[RoleAssignment]()
    client.force_login(person_with(role))
    for view, arguments in (("index", []), ("add", []), ("edit", [record.pk])):
        assert is_turned_away(client.get(url(RoleAssignment, view, *arguments))), view


def test_every_role_is_spelt_out():
    assert set(ALLOWED) == set(Role)


def test_a_role_in_one_budget_opens_no_screen(client):
    budget = make_budget()
    client.force_login(person_with(Role.MANAGER, budget))
    answer = client.get(url(Budget, "edit", budget.pk))
    assert answer.status_code in {302, 403}
    assert b"csrfmiddlewaretoken" not in answer.content


def test_a_person_who_is_no_longer_active_has_no_role():
    person = person_with(Role.MANAGER)
    assert person.has_perm("participation.change_budget")
    person.is_active = False
    del person._role_permissions
    assert not person.has_perm("participation.change_budget")


# Writing


def phase_form(budget: Budget, start: datetime, end: datetime) -> dict[str, str]:
    return {
        "budget": str(budget.pk),
        "kind": PhaseKind.VOTING,
        "starts_at": f"{start:%Y-%m-%d %H:%M}",
        "ends_at": f"{end:%Y-%m-%d %H:%M}",
        "switched": "",
    }


def test_a_phase_is_planned_by_its_form(manager):
    budget = make_budget()
    answer = manager.post(url(Phase, "add"), phase_form(budget, AT, AT + timedelta(7)))
    assert (answer.status_code, answer["Location"]) == (302, url(Phase, "index"))
    phase = Phase.objects.get()
    assert (phase.budget, phase.kind, phase.switched) == (budget, "voting", None)
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.subject, entry.actor) == ("create", str(phase.uuid), manager.person)


def test_an_overlapping_phase_is_refused_above_its_form_and_not_stored(manager):
    budget = make_budget()
    make_phase(budget, starts_at=AT, ends_at=AT + timedelta(7))
    answer = manager.post(url(Phase, "add"), phase_form(budget, AT + timedelta(3), AT + timedelta(9)))
    assert answer.status_code == 200
    assert str(Refusal.PHASES_OVERLAP.label) in answer.content.decode()
    assert Phase.objects.count() == 1
    assert not ActivityEntry.objects.exists()


def test_moving_a_phase_onto_another_is_refused_above_its_form(manager):
    budget = make_budget()
    make_phase(budget, starts_at=AT, ends_at=AT + timedelta(7))
    later = make_phase(budget, starts_at=AT + timedelta(8), ends_at=AT + timedelta(9))
    answer = manager.post(url(Phase, "edit", later.pk), phase_form(budget, AT + timedelta(6), AT + timedelta(9)))
    assert answer.status_code == 200
    assert str(Refusal.PHASES_OVERLAP.label) in answer.content.decode()
    assert Phase.objects.get(pk=later.pk).starts_at == AT + timedelta(8)


def test_a_phase_that_ends_before_it_starts_is_refused(manager):
    answer = manager.post(url(Phase, "add"), phase_form(make_budget(), AT, AT - timedelta(1)))
    assert answer.status_code == 200
    assert not Phase.objects.exists()


def test_a_budget_is_published_by_its_form(manager):
    form = {"slug": "next-year", "status": BudgetStatus.PUBLISHED, "currency": "EUR"}
    assert manager.post(url(Budget, "add"), form).status_code == 302
    assert Budget.objects.public().get().slug == "next-year"
    assert set(ActivityEntry.objects.values_list("verb", "actor")) == {
        ("create", manager.person.pk),
        ("publish", manager.person.pk),
    }
    assert Outbox.objects.get().kind == "budget_published"


def project_form(project: Project, **fields) -> dict[str, str]:
    return {
        "budget": str(project.budget_id),
        "envelope": str(project.envelope_id),
        "public_number": str(project.public_number),
        "cost_minor": str(project.cost_minor),
        "recorded_order": str(project.recorded_order),
        **fields,
    }


def test_a_project_is_changed_with_its_categories(manager):
    project, category = make_project(an_envelope()), make_category()
    form = project_form(project, cost_minor="777", categories=[str(category.pk)])
    assert manager.post(url(Project, "edit", project.pk), form).status_code == 302
    project.refresh_from_db()
    assert (project.cost_minor, list(project.categories.all())) == (777, [category])
    assert ActivityEntry.objects.get().details == {"fields": ["cost_minor"]}


def counted_project() -> Project:
    envelope = make_envelope(budget := make_budget(), ballot_box=make_ballot_box(budget))
    project = make_project(envelope)
    count_envelope(actor=None, envelope=envelope, at=AT)
    return project


def test_a_counted_project_stays_as_it_was_counted_and_staff_are_told(manager):
    project = counted_project()
    answer = manager.post(url(Project, "edit", project.pk), project_form(project, cost_minor="1"))
    assert answer.status_code == 200
    assert str(Refusal.COUNTED_ALREADY.label) in answer.content.decode()
    assert Project.objects.get().cost_minor == project.cost_minor


@pytest.mark.parametrize("model", [Project, Envelope, BallotBox], ids=name)
def test_what_was_counted_is_not_deleted_and_staff_are_told(manager, model):
    counted_project()
    record = model.objects.get()
    answer = manager.post(url(model, "delete", record.pk), follow=True)
    assert answer.status_code == 200
    assert model.objects.exists()
    assert not ActivityEntry.objects.filter(verb="delete").exists()


@pytest.mark.parametrize("model", [District, Category, Budget], ids=name)
def test_what_others_need_is_not_deleted_and_staff_are_told(manager, model):
    project = make_project(an_envelope())
    record = {District: project.envelope.district, Category: project.envelope.category, Budget: project.budget}[model]
    answer = manager.post(url(model, "delete", record.pk), follow=True)
    assert answer.status_code == 200
    assert model.objects.filter(pk=record.pk).exists()
    assert Project.objects.exists()


def test_what_nobody_needs_is_deleted_by_the_action(manager):
    district = make_district("Gone")
    assert manager.post(url(District, "delete", district.pk)).status_code == 302
    assert not District.objects.exists()
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.actor, entry.details) == ("delete", manager.person, {"name": "Gone"})


def test_a_rule_that_cannot_be_counted_by_is_refused_beside_its_field(manager):
    form = {
        "budget": str(make_budget().pk),
        "slug": "box",
        "vote_type": "approval",
        "limits": '{"max_length": 3}',
        "tie_order": "recorded",
        "roll_kind": "closed",
        "counting_rule": '{"kind": "lottery"}',
    }
    answer = manager.post(url(BallotBox, "add"), form)
    assert answer.status_code == 200
    assert "kind must be one of" in answer.content.decode()
    assert not BallotBox.objects.exists()
    assert manager.post(url(BallotBox, "add"), form | {"counting_rule": '{"kind": "greedy"}'}).status_code == 302
    assert BallotBox.objects.get().limits == {"max_length": "3"}


# Lists of any length


@pytest.mark.parametrize("model", MAKE, ids=name)
def test_a_list_costs_the_same_whatever_its_length(root, model):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert root.get(url(model, "index")).status_code == 200
        return len(captured)

    for _ in range(3):
        MAKE[model]()
    queries()
    few = queries()
    for _ in range(27):
        MAKE[model]()
    assert queries() <= few


def test_a_decision_names_its_project_by_the_chooser(manager):
    projects = [make_project(an_envelope(), title=f"Chosen {number}") for number in range(3)]
    form = manager.get(url(Decision, "add")).content.decode()
    assert not any(f"Chosen {number}" in form for number in range(3))
    assert reverse("project_chooser:choose") in form
    chooser = manager.get(reverse("project_chooser:choose"))
    assert all(f"Chosen {number}" in chooser.json()["html"] for number in range(3))
    chosen = manager.get(reverse("project_chooser:chosen", args=[projects[1].pk]))
    assert chosen.json()["result"]["id"] == str(projects[1].pk)
    found = manager.get(reverse("project_chooser:choose_results"), {"q": "Chosen 2"}).content.decode()
    assert "Chosen 2" in found
    made = {"project": str(projects[1].pk), "kind": "kept", "decided_on": "2026-05-04", "rank": "0"}
    assert manager.post(url(Decision, "add"), made).status_code == 302
    assert Decision.objects.get().project == projects[1]
