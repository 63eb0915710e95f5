import pytest
from django.utils import timezone

from participation.models import Budget, BudgetText, Project, Result
from tests.factories.participation import locale, make_envelope, make_phase, make_project

LISTS = ("budgets", "phases", "envelopes", "projects", "results", "pages")
pytestmark = pytest.mark.django_db


def get(client, path: str, **query):
    return client.get(f"/api/v1/{path}", query)


def test_a_budget_tells_everything_about_itself(client, town):
    answer = get(client, "budgets/town/").json()
    phase = town.phases.get()
    assert answer["title"] == "A greener town"
    assert answer["language"] == "en"
    assert answer["share"] == {"amount_minor": 10_000_000, "currency": "EUR"}
    assert answer["municipal_budget"] == {"amount_minor": 900_000_000, "currency": "EUR"}
    assert answer["current_phase"] == str(phase.uuid)
    assert answer["next_phase"] is None
    assert [one["stage"] for one in answer["phases"]] == ["now"]
    assert answer["phases"][0]["opens"] == ["votes"]
    assert answer["links"]["projects"].endswith("/api/v1/projects/?budget=town")


def test_links_of_a_budget_lead_somewhere(client, town):
    links = get(client, "budgets/town/").json()["links"]
    assert client.get(links.pop("page")).status_code == 200
    for address in links.values():
        assert client.get(address).json()["count"] > 0


def test_links_of_a_result_lead_to_a_language_of_the_site(client, town):
    answer = client.get("/api/v1/results/", headers={"Accept-Language": "de"}).json()
    assert client.get(answer["results"][0]["links"]["page"]).status_code == 200


def test_a_phase_names_its_budget(client, town):
    assert get(client, "phases/").json()["results"][0]["budget"] == "town"


def test_an_envelope_shows_its_box_and_result(client, town):
    envelope = town.envelopes.get()
    answer = get(client, f"envelopes/{envelope.uuid}/").json()
    assert answer["budget"] == "town"
    assert answer["district"] == {"uuid": str(envelope.district.uuid), "name": envelope.district.name}
    assert answer["ballot_box"]["vote_type"] == "approval"
    assert client.get(answer["result"]).json()["envelope"] == str(envelope.uuid)


def test_a_project_shows_its_outcome_only_once_the_result_is_public(client, town):
    project = Project.objects.filter(result_line__funded=True).first()
    path = f"projects/{project.uuid}/"
    assert get(client, path).json()["outcome"] == {"funded": True, "added": None, "reason": "funded"}
    Result.objects.update(published_at=None)
    assert get(client, path, locale="en").json()["outcome"] is None


def test_a_result_has_every_line_with_its_sentence(client, town):
    answer = get(client, f"results/{town.envelopes.get().uuid}/").json()
    assert [line["position"] for line in answer["lines"]] == [1, 2, 3]
    assert [line["funded"] for line in answer["lines"]] == [True, True, False]
    assert all(line["explanation"].endswith(".") for line in answer["lines"])
    assert answer["spent"] == {"amount_minor": 800_000, "currency": "EUR"}


def test_links_of_a_result_lead_somewhere(client, town):
    for address in get(client, f"results/{town.envelopes.get().uuid}/").json()["links"].values():
        assert client.get(address).status_code == 200, address


def test_words_come_in_the_language_asked_for(client, town):
    BudgetText.objects.create(identity=town, locale=locale("fr"), title="Une ville plus verte")
    assert get(client, "budgets/town/", locale="fr").json()["title"] == "Une ville plus verte"
    by_header = client.get("/api/v1/budgets/town/", headers={"Accept-Language": "fr"})
    assert by_header.json()["language"] == "fr"
    assert "Accept-Language" in by_header["Vary"]
    locale("es")
    assert get(client, "budgets/town/", locale="es").json()["language"] == "en"


@pytest.mark.parametrize("name", LISTS)
def test_drafts_are_nowhere(client, town, draft, name):
    answer = get(client, f"{name}/", page_size=100).json()
    assert "draft" not in str(answer["results"])


def test_drafts_cannot_be_found_by_their_names(client, draft):
    envelope = draft.envelopes.get()
    paths = [
        "budgets/draft/",
        f"phases/{draft.phases.get().uuid}/",
        f"envelopes/{envelope.uuid}/",
        f"projects/{draft.projects.get().uuid}/",
        f"results/{envelope.uuid}/",
    ]
    assert {get(client, path).status_code for path in paths} == {404}


def test_an_unpublished_result_is_not_there(client, town):
    Result.objects.update(published_at=None)
    envelope = town.envelopes.get()
    assert get(client, f"results/{envelope.uuid}/").status_code == 404
    assert get(client, "results/").json()["count"] == 0
    assert get(client, f"envelopes/{envelope.uuid}/").json()["result"] is None


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"order": "recorded"}, [0, 1, 2]),
        ({"order": "cost"}, [2, 1, 0]),
        ({"order": "-cost"}, [0, 1, 2]),
        ({"order": "number"}, [0, 1, 2]),
        ({"category": "NATURE"}, [0]),
        ({"budget": "nowhere"}, []),
        ({"bbox": "-2,47,-1,48"}, [1]),
    ],
)
def test_projects_are_filtered_and_ordered(client, town, query, numbers):
    projects = list(Project.objects.order_by("public_number"))
    Project.objects.filter(pk=projects[1].pk).update(latitude=47.2, longitude=-1.5)
    if query.get("category") == "NATURE":
        query = {"category": projects[0].categories.get().slug}
    found = [one["public_number"] for one in get(client, "projects/", **query).json()["results"]]
    assert found == [projects[place].public_number for place in numbers]


def test_a_random_order_is_the_same_for_the_same_seed_and_leaves_nothing_out(client, town):
    for place, project in enumerate(Project.objects.order_by("pk")):
        Project.objects.filter(pk=project.pk).update(shuffle=(place + 1) / 4)
    orders = {}
    for seed in range(16):
        answer = get(client, "projects/", order="random", seed=seed).json()["results"]
        orders[seed] = tuple(one["public_number"] for one in answer)
    assert {frozenset(order) for order in orders.values()} == {frozenset(orders[0])}
    assert len(set(orders.values())) == 3


def fill(budget: Budget, times: int) -> None:
    for _ in range(times):
        envelope = make_envelope(budget)
        make_project(envelope)
    start = timezone.now() + timezone.timedelta(days=30)
    for number in range(times):
        begins = start + timezone.timedelta(days=number)
        make_phase(budget, starts_at=begins, ends_at=begins + timezone.timedelta(hours=1))


@pytest.mark.parametrize(
    ("name", "queries"),
    [("budgets", 6), ("phases", 4), ("envelopes", 5), ("projects", 7), ("results", 5), ("pages", 5)],
)
def test_a_list_costs_the_same_whatever_its_length(client, town, name, queries, django_assert_max_num_queries):
    fill(town, 3)
    with django_assert_max_num_queries(queries):
        get(client, f"{name}/", page_size=100)
    fill(town, 27)
    with django_assert_max_num_queries(queries):
        get(client, f"{name}/", page_size=99)
