"""What the database itself refuses, whoever writes; and what the models say of themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.test import override_settings
from django.utils import translation

from participation.choices import Opening, PhaseKind
from participation.models import (
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
    Person,
    Phase,
    PhaseText,
    PriceHint,
    PriceHintText,
    Project,
    ProjectText,
    RegulationsText,
    Result,
    ResultLine,
    RoleAssignment,
)
from tests.factories.participation import (
    locale,
    make_ballot_box,
    make_budget,
    make_category,
    make_envelope,
    make_person,
    make_phase,
    make_project,
    make_regulations,
    make_result,
)
from tests.participation.campaign_constraints import CAMPAIGN
from tests.participation.discussion_constraints import DISCUSSION
from tests.participation.people_constraints import PEOPLE
from tests.participation.proposal_constraints import PROPOSALS
from tests.participation.vote_constraints import VOTES
from tests.participation.written_together_constraints import WRITTEN_TOGETHER

AT = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def a_decision(project=None, kind="kept") -> Decision:
    project = project or make_project(make_envelope(make_budget()))
    return Decision.objects.create(project=project, kind=kind, decided_on=AT.date())


def a_ballot(**fields) -> CountedBallot:
    given = {"number": 1, "content": '{"projects":[]}', **fields}
    if "envelope" not in given:
        given["envelope"] = make_envelope(make_budget())
    return CountedBallot.objects.create(**given)


def a_line(result, project, position) -> ResultLine:
    return ResultLine.objects.create(
        result=result, project=project, position=position, tally=1, funded=True, reason="funded"
    )


def in_places(latitude, longitude):
    return make_project(make_envelope(make_budget()), latitude=latitude, longitude=longitude)


def two_boxes(slug):
    budget = make_budget()
    return make_ballot_box(budget, slug="a"), make_ballot_box(budget, slug=slug)


def two_envelopes(slug):
    budget = make_budget()
    return make_envelope(budget, slug="a"), make_envelope(budget, slug=slug)


def two_projects(**second):
    envelope = make_envelope(make_budget())
    make_project(envelope, public_number=1, imported_id="a")
    make_project(envelope, **{"public_number": 2, "imported_id": "b", **second})


def two_ballots(number):
    ballot = a_ballot()
    a_ballot(envelope=ballot.envelope, number=number)


def two_lines(position):
    envelope = make_envelope(make_budget())
    result = make_result(envelope)
    a_line(result, make_project(envelope), 1)
    a_line(result, make_project(envelope), position)


def added_line(funded):
    envelope = make_envelope(make_budget())
    a_line(make_result(envelope), make_project(envelope), 1)
    ResultLine.objects.update(funded=funded, added_minor=5)


def two_roles(role, budget=None):
    person = make_person()
    RoleAssignment.objects.create(person=person, role="manager", budget=budget)
    RoleAssignment.objects.create(person=person, role=role, budget=budget)


def two_people(email):
    Person.objects.create(email="Ada@example.org")
    Person.objects.create(email=email)


# Of each constraint: something that just about keeps it, and something that breaks it.
CHECKS = {
    "budget_status_known": (lambda: make_budget(status="draft"), lambda: make_budget(status="secret")),
    "budget_currency_is_iso": (lambda: make_budget(currency="PLN"), lambda: make_budget(currency="zl")),
    "budget_municipal_budget_positive": (
        lambda: make_budget(municipal_budget_minor=1, share_minor=None),
        lambda: make_budget(municipal_budget_minor=0, share_minor=None),
    ),
    "budget_share_positive": (lambda: make_budget(share_minor=1), lambda: make_budget(share_minor=0)),
    "budget_share_within_municipal_budget": (
        lambda: make_budget(municipal_budget_minor=5, share_minor=5),
        lambda: make_budget(municipal_budget_minor=5, share_minor=6),
    ),
    "phase_kind_known": (
        lambda: make_phase(make_budget(), kind=PhaseKind.COUNTING),
        lambda: Phase.objects.create(budget=make_budget(), kind="feasting", starts_at=AT, ends_at=AT + timedelta(1)),
    ),
    "phase_ends_after_it_starts": (
        lambda: make_phase(make_budget(), starts_at=AT, ends_at=AT + timedelta(microseconds=1)),
        lambda: make_phase(make_budget(), starts_at=AT, ends_at=AT),
    ),
    "envelope_amount_positive": (
        lambda: make_envelope(make_budget(), amount_minor=1),
        lambda: make_envelope(make_budget(), amount_minor=0),
    ),
    "ballot_box_vote_type_known": (
        lambda: make_ballot_box(make_budget(), vote_type="ordinal"),
        lambda: make_ballot_box(make_budget(), vote_type="shouting"),
    ),
    "project_cost_not_negative": (
        lambda: make_project(make_envelope(make_budget()), cost_minor=0),
        lambda: make_project(make_envelope(make_budget()), cost_minor=-1),
    ),
    "project_place_on_earth": (lambda: in_places(-90, 180), lambda: in_places(90.1, 0)),
    "decision_kind_known": (lambda: a_decision(kind="withdrawn"), lambda: a_decision(kind="regretted")),
    "counted_ballot_channel_known": (lambda: a_ballot(channel="paper"), lambda: a_ballot(channel="pigeon")),
    "result_source_known": (
        lambda: Result.objects.filter(pk=make_result(make_envelope(make_budget())).pk).update(source="imported"),
        lambda: Result.objects.filter(pk=make_result(make_envelope(make_budget())).pk).update(source="guessed"),
    ),
    "role_known": (lambda: two_roles("auditor"), lambda: two_roles("king")),
}
ONCE = {
    "ballot_box_address_once": (lambda: two_boxes("b"), lambda: two_boxes("a")),
    "envelope_address_once": (lambda: two_envelopes("b"), lambda: two_envelopes("a")),
    "project_public_number_once": (two_projects, lambda: two_projects(public_number=1)),
    "project_imported_id_once": (two_projects, lambda: two_projects(imported_id="a")),
    "counted_ballot_number_once": (lambda: two_ballots(2), lambda: two_ballots(1)),
    "result_line_position_once": (lambda: two_lines(2), lambda: two_lines(1)),
    "result_line_added_where_not_funded": (lambda: added_line(False), lambda: added_line(True)),
    "role_once_per_town": (lambda: two_roles("editor"), lambda: two_roles("manager")),
    "role_once_per_budget": (
        lambda: two_roles("editor", make_budget()),
        lambda: two_roles("manager", make_budget()),
    ),
    "person_email_once": (lambda: two_people("ada@example.com"), lambda: two_people("ADA@example.org")),
}


def texts() -> dict[str, tuple[models.Model, dict[str, str], type[models.Model]]]:
    """Of each kind of text: an identity without words, the words, their model."""
    envelope = make_envelope(make_budget())
    return {
        "budget": (make_budget(), {"title": "Words"}, BudgetText),
        "phase": (make_phase(make_budget()), {"title": "Words"}, PhaseText),
        "envelope": (envelope, {"title": "Words"}, EnvelopeText),
        "ballot_box": (make_ballot_box(make_budget()), {"question": "Words"}, BallotBoxText),
        "category": (make_category(), {"name": "Words"}, CategoryText),
        "project": (make_project(envelope), {"title": "Words"}, ProjectText),
        "decision": (a_decision(), {"reason": "Words"}, DecisionText),
        "regulations": (make_regulations(make_budget()), {"title": "Words", "body": "All."}, RegulationsText),
        "canned_reason": (CannedReason.objects.create(slug="rude"), {"words": "Words"}, CannedReasonText),
        "price_hint": (PriceHint.objects.create(lowest_minor=1, highest_minor=2), {"what": "Words"}, PriceHintText),
    }


KINDS_OF_TEXT = (
    *("budget", "phase", "envelope", "ballot_box", "category", "project", "decision"),
    *("regulations", "canned_reason", "price_hint"),
)


TRIED = CHECKS | ONCE | VOTES | PEOPLE | PROPOSALS | DISCUSSION | WRITTEN_TOGETHER | CAMPAIGN


@pytest.mark.parametrize("name", TRIED)
def test_the_database_refuses_what_breaks_a_constraint(name):
    keep, break_it = TRIED[name]
    with transaction.atomic():
        keep()
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        break_it()
    message = str(caught.value)
    assert name in message or all(f".{field}" in message for field in fields_of(name))


def constraints() -> dict[str, models.BaseConstraint]:
    return {
        one.name: one for model in apps.get_app_config("participation").get_models() for one in model._meta.constraints
    }


def fields_of(name: str) -> tuple[str, ...]:
    """The columns that SQLite names where PostgreSQL names the constraint; of a check there are none to name."""
    return getattr(constraints()[name], "fields", ()) or ("no column has this name",)


def test_every_constraint_is_tried_here():
    expected = set(TRIED) | {f"{kind}_text_once_per_locale" for kind in KINDS_OF_TEXT}
    assert {name for name in constraints() if not name.endswith("_translation_key_locale_uniq")} == expected


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(50, None), (None, 20), (0, 181), (0, -180.5), (-91, 0), (float("inf"), 0)]
)
def test_half_a_place_and_a_place_off_the_earth_are_refused(latitude, longitude):
    with pytest.raises(IntegrityError), transaction.atomic():
        in_places(latitude, longitude)


UNIQUE = {
    "budget address": lambda: [make_budget(slug="one") for _ in range(2)],
    "imported file": lambda: [make_budget(imported_sha256="0" * 64) for _ in range(2)],
    "category address": lambda: [Category.objects.create(slug="nature") for _ in range(2)],
    "district name": lambda: [District.objects.create(name="North") for _ in range(2)],
    "decision of a project": lambda: [
        a_decision(project) for project in [make_project(make_envelope(make_budget()))] * 2
    ],
    "result of an envelope": lambda: [make_result(envelope) for envelope in [make_envelope(make_budget())] * 2],
    "heartbeat": lambda: [Heartbeat.objects.create(name="worker", beat_at=AT) for _ in range(2)],
    "uuid": lambda: [make_budget(uuid="5a1a1c52-7d55-4a0e-9f42-000000000000") for _ in range(2)],
}


@pytest.mark.parametrize("name", UNIQUE)
def test_there_is_one_of_each(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        UNIQUE[name]()


def test_a_project_has_one_line_in_all_results():
    budget = make_budget()
    project = make_project(make_envelope(budget))
    a_line(make_result(make_envelope(budget)), project, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_line(make_result(make_envelope(budget)), project, 1)


def test_projects_without_an_imported_id_do_not_clash():
    envelope = make_envelope(make_budget())
    make_project(envelope)
    make_project(envelope)
    assert Project.objects.filter(imported_id="").count() == 2


def test_a_role_in_a_budget_does_not_clash_with_the_same_role_in_the_town():
    person = make_person()
    for budget in (None, make_budget(), make_budget()):
        RoleAssignment.objects.create(person=person, role="manager", budget=budget)
    assert person.roles.count() == 3


def test_roles_held_in_a_budget_include_those_in_the_town():
    person, budget, other = make_person(), make_budget(), make_budget()
    town, own, elsewhere = (
        RoleAssignment.objects.create(person=person, role="manager", budget=one) for one in (None, budget, other)
    )
    assert set(RoleAssignment.objects.held_by(person, budget)) == {town, own}
    assert set(RoleAssignment.objects.held_by(person)) == {town}
    assert not RoleAssignment.objects.held_by(make_person()).exists()
    assert elsewhere.budget == other


@pytest.mark.parametrize("protector", ["envelope", "district", "category", "ballot_box"])
def test_what_others_stand_on_cannot_be_deleted(protector):
    budget = make_budget()
    envelope = make_envelope(
        budget,
        district=District.objects.create(name="North"),
        category=make_category(),
        ballot_box=make_ballot_box(budget),
    )
    make_project(envelope)
    with pytest.raises(ProtectedError):
        (envelope if protector == "envelope" else getattr(envelope, protector)).delete()
    assert Envelope.objects.exists()


# Words


@pytest.mark.parametrize("kind", KINDS_OF_TEXT)
def test_one_text_per_locale_under_the_key_of_its_identity(kind):
    identity, words, model = texts()[kind]
    identity.texts.all().delete()
    english = model.objects.create(identity=identity, locale=locale("en"), **words)
    french = model.objects.create(identity=identity, locale=locale("fr"), **words)
    assert english.translation_key == french.translation_key == identity.uuid
    assert str(english) == "Words"
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(identity=identity, locale=locale("fr"), **words)


def test_a_key_given_by_hand_does_not_part_a_text_from_its_identity():
    budget = make_budget()
    text = budget.texts.get()
    text.translation_key = "5a1a1c52-7d55-4a0e-9f42-000000000000"
    text.save()
    assert BudgetText.objects.get().translation_key == budget.uuid


def budget_in(*language_codes: str) -> Budget:
    """Texts are made in this order and titled by their language."""
    budget = make_budget()
    budget.texts.all().delete()
    for code in language_codes:
        BudgetText.objects.create(identity=budget, locale=locale(code), title=code)
    return budget


@pytest.mark.parametrize(
    ("stored", "active", "expected"),
    [
        (("pl", "en", "fr"), "fr", "fr"),
        (("pl", "en", "fr"), "de", "en"),
        (("pl", "fr"), "de", "pl"),
        (("fr", "pl"), "de", "fr"),
        (("pl",), "en", "pl"),
    ],
)
def test_words_in_the_active_language_else_the_towns_else_any(stored, active, expected):
    with translation.override(active):
        assert str(budget_in(*stored)) == expected


def test_the_towns_own_language_is_a_setting():
    budget = budget_in("en", "fr")
    with override_settings(LANGUAGE_CODE="fr"), translation.override("de"):
        assert str(budget) == "fr"


def test_without_an_active_language_the_towns_own_speaks():
    budget = budget_in("pl", "en")
    with translation.override(None):
        assert str(budget) == "en"


def test_without_words_the_identity_calls_itself_by_its_uuid():
    budget = budget_in()
    assert budget.text is None
    assert str(budget) == str(budget.uuid)


def test_a_phase_without_words_is_called_by_its_kind():
    phase = Phase(kind=PhaseKind.VOTING, budget=make_budget(), starts_at=AT, ends_at=AT + timedelta(1))
    phase.save()
    assert str(phase) == "Voting"


def test_words_may_be_in_another_language_than_their_locale():
    text = budget_in("en").text
    assert text.spoken == "en"
    text.language = "pl"
    assert text.spoken == "pl"


@pytest.mark.parametrize("count", [1, 12])
def test_words_of_many_rows_cost_one_query_more(count, django_assert_num_queries):
    for _ in range(count):
        budget_in("en", "fr")
    with django_assert_num_queries(2):
        assert [str(budget) for budget in Budget.objects.with_texts()] == ["en"] * count


# What forms are told


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"kind": "lottery"}, "kind"),
        ({"dice": 6}, "dice"),
        ({"kind": "greedy", "completion": "add1"}, "completion"),
        ({"kind": "top-up", "top_up_percent": 101}, "percent"),
        ({"kind": "top-up", "cheaper_first": 1}, "cheaper_first"),
        ([], "object"),
        ("greedy", "object"),
    ],
)
def test_a_rule_that_cannot_be_counted_by_is_refused_beside_its_field(rule, words):
    box = make_ballot_box(make_budget())
    box.counting_rule = rule
    with pytest.raises(ValidationError) as caught:
        box.clean()
    assert set(caught.value.message_dict) == {"counting_rule"}
    assert words in caught.value.message_dict["counting_rule"][0]


@pytest.mark.parametrize("limits", [{"max_lenght": "3"}, {"max_length": "3", "colour": "red"}, [], "max_length", 3])
def test_unknown_limits_are_refused_beside_their_field(limits):
    box = make_ballot_box(make_budget())
    box.limits = limits
    with pytest.raises(ValidationError) as caught:
        box.clean()
    assert set(caught.value.message_dict) == {"limits"}
    assert "max_length" in caught.value.message_dict["limits"][0]


@pytest.mark.parametrize("value", ["three", "", None, True, [3], {"of": 3}, "1e9999", "9" * 13])
def test_limits_that_are_no_numbers_are_refused(value):
    box = make_ballot_box(make_budget())
    box.limits = {"default_score": value}
    with pytest.raises(ValidationError) as caught:
        box.clean()
    assert "is not a number" in caught.value.message_dict["limits"][0]


def test_limits_are_kept_as_the_text_that_counting_reads():
    box = make_ballot_box(make_budget())
    box.limits = {"max_length": 3, "default_score": "-0.50", "max_sum_points": 7.5}
    box.clean()
    assert box.limits == {"max_length": "3", "default_score": "-0.5", "max_sum_points": "7.5"}


@pytest.mark.parametrize("rule", [{}, {"kind": "greedy"}, {"kind": "equal-shares", "completion": "add1"}])
def test_a_ballot_box_with_a_known_rule_and_limits_is_clean(rule):
    box = make_ballot_box(make_budget(), counting_rule=rule, limits={"min_length": "1", "max_length": "3"})
    box.full_clean()
    assert BallotBox.objects.get() == box


@pytest.mark.parametrize("switched", [None, [], ["votes"], list(Opening.values)])
def test_a_phase_may_open_what_is_known(switched):
    phase = make_phase(make_budget(), switched=switched)
    phase.full_clean()
    assert phase.openings == (frozenset({"votes"}) if switched is None else frozenset(switched))


@pytest.mark.parametrize("switched", [["fireworks"], ["votes", "fireworks"], "votes", {"votes": True}, 1, [["votes"]]])
def test_a_phase_opens_nothing_else(switched):
    phase = make_phase(make_budget())
    phase.switched = switched
    with pytest.raises(ValidationError) as caught:
        phase.clean()
    assert set(caught.value.message_dict) == {"switched"}


def test_a_phase_that_ends_at_midnight_lasts_until_the_day_before():
    phase = make_phase(make_budget(), starts_at=AT - timedelta(3), ends_at=AT)
    assert phase.last_day.date() == (AT - timedelta(1)).date()


# Lists


def test_drafts_and_what_hangs_on_them_are_not_public():
    for status in ("draft", "published"):
        budget = make_budget(status=status)
        make_phase(budget)
        envelope = make_envelope(budget)
        make_project(envelope)
        make_result(envelope)
    for model in (Phase, Envelope, Project):
        assert {one.budget.status for one in model.objects.public()} == {"published"}
    assert [result.envelope.budget.status for result in Result.objects.public()] == ["published"]


def test_a_result_is_public_once_it_is_published():
    result = make_result(make_envelope(make_budget()), published=False)
    assert not Result.objects.public().exists()
    assert not result.envelope.has_public_result
    result.published_at = AT
    result.save()
    assert Envelope.objects.get().has_public_result


def test_a_project_is_funded_only_as_far_as_the_public_may_know():
    envelope = make_envelope(make_budget())
    won, lost = make_project(envelope), make_project(envelope)
    assert won.is_funded is None
    result = make_result(envelope, funded=[won], lost=[lost], published=False)
    assert [project.is_funded for project in Project.objects.in_recorded_order()] == [None, None]
    Result.objects.filter(pk=result.pk).update(published_at=AT)
    assert [project.is_funded for project in Project.objects.in_recorded_order()] == [True, False]


def test_budgets_with_the_latest_end_come_first_and_those_without_phases_before_them():
    early, late, bare = make_budget(), make_budget(), make_budget()
    make_phase(early, starts_at=AT, ends_at=AT + timedelta(5))
    make_phase(late, starts_at=AT, ends_at=AT + timedelta(1))
    make_phase(late, starts_at=AT + timedelta(2), ends_at=AT + timedelta(9))
    assert list(Budget.objects.newest_first()) == [bare, late, early]
    assert list(Budget.objects.running_or_ahead(AT + timedelta(5))) == [late]
    assert list(Budget.objects.running_or_ahead(AT)) == [early, late]
    assert list(Budget.objects.running_or_ahead(AT + timedelta(9))) == []


def test_the_next_boundary_is_one_of_a_public_budget():
    make_phase(make_budget(status="draft"), starts_at=AT + timedelta(1), ends_at=AT + timedelta(2))
    make_phase(make_budget(), starts_at=AT - timedelta(3), ends_at=AT + timedelta(4))
    assert Phase.objects.next_boundary(AT) == AT + timedelta(4)
    assert Phase.objects.next_boundary(AT - timedelta(4)) == AT - timedelta(3)
    assert Phase.objects.next_boundary(AT + timedelta(4)) is None
