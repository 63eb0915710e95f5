"""What is not published shows nowhere, whichever way one asks."""

import pytest
from django.utils import timezone

from participation.choices import DecisionKind, PhaseKind
from participation.models import Decision, DecisionText, Project, Result
from site_config.anonymous_reads import shelf
from tests.factories.participation import locale, make_envelope, make_phase, make_project

pytestmark = pytest.mark.django_db


def found(client, path: str, **query) -> list[dict]:
    shelf.clear()
    return client.get(f"/api/v1/{path}", query).json()["results"]


@pytest.mark.parametrize("name", ["phases", "envelopes", "projects", "results"])
def test_a_draft_is_not_found_by_its_budget(client, town, draft, name):
    assert found(client, f"{name}/", budget="draft") == []
    assert found(client, f"{name}/", budget="town") != []


def test_a_draft_is_not_found_by_its_envelope(client, draft):
    assert found(client, "projects/", envelope=draft.envelopes.get().uuid) == []


def test_a_decision_shows_with_the_result(client, town):
    project = Project.objects.get(result_line__position=1)
    decision = Decision.objects.create(project=project, kind=DecisionKind.KEPT, decided_on=timezone.now().date())
    DecisionText.objects.create(identity=decision, locale=locale(), reason="As promised.")
    shown = [one["decision"] for one in found(client, "projects/", order="number")]
    assert (shown[0]["kind"], shown[0]["reason"], shown[1:]) == ("kept", "As promised.", [None, None])
    Result.objects.update(published_at=None)
    assert [one["decision"] for one in found(client, "projects/")] == [None, None, None]
    assert [one["outcome"] for one in found(client, "projects/")] == [None, None, None]


def test_a_budget_unpublished_again_takes_everything_with_it(client, town):
    town.status = "draft"
    town.save()
    for name in ("budgets", "phases", "envelopes", "projects", "results"):
        assert found(client, f"{name}/") == [], name


def test_phases_are_told_apart_by_kind(client, town):
    start = timezone.now() + timezone.timedelta(days=30)
    make_phase(town, kind=PhaseKind.COUNTING, starts_at=start)
    assert [phase["stage"] for phase in found(client, "phases/", kind="counting")] == ["ahead"]
    assert [phase["stage"] for phase in found(client, "phases/")] == ["now", "ahead"]


def test_projects_and_envelopes_are_narrowed_by_envelope_and_district(client, town):
    here = town.envelopes.get()
    elsewhere = make_project(make_envelope(town))
    numbers = {one["public_number"] for one in found(client, "projects/", district=here.district.uuid)}
    assert numbers == set(here.projects.values_list("public_number", flat=True))
    alone = found(client, "projects/", envelope=elsewhere.envelope.uuid)
    assert [one["uuid"] for one in alone] == [str(elsewhere.uuid)]
    assert [one["uuid"] for one in found(client, "envelopes/", district=here.district.uuid)] == [str(here.uuid)]
