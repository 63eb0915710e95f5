from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError

from participation.actions import phases
from participation.actions.budgets import publish_budget, save_budget
from participation.actions.heartbeats import beat, is_due
from participation.actions.phases import plan_phase
from participation.actions.records import keep_record, remove_record
from participation.actions.results import count_envelope, publish_result
from participation.choices import BudgetStatus, PhaseKind
from participation.models import (
    ActivityEntry,
    Budget,
    CountedBallot,
    Decision,
    District,
    Envelope,
    Heartbeat,
    Outbox,
    Phase,
    Project,
    Result,
    ResultLine,
)
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import (
    make_ballot_box,
    make_budget,
    make_envelope,
    make_person,
    make_phase,
    make_project,
)

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def counted(db):
    """An envelope of 100 with ballots, counted: `a` is funded and `b` does not fit."""
    envelope, _, _ = votable()
    count_envelope(actor=None, envelope=envelope, at=AT)
    return envelope


def votable(**fields):
    budget = make_budget()
    box = make_ballot_box(budget, counting_rule={"kind": "greedy"})
    envelope = make_envelope(budget, amount_minor=100, ballot_box=box, **fields)
    a, b = (make_project(envelope, cost_minor=60) for _ in range(2))
    for number, names in enumerate(([a], [a, b], [a, b]), start=1):
        numbers = ",".join(str(project.public_number) for project in names)
        CountedBallot.objects.create(envelope=envelope, number=number, content=f'{{"projects":[{numbers}]}}')
    return envelope, a, b


def new_phase(budget, start: datetime, length: timedelta = WEEK, **fields) -> Phase:
    return Phase(budget=budget, kind=PhaseKind.VOTING, starts_at=start, ends_at=start + length, **fields)


def refusal_of(action, **arguments) -> Refusal:
    """Why it is refused, having changed nothing."""
    before = [model.objects.count() for model in (ActivityEntry, Outbox, Phase, Project, Decision, Result)]
    with pytest.raises(ActionRefused) as caught:
        action(actor=None, at=AT, **arguments)
    assert [model.objects.count() for model in (ActivityEntry, Outbox, Phase, Project, Decision, Result)] == before
    return caught.value.refusal


# Phases


def test_planning_a_phase_stores_and_logs_it(db):
    budget, actor = make_budget(), make_person()
    phase = plan_phase(actor=actor, phase=new_phase(budget, AT), at=AT)
    phase.ends_at += WEEK
    plan_phase(actor=actor, phase=phase, at=AT + WEEK)
    assert Phase.objects.get().ends_at == AT + 2 * WEEK
    assert list(ActivityEntry.objects.order_by("pk").values_list("verb", "subject", "actor", "budget", "at")) == [
        ("create", str(phase.uuid), actor.pk, budget.pk, AT),
        ("change", str(phase.uuid), actor.pk, budget.pk, AT + WEEK),
    ]


def test_an_overlapping_phase_is_refused_and_nothing_changes(db):
    budget = make_budget()
    make_phase(budget, starts_at=AT, ends_at=AT + WEEK)
    assert refusal_of(plan_phase, phase=new_phase(budget, AT + WEEK / 2)) is Refusal.PHASES_OVERLAP


def test_moving_a_phase_onto_another_is_refused_and_it_stays_where_it_was(db):
    budget = make_budget()
    make_phase(budget, starts_at=AT, ends_at=AT + WEEK)
    later = make_phase(budget, starts_at=AT + WEEK, ends_at=AT + 2 * WEEK)
    later.starts_at -= timedelta(microseconds=1)
    assert refusal_of(plan_phase, phase=later) is Refusal.PHASES_OVERLAP
    assert Phase.objects.get(pk=later.pk).starts_at == AT + WEEK


def test_phases_may_touch_a_phase_may_overlap_its_former_self_and_those_of_other_budgets(db):
    budget = make_budget()
    make_phase(make_budget(), starts_at=AT, ends_at=AT + WEEK)
    first = plan_phase(actor=None, phase=new_phase(budget, AT), at=AT)
    plan_phase(actor=None, phase=new_phase(budget, AT + WEEK), at=AT)
    first.starts_at -= WEEK
    plan_phase(actor=None, phase=first, at=AT)
    assert budget.phases.count() == 2


def test_a_phase_that_ends_before_it_starts_breaks_a_constraint_and_leaves_nothing(db):
    budget = make_budget()
    with pytest.raises(ValidationError):
        plan_phase(actor=None, phase=new_phase(budget, AT, -WEEK), at=AT)
    assert not Phase.objects.exists()
    assert not ActivityEntry.objects.exists()


def test_of_two_overlapping_phases_planned_at_once_one_is_refused(committed, monkeypatch):
    """Both would find no other phase, if the second did not have to wait for the first."""
    budget, barrier, ask = make_budget(), Barrier(2), phases.refusal_to_plan

    def ask_together(*args):
        answer = ask(*args)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=1)
        return answer

    monkeypatch.setattr(phases, "refusal_to_plan", ask_together)
    outcomes = []

    def plan(start):
        try:
            plan_phase(actor=None, phase=new_phase(budget, start), at=AT)
            outcomes.append("planned")
        except ActionRefused as refused:
            outcomes.append(refused.refusal)
        finally:
            connection.close()

    threads = [Thread(target=plan, args=[AT + timedelta(days=days)]) for days in (0, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == [Refusal.PHASES_OVERLAP, "planned"]
    assert Phase.objects.count() == 1


# Budgets


def test_publishing_a_draft_shows_logs_and_announces_it(db):
    budget, actor = make_budget(status=BudgetStatus.DRAFT), make_person()
    publish_budget(actor=actor, budget=budget, at=AT)
    assert list(Budget.objects.public()) == [budget]
    entry, row = ActivityEntry.objects.get(), Outbox.objects.get()
    assert (entry.verb, entry.actor, entry.subject, entry.at) == ("publish", actor, str(budget.uuid), AT)
    assert (row.kind, row.subject, row.handled_at) == ("budget_published", str(budget.uuid), None)


def test_publishing_twice_is_refused_even_with_an_old_copy_in_hand(db):
    budget = make_budget(status=BudgetStatus.DRAFT)
    publish_budget(actor=None, budget=Budget.objects.get(), at=AT)
    assert budget.status == BudgetStatus.DRAFT
    assert refusal_of(publish_budget, budget=budget) is Refusal.ALREADY_PUBLISHED


def test_saving_a_new_budget_as_published_creates_and_publishes_it(db):
    save_budget(actor=None, budget=Budget(slug="new", status=BudgetStatus.PUBLISHED), at=AT)
    assert Budget.objects.get(slug="new").is_public
    assert list(ActivityEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["create", "publish"]
    assert Outbox.objects.get().kind == "budget_published"


def test_saving_a_public_budget_leaves_it_public_and_announces_nothing(db):
    budget = make_budget()
    budget.share_minor = 5
    save_budget(actor=None, budget=budget, at=AT)
    stored = Budget.objects.get()
    assert (stored.is_public, stored.share_minor) == (True, 5)
    assert ActivityEntry.objects.get().details == {"fields": ["share_minor"]}
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("before", BudgetStatus)
def test_saving_as_draft_makes_a_draft(db, before):
    budget = make_budget(status=before)
    budget.status = BudgetStatus.DRAFT
    save_budget(actor=None, budget=budget, at=AT)
    assert not Budget.objects.public().exists()
    assert not Outbox.objects.exists()


def test_a_budget_that_breaks_a_constraint_is_not_published(db):
    budget = make_budget(status=BudgetStatus.DRAFT)
    budget.status, budget.currency = BudgetStatus.PUBLISHED, "euro"
    with pytest.raises(ValidationError):
        save_budget(actor=None, budget=budget, at=AT)
    assert not Budget.objects.get().is_public
    assert not ActivityEntry.objects.exists()


# Records


def test_keeping_a_record_names_what_changed(db):
    actor = make_person()
    district = keep_record(actor=actor, record=District(name="North"), at=AT)
    district.name = "Far north"
    keep_record(actor=actor, record=district, at=AT)
    keep_record(actor=actor, record=district, at=AT)
    created, changed, untouched = ActivityEntry.objects.order_by("pk")
    assert (created.verb, changed.verb, untouched.verb) == ("create", "change", "change")
    assert set(created.details["fields"]) >= {"name", "population"}
    assert (changed.details, untouched.details) == ({"fields": ["name"]}, {"fields": []})
    assert {entry.subject_kind for entry in (created, changed)} == {"district"}


def test_a_log_entry_names_the_columns_of_foreign_keys_too(db):
    envelope = make_envelope(make_budget())
    envelope.district = District.objects.create(name="South")
    envelope.amount_minor += 1
    keep_record(actor=None, record=envelope, at=AT)
    entry = ActivityEntry.objects.get()
    assert set(entry.details["fields"]) == {"district_id", "amount_minor"}
    assert entry.budget == envelope.budget


def test_a_record_that_breaks_a_constraint_is_not_kept(db):
    envelope = make_envelope(make_budget())
    envelope.amount_minor = 0
    with pytest.raises(ValidationError):
        keep_record(actor=None, record=envelope, at=AT)
    assert Envelope.objects.get().amount_minor > 0
    assert not ActivityEntry.objects.exists()


def test_removing_a_record_keeps_its_name_in_the_log(db):
    remove_record(actor=None, record=District.objects.create(name="Gone"), at=AT)
    assert not District.objects.exists()
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.details) == ("delete", {"name": "Gone"})


def test_what_others_need_is_not_removed(db):
    envelope = make_envelope(make_budget(), district=District.objects.create(name="Needed"))
    with pytest.raises(ProtectedError):
        remove_record(actor=None, record=envelope.district, at=AT)
    assert District.objects.exists()
    assert not ActivityEntry.objects.exists()


def counted_records(envelope) -> dict[str, object]:
    project = envelope.projects.first()
    Decision.objects.create(project=project, kind="kept", decided_on=AT.date())
    return {
        "envelope": envelope,
        "ballot box": envelope.ballot_box,
        "project": project,
        "decision": project.decision,
    }


@pytest.mark.parametrize("name", ["envelope", "ballot box", "project", "decision"])
@pytest.mark.parametrize("action", [keep_record, remove_record])
def test_what_a_result_was_counted_from_stays(counted, action, name):
    record = counted_records(counted)[name]
    assert refusal_of(action, record=record) is Refusal.COUNTED_ALREADY
    assert type(record).objects.filter(pk=record.pk).exists()


def test_no_decision_is_added_to_what_is_counted(counted):
    decision = Decision(project=counted.projects.first(), kind="ruled_out", decided_on=AT.date())
    assert refusal_of(keep_record, record=decision) is Refusal.COUNTED_ALREADY


def test_no_project_is_added_to_what_is_counted(counted):
    project = Project(budget=counted.budget, envelope=counted, public_number=99_999, cost_minor=1)
    assert refusal_of(keep_record, record=project) is Refusal.COUNTED_ALREADY


def test_no_project_moves_into_what_is_counted(counted):
    project = make_project(make_envelope(counted.budget))
    project.envelope = counted
    assert refusal_of(keep_record, record=project) is Refusal.COUNTED_ALREADY


def test_no_project_moves_out_of_what_is_counted(counted):
    project = counted.projects.first()
    project.envelope = make_envelope(counted.budget)
    assert refusal_of(keep_record, record=project) is Refusal.COUNTED_ALREADY


def test_no_decision_moves_onto_what_is_counted(counted):
    decision = Decision.objects.create(
        project=make_project(make_envelope(counted.budget)), kind="kept", decided_on=AT.date()
    )
    decision.project = counted.projects.first()
    assert refusal_of(keep_record, record=decision) is Refusal.COUNTED_ALREADY


def test_what_is_not_counted_yet_may_change(counted):
    other = make_envelope(counted.budget)
    project = make_project(other)
    decision = Decision(project=project, kind="kept", decided_on=AT.date())
    for record in (other, project, decision):
        keep_record(actor=None, record=record, at=AT)
    assert ActivityEntry.objects.filter(verb__in=["create", "change"]).count() == 3


# Results


def test_a_count_records_every_project_and_publishes_nothing(db):
    envelope, a, b = votable()
    actor = make_person()
    result = count_envelope(actor=actor, envelope=envelope, at=AT)
    assert list(result.lines.values_list("position", "project", "tally", "funded", "reason")) == [
        (1, a.pk, 3, True, "funded"),
        (2, b.pk, 2, False, "did_not_fit"),
    ]
    assert (result.source, result.spent_minor, result.left_minor, result.published_at) == ("counted", 60, 40, None)
    assert (result.counted_at, result.rule["kind"]) == (AT, "greedy")
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.actor, entry.details) == ("count", actor, {"sha256": result.sha256})
    assert not Outbox.objects.exists()


def test_equal_elections_have_equal_hashes(db):
    hashes = set()
    for first in (100, 100, 200):
        budget = make_budget()
        box = make_ballot_box(budget)
        envelope = make_envelope(budget, amount_minor=1_000, ballot_box=box)
        make_project(envelope, public_number=1, cost_minor=first)
        CountedBallot.objects.create(envelope=envelope, number=1, content='{"projects":[1]}')
        hashes.add(count_envelope(actor=None, envelope=envelope, at=AT).sha256)
    assert len(hashes) == 2


def test_decisions_and_groups_take_part_in_the_count(db):
    envelope, a, b = votable()
    Decision.objects.create(project=a, kind="withdrawn", decided_on=AT.date())
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    assert dict(result.lines.values_list("project", "reason")) == {a.pk: "withdrawn", b.pk: "funded"}


def test_an_envelope_in_no_ballot_box_is_not_counted(db):
    envelope = make_envelope(make_budget())
    assert refusal_of(count_envelope, envelope=envelope) is Refusal.NO_BALLOT_BOX


def test_an_envelope_is_counted_once(counted):
    assert refusal_of(count_envelope, envelope=counted) is Refusal.COUNTED_ALREADY


def test_decisions_that_do_not_fit_leave_no_result(db):
    envelope, a, b = votable()
    for project in (a, b):
        Decision.objects.create(project=project, kind="kept", decided_on=AT.date())
    with pytest.raises(ValueError, match="cost more than the budget"):
        count_envelope(actor=None, envelope=envelope, at=AT)
    assert not Result.objects.exists()
    assert not ResultLine.objects.exists()
    assert not ActivityEntry.objects.exists()


def test_publishing_a_result_shows_logs_and_announces_it(counted):
    ActivityEntry.objects.all().delete()
    publish_result(actor=None, result=counted.result, at=AT)
    assert Result.objects.public().get().published_at == AT
    entry, row = ActivityEntry.objects.get(), Outbox.objects.get()
    assert (entry.verb, entry.subject) == ("publish_result", str(counted.uuid))
    assert (row.kind, row.subject, row.handled_at) == ("result_published", str(counted.uuid), None)


def test_publishing_a_result_twice_is_refused(counted):
    publish_result(actor=None, result=counted.result, at=AT)
    assert refusal_of(publish_result, result=counted.result) is Refusal.ALREADY_PUBLISHED


# Heartbeats


def test_a_job_is_due_once_in_its_interval(db):
    assert is_due("letters", WEEK, AT)
    assert not is_due("letters", WEEK, AT)
    assert not is_due("letters", WEEK, AT + WEEK - timedelta(microseconds=1))
    assert is_due("letters", WEEK, AT + WEEK)
    assert not is_due("letters", WEEK, AT + WEEK)


def test_a_beat_replaces_the_one_before_with_its_error(db):
    beat("worker", AT, error="The disk is full.")
    beat("worker", AT + WEEK)
    sign = Heartbeat.objects.get()
    assert (sign.beat_at, sign.error) == (AT + WEEK, "")
