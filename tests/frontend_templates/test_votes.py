"""The voting pages: what each kind of ballot says, takes and refuses, before, during and after the vote."""

import html
import logging
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontend_templates.voting.guesses import MOST_GUESSES
from participation.actions.box_opening import annul_box, correct, freeze, suspend
from participation.ballot_box import keys
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.locks import BoxBusy
from participation.ballot_box.receipts import code_of, grouped
from participation.ballot_box.roll import new_code
from participation.choices import BoxState, Proof, VoteType
from participation.models import Ballot, BallotBox, PublishedReceipt, RollEntry
from tests.factories.participation import make_budget, make_category, make_envelope, make_person, make_project
from tests.factories.votes import DAY, end_vote, make_draft_box, make_open_box, make_voter
from tests.frontend_templates.pages import read

pytestmark = pytest.mark.usefixtures("own_folders", "home")


@pytest.fixture
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR = str(tmp_path / "keys")
    settings.BUNDLE_DIR = str(tmp_path / "bundles")


@pytest.fixture
def box(home) -> BallotBox:
    return make_open_box()


def address(box: BallotBox, rest: str = "") -> str:
    return f"/en/budgets/{box.budget.slug}/vote/{rest}"


def said(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def make_code(box: BallotBox, **fields) -> str:
    code = new_code()
    make_voter(box, proof=Proof.NONE, code_hash=keys.code_hash(code), **fields)
    return code


def entered(box: BallotBox, client: Client | None = None, **fields) -> Client:
    """A voter whose code has been typed."""
    client = client or Client()
    code = make_code(box, **fields)
    assert client.post(address(box, "code/"), {"code": grouped(code).lower()}).status_code == 302
    return client


def reviewed(client: Client, box: BallotBox, **marks):
    return client.post(address(box, f"{box.slug}/"), {"do": "review", **marks})


def cast(client: Client, box: BallotBox, **marks):
    page = reviewed(client, box, **marks)
    assert "draft" in page.context, said(page)
    draft = {"ballot": page.context["draft"], "replaces": marks.get("replaces", "")}
    return client.post(address(box, f"{box.slug}/cast/"), draft)


def marks(*numbers: int, **more) -> dict:
    return {"mark-all": [str(number) for number in numbers], **more}


# Who may come in


def test_without_a_session_the_overview_is_the_same_for_all_and_sets_nothing(visitor, box):
    response = visitor.get(address(box))
    assert not response.cookies
    assert "s-maxage" in response["Cache-Control"]
    assert "csrfmiddlewaretoken" not in said(response)
    assert "I have a letter with a personal code" in said(response)
    assert "Open until" in said(response)


@pytest.mark.parametrize("rest", ["town/", "town/cast/", "receipts/"])
def test_who_is_not_known_is_led_to_the_overview(visitor, box, rest):
    ask = visitor.post if "cast" in rest else visitor.get
    response = ask(address(box, rest))
    assert (response.status_code, response["Location"]) == (302, address(box))
    assert response["Cache-Control"] == "no-store"


def test_a_code_as_people_type_it_opens_the_booth_and_leaving_closes_it(box):
    client = entered(box)
    before = client.cookies[site.SESSION_COOKIE_NAME].value
    page = client.get(address(box))
    assert page["Cache-Control"] == "no-store"
    assert "Not cast yet" in said(page)
    assert RollEntry.objects.get().proof == Proof.CODE
    assert client.post(address(box, "leave/")).status_code == 302
    assert client.cookies[site.SESSION_COOKIE_NAME].value != before
    assert "Not cast yet" not in said(client.get(address(box)))
    assert client.get(address(box, "town/")).status_code == 302


def test_a_code_in_the_address_is_not_read(client, box):
    page = client.get(address(box, "code/"), {"code": make_code(box)})
    assert 'value="' not in said(page).split('name="code"')[1].split(">")[0]
    assert site.SESSION_COOKIE_NAME not in page.cookies


@pytest.mark.parametrize("wrong", ["", "7K2M-4ABC", "0" * 16, "not a code at all"])
def test_a_wrong_code_is_said_beside_the_field(client, box, wrong):
    page = client.post(address(box, "code/"), {"code": wrong})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert site.SESSION_COOKIE_NAME not in page.cookies


def test_guesses_end_after_ten_and_right_codes_are_none(client, box, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    far, near = {"HTTP_X_FORWARDED_FOR": "1.1.1.1, 203.0.113.5"}, {"HTTP_X_FORWARDED_FOR": "1.1.1.1, 203.0.113.6"}
    code = make_code(box)
    for _ in range(MOST_GUESSES + 2):
        assert client.post(address(box, "code/"), {"code": code}, **far).status_code == 302
    for _ in range(MOST_GUESSES):
        assert client.post(address(box, "code/"), {"code": new_code()}, **far).status_code == 200
    refused = client.post(address(box, "code/"), {"code": code}, **far)
    assert refused.status_code == 429
    assert "Too many codes were tried from here." in said(refused)
    assert client.post(address(box, "code/"), {"code": code}, **near).status_code == 302


def test_a_slip_of_the_keys_is_no_guess(client, box):
    code = make_code(box)
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    for _ in range(MOST_GUESSES + 1):
        assert client.post(address(box, "code/"), {"code": slip}).status_code == 200
    assert client.post(address(box, "code/"), {"code": code}).status_code == 302


def test_one_network_of_many_addresses_is_one_place(client, box, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(MOST_GUESSES):
        client.post(address(box, "code/"), {"code": new_code()}, HTTP_X_FORWARDED_FOR=f"2001:db8::{number:x}")
    refused = client.post(address(box, "code/"), {"code": new_code()}, HTTP_X_FORWARDED_FOR="2001:db8::ffff")
    assert refused.status_code == 429


def test_an_account_with_a_confirmed_address_is_found_on_the_roll(client, box):
    person = make_person(email="ada@example.org")
    make_voter(box, proof=Proof.NONE, account_email_hash=keys.address_hash("Ada@example.org"))
    client.force_login(person)
    confirmed = EmailAddress.objects.create(user=person, email="ada@example.org", verified=False)
    assert "You are not on the roll of this vote." in said(client.get(address(box)))
    EmailAddress.objects.filter(pk=confirmed.pk).update(verified=True)
    assert "Not cast yet" in said(client.get(address(box)))
    assert RollEntry.objects.get().account == person
    assert cast(client, box, **marks(1)).status_code == 302
    assert Ballot.objects.count() == 1


def test_an_account_that_is_not_on_the_roll_casts_nothing(client, box):
    client.force_login(make_person())
    response = client.post(address(box, "town/cast/"), {"ballot": '{"envelopes":{"all":{"projects":[1]}}}'})
    assert response.status_code == 409
    assert "You are not on the roll of this vote." in said(response)


# Each kind of ballot: what is right, and what is wrong with what is not

POINTS = {"max_sum_points": "10", "max_points": "6"}
GOOD = [
    (VoteType.CHOOSE_1, {}, marks(2), '{"all":{"projects":[2]}}'),
    (VoteType.APPROVAL, {"max_length": "2"}, marks(3, 1), '{"all":{"projects":[1,3]}}'),
    (VoteType.KNAPSACK, {}, marks(1, 2, 3), '{"all":{"projects":[1,2,3]}}'),
    (
        VoteType.ORDINAL,
        {"max_length": "3"},
        {"mark-all-4": "1", "mark-all-2": "3"},
        '{"all":{"projects":[4,2]}}',
    ),
    (
        VoteType.CUMULATIVE,
        POINTS,
        {"mark-all-1": "6", "mark-all-3": "4", "mark-all-2": "0"},
        '{"all":{"points":[6,4],"projects":[1,3]}}',
    ),
    (
        VoteType.SCORING,
        {"max_points": "5"},
        {"mark-all-1": "5", "mark-all-2": "0"},
        '{"all":{"points":[5,0],"projects":[1,2]}}',
    ),
]


@pytest.mark.parametrize(("vote_type", "limits", "posted", "content"), GOOD)
def test_each_kind_of_ballot_is_cast_as_it_was_reviewed(home, vote_type, limits, posted, content):
    box = make_open_box(vote_type=vote_type, limits=limits)
    client = entered(box)
    assert "Draft, not cast yet" in said(reviewed(client, box, **posted))
    assert not Ballot.objects.exists()
    response = cast(client, box, **posted)
    assert (response.status_code, response["Location"]) == (302, address(box, "receipts/"))
    stored = Ballot.objects.get()
    assert stored.content == content
    assert grouped(code_of(bytes(stored.receipt))) in said(client.get(response["Location"]))
    again = client.get(address(box, "town/"))
    assert again.context["replaces"] == bytes(stored.receipt).hex()
    marked = {line.project.public_number for part in again.context["sheet"].parts for line in part.lines if line.mark}
    assert marked == {number for number in (1, 2, 3, 4) if f"{number}" in content.split("projects")[1]}


BAD = [
    (VoteType.CHOOSE_1, {}, {}, "Nothing is chosen.", "ballot"),
    (VoteType.CHOOSE_1, {}, marks(1, 2), "Too many projects are chosen.", "envelope-all"),
    (VoteType.APPROVAL, {"max_length": "2"}, marks(1, 2, 3), "Too many projects are chosen.", "envelope-all"),
    (VoteType.APPROVAL, {"min_length": "2"}, marks(1), "Too few projects are chosen.", "envelope-all"),
    (VoteType.KNAPSACK, {}, marks(1, 2, 3, 4), "The chosen projects cost more than there is.", "envelope-all"),
    (
        VoteType.ORDINAL,
        {},
        {"mark-all-1": "1", "mark-all-2": "1"},
        "Two projects have the same rank.",
        "mark-all-2",
    ),
    (VoteType.ORDINAL, {}, {"mark-all-1": "x"}, "Write a whole number here.", "mark-all-1"),
    (
        VoteType.CUMULATIVE,
        POINTS,
        {"mark-all-1": "2", "mark-all-3": "7"},
        "The points of a project are outside what the rules allow.",
        "mark-all-3",
    ),
    (
        VoteType.CUMULATIVE,
        POINTS,
        {"mark-all-1": "6", "mark-all-3": "5"},
        "The sum of the points is not what the rules ask for.",
        "envelope-all",
    ),
    (VoteType.SCORING, {"max_points": "5"}, {"mark-all-1": "1.5"}, "Write a whole number here.", "mark-all-1"),
    (
        VoteType.SCORING,
        {"max_points": "5"},
        {"mark-all-2": "-1"},
        "The points of a project are outside what the rules allow.",
        "mark-all-2",
    ),
]


@pytest.mark.parametrize(("vote_type", "limits", "posted", "words", "target"), BAD)
def test_each_fault_is_said_where_it_is_and_what_was_typed_stays(home, vote_type, limits, posted, words, target):
    box = make_open_box(vote_type=vote_type, limits=limits)
    page = reviewed(entered(box), box, **posted)
    assert f'<a href="#{target}">{words}</a>' in said(page)
    assert f'id="{target}"' in said(page)
    assert "draft" not in page.context
    typed = {line.project.public_number for line in page.context["sheet"].parts[0].lines if line.mark}
    assert typed == {int(n) for n in posted.get("mark-all", [])} | {int(name[-1]) for name in posted if name[-1] != "l"}


RULES = [
    (VoteType.CHOOSE_1, {}, ["Choose one project."]),
    (VoteType.APPROVAL, {"max_length": "1"}, ["Choose at most 1 project."]),
    (VoteType.APPROVAL, {"min_length": "2"}, ["Choose at least 2 projects.", "Choose as many projects as you like."]),
    (VoteType.KNAPSACK, {"min_sum_cost": "5"}, ["may cost at most €10.", "must cost at least €5."]),
    (VoteType.ORDINAL, {"max_length": "3"}, ["Give ranks: 1 is", "Choose at most 3 projects."]),
    (VoteType.CUMULATIVE, POINTS, ["Share out at most 10 points.", "no more than 6 points."]),
    (VoteType.CUMULATIVE, {"min_sum_points": "4", "max_sum_points": "4"}, ["Share out exactly 4 points."]),
    (VoteType.SCORING, {"min_points": "1"}, ["Give points to each project", "no fewer than 1 points."]),
]


@pytest.mark.parametrize(("vote_type", "limits", "sentences"), RULES)
def test_the_rules_stand_above_the_ballot(home, vote_type, limits, sentences):
    box = make_open_box(vote_type=vote_type, limits=limits)
    page = said(entered(box).get(address(box, "town/")))
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_update_counts_again_without_a_script_and_says_what_is_missing(box):
    page = entered(box).post(address(box, "town/"), {"do": "update", **marks(1, 2)})
    assert page.context["sheet"].parts[0].totals.left_minor == 300
    assert "€3</strong>" in said(page)
    assert "more than is left</p>" not in said(page)
    page = entered(box).post(address(box, "town/"), {"do": "update", **marks(1, 2, 4)})
    assert "€1 more than is left</p>" in said(page)
    assert page.context["sheet"].faults == []


def test_category_limits_are_said_and_kept(home):
    box = make_draft_box()
    nature = make_category("Nature")
    for project in box.budget.projects.all():
        project.categories.add(nature)
    BallotBox.objects.filter(pk=box.pk).update(category_limits={nature.slug: 1})
    box.refresh_from_db()
    box = freeze(box=box, at=timezone.now() - 2 * DAY)
    page = reviewed(entered(box), box, **marks(1, 2))
    assert "At most 1 project of Nature." in said(page)
    assert "Too many projects of one category are chosen." in said(page)


# Several envelopes


def with_districts(**fields) -> BallotBox:
    """Two envelopes, “all” with projects 1 to 4 and “north” with project 5."""
    box = make_draft_box(vote_type=VoteType.APPROVAL, **fields)
    north = make_envelope(box.budget, amount_minor=500, ballot_box=box, slug="north", title="The north")
    make_project(north, public_number=5, recorded_order=5, cost_minor=200)
    return freeze(box=box, at=timezone.now() - 2 * DAY)


def test_only_the_envelopes_open_to_the_voter_are_on_the_ballot(home):
    box = with_districts()
    assert said(entered(box).get(address(box, "town/"))).count("<fieldset") == 2
    client = entered(box, envelopes=["north"])
    assert said(client.get(address(box, "town/"))).count("<fieldset") == 1
    assert 'id="envelope-north"' in said(client.get(address(box, "town/")))
    draft = '{"envelopes":{"all":{"projects":[1]}}}'
    refused = client.post(address(box, "town/cast/"), {"ballot": draft})
    assert refused.status_code == 400
    assert "You may not vote in this envelope." in said(refused)
    assert not Ballot.objects.exists()


def test_both_envelopes_are_one_ballot(home):
    box = with_districts()
    assert cast(entered(box), box, **marks(1, 2), **{"mark-north": ["5"]}).status_code == 302
    assert Ballot.objects.get().content == '{"all":{"projects":[1,2]},"north":{"projects":[5]}}'


def test_one_envelope_of_ones_choice_is_chosen_first(home):
    box = with_districts(most_envelopes=1)
    client = entered(box)
    assert "You vote in one envelope. Which one?" in said(client.get(address(box, "town/")))
    assert "Which one?" in said(client.get(address(box, "town/?envelope=nothing")))
    page = client.get(address(box, "town/?envelope=north"))
    assert 'name="envelope" value="north"' in said(page)
    assert 'id="envelope-all"' not in said(page)
    cast(client, box, envelope="north", **{"mark-north": ["5"]})
    assert Ballot.objects.get().content == '{"north":{"projects":[5]}}'
    assert "Your ballot is here now" in said(client.get(address(box, "town/")))


# Changing


def test_a_ballot_is_changed_by_whoever_looked_at_it_last(box):
    client = entered(box)
    cast(client, box, **marks(1))
    first = client.get(address(box, "town/")).context["replaces"]
    assert cast(client, box, replaces=first, **marks(2)).status_code == 302
    refused = cast(client, box, replaces=first, **marks(3))
    assert refused.status_code == 409
    assert "Your ballot was changed elsewhere meanwhile. Look at it first." in said(refused)
    assert f'href="{address(box, "town/")}"' in said(refused)
    assert Ballot.objects.get().content == '{"all":{"projects":[2]}}'


def test_the_same_ballot_twice_is_cast_once(box):
    client = entered(box)
    cast(client, box, **marks(1))
    receipt = bytes(Ballot.objects.get().receipt)
    assert cast(client, box, **marks(1)).status_code == 302
    assert bytes(Ballot.objects.get().receipt) == receipt


def test_from_the_review_back_to_the_form_with_the_draft(box):
    client = entered(box)
    draft = reviewed(client, box, **marks(2, 4)).context["draft"]
    page = client.post(address(box, "town/"), {"do": "edit", "ballot": draft, "replaces": "ab" * 32})
    assert {line.project.public_number for line in page.context["sheet"].parts[0].lines if line.mark} == {2, 4}
    assert page.context["replaces"] == "ab" * 32


@pytest.mark.parametrize(
    "draft", ["", "{", "[]", "[" * 100_000, '{"envelopes":{"all":{"projects":[99]}}}', "x" * 300_000]
)
def test_a_draft_that_was_tampered_with_is_no_ballot(box, draft):
    client = entered(box)
    page = client.post(address(box, "town/"), {"do": "edit", "ballot": draft})
    assert (page.status_code, [line for line in page.context["sheet"].parts[0].lines if line.mark]) == (200, [])
    assert client.post(address(box, "town/cast/"), {"ballot": draft}).status_code == 400
    assert not Ballot.objects.exists()


# What casting leaves behind: the ballot, and nothing else


def test_casting_leaves_the_session_the_log_and_the_other_tables_alone(box, caplog):
    client = entered(box)
    draft = reviewed(client, box, **marks(1)).context["draft"]
    name = client.cookies[site.SESSION_COOKIE_NAME].value
    path = next(path for path in Path(site.SESSION_FILE_PATH).iterdir() if path.name.endswith(name))
    before = (path.stat().st_mtime_ns, path.read_bytes())
    with caplog.at_level(logging.DEBUG, "django.request"), CaptureQueriesContext(connection) as asked:
        response = client.post(address(box, "town/cast/"), {"ballot": draft})
    assert response.status_code == 302
    assert not response.cookies
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    written = [one["sql"] for one in asked if one["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) == 1
    assert "participation_ballot" in written[0]
    assert [record for record in caplog.records if record.name.startswith("django.request")] == []


@pytest.mark.parametrize("vote_type", VoteType.values)
@pytest.mark.parametrize("rest", ["", "town/", "code/", "receipts/", "review"])
def test_pages_are_well_made(home, vote_type, rest):
    box = make_open_box(vote_type=vote_type, limits={})
    client = entered(box)
    posted = {"mark-all": ["1"], "mark-all-1": "1"}
    cast(client, box, **posted)
    response = reviewed(client, box, **posted) if rest == "review" else client.get(address(box, rest))
    page = read(response)
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert len(page.ids) == len(set(page.ids))
    assert len(page.all("main")) == 1
    inputs = [one for tag in ("input", "select") for one in page.all(tag) if one.get("type") != "hidden"]
    assert {one.get("id") for one in inputs} <= {label.get("for") for label in page.all("label")}
    for _, attributes in page.tags:
        assert set((attributes.get("aria-describedby") or "").split()) <= set(page.ids)


@pytest.mark.parametrize("rest", ["", "town/", "town/practice/", "code/", "receipts/"])
def test_nothing_is_kept_for_who_has_a_session(box, rest):
    client = entered(box)
    cast(client, box, **marks(1))
    assert client.get(address(box, rest))["Cache-Control"] == "no-store"


def test_the_order_is_ones_own_and_stays(home):
    box = make_open_box(costs=(100,) * 12)
    client = entered(box)

    def order(one: Client) -> list[int]:
        return [line.project.public_number for line in one.get(address(box, "town/")).context["sheet"].parts[0].lines]

    assert order(client) == order(client)
    assert sorted(order(client)) == list(range(1, 13))
    assert len({tuple(order(entered(box))) for _ in range(4)}) > 1
    assert "random order that is your own" in said(client.get(address(box, "town/")))


def test_the_number_of_projects_costs_no_queries(home):
    counts = []
    for projects in (3, 20):
        box = make_open_box(costs=(10,) * projects)
        client = entered(box)
        cast(client, box, **marks(1))
        for rest in ("", "town/", "receipts/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(box, rest)).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


# Before, between and after


def test_before_it_opens_there_is_practice_and_no_ballot(home):
    box = make_open_box()
    now = timezone.now()
    BallotBox.objects.filter(pk=box.pk).update(opens_at=now + DAY, closes_at=now + 2 * DAY)
    client = entered(box)
    page = said(client.get(address(box)))
    assert "Opens on" in page
    assert address(box, "town/practice/") in page
    refused = client.get(address(box, "town/"))
    assert refused.status_code == 409
    assert "Voting is not open yet." in said(refused)


def test_practice_is_for_anybody_and_stores_nothing(visitor, box):
    page = visitor.get(address(box, "town/practice/"))
    assert "nothing is stored, and no ballot is cast." in said(page)
    with CaptureQueriesContext(connection) as asked:
        review = visitor.post(address(box, "town/practice/"), {"do": "review", **marks(1)})
    assert "Cast my vote" not in said(review)
    assert "nothing is stored" in said(review)
    assert site.SESSION_COOKIE_NAME not in visitor.cookies
    assert all(one["sql"].startswith("SELECT") for one in asked)


def test_practice_ends_with_the_vote_and_needs_fixed_rules(visitor, home):
    assert visitor.get(address(make_draft_box(), "town/practice/")).status_code == 404
    box = make_open_box()
    BallotBox.objects.filter(pk=box.pk).update(state=BoxState.CLOSED)
    assert visitor.get(address(box, "town/practice/")).status_code == 404


def test_a_box_in_preparation_is_named_and_has_no_ballot(visitor, home):
    box = make_draft_box()
    assert "Voting is not open yet." in said(visitor.get(address(box)))
    assert visitor.get(address(box, "town/")).status_code == 404


def test_after_it_has_closed_there_are_all_projects_until_the_result_is_out(box):
    client = entered(box)
    draft = reviewed(client, box, **marks(1)).context["draft"]
    end_vote(box)
    page = said(client.get(address(box)))
    assert "Counting is in progress." in page
    assert page.count("/projects/") >= 4
    refused = client.post(address(box, "town/cast/"), {"ballot": draft})
    assert refused.status_code == 409
    assert "Voting is closed." in said(refused)
    assert not Ballot.objects.exists()
    assert client.get(address(box, "receipts/")).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"paper": True}, "You voted on paper, and that vote counts."),
        ({"barred": "Died."}, "Your entry on the roll is barred. The help desk knows why."),
    ],
)
def test_who_voted_on_paper_or_is_barred_is_told_and_casts_nothing(box, fields, words):
    client = entered(box)
    RollEntry.objects.update(**fields)
    assert words in said(client.get(address(box)))
    refused = client.get(address(box, "town/"))
    assert refused.status_code == 409
    assert words in said(refused)
    draft = '{"envelopes":{"all":{"projects":[1]}}}'
    assert client.post(address(box, "town/cast/"), {"ballot": draft}).status_code == 409
    assert not Ballot.objects.exists()


def test_what_was_done_to_the_vote_is_dated_and_said(client, box):
    correct(box=box, at=timezone.now(), project=2, text="The cost holds the trees too.")
    suspend(box=box, at=timezone.now())
    page = said(client.get(address(box)))
    assert "Correction to project No. 2: The cost holds the trees too." in page
    assert "Voting is interrupted: come back later." in page
    annul_box(box=box, at=timezone.now(), reason="A flood.")
    page = said(Client().get(address(box), HTTP_ACCEPT="text/html"))
    assert "The vote was annulled: A flood." in page
    assert "Open until" not in page


def test_a_correction_stands_beside_its_project(box):
    correct(box=box, at=timezone.now(), project=2, text="The cost holds the trees too.")
    lines = entered(box).get(address(box, "town/")).context["sheet"].parts[0].lines
    assert [line.project.public_number for line in lines if line.notices] == [2]


def test_a_box_out_of_reach_is_503_and_changes_nothing(box, monkeypatch):
    client = entered(box)
    draft = reviewed(client, box, **marks(1)).context["draft"]

    def busy(**_):
        raise BoxBusy

    with monkeypatch.context() as patched:
        patched.setattr("participation.ballot_box.casting.cast", busy)
        response = client.post(address(box, "town/cast/"), {"ballot": draft})
    assert response.status_code == 503
    assert "Nothing was changed: go back and try again" in said(response)
    keys.box_file(box.uuid).unlink()
    assert client.post(address(box, "town/cast/"), {"ballot": draft}).status_code == 503
    assert client.get(address(box, "town/")).status_code == 503
    assert not Ballot.objects.exists()


# Afterwards


def published_box(codes: int = 40) -> BallotBox:
    box = make_open_box()
    latch_closed(end_vote(box))
    BallotBox.objects.filter(pk=box.pk).update(state=BoxState.PUBLISHED)
    for number in range(codes):
        receipt = bytes([number * 6]) * 32
        PublishedReceipt.objects.create(box=box, receipt=receipt, code=code_of(receipt))
    return box


def test_receipts_are_found_by_two_characters(visitor, home):
    box = published_box()
    code = PublishedReceipt.objects.first().code
    whole = grouped(code)
    page = visitor.get(address(box, "receipts/town/"))
    assert whole not in said(page)
    assert f'href="?begins={code[:2]}"' in said(page)
    assert 'maxlength="2"' in said(page)
    assert whole in said(visitor.get(address(box, "receipts/town/"), {"begins": code[:2].lower()}))
    assert "0 receipts begin with" in said(visitor.get(address(box, "receipts/town/"), {"begins": "%_"}))
    assert address(box, "receipts/town/") in said(visitor.get(address(box)))


def test_receipts_are_not_public_before_the_result_is(visitor, box):
    assert visitor.get(address(box, "receipts/town/")).status_code == 404


def test_the_budget_leads_to_the_vote_while_it_is_open(visitor, box):
    there = f'href="{address(box)}">Vote now</a>'
    assert there in said(visitor.get(f"/en/budgets/{box.budget.slug}/"))
    end_vote(box)
    assert there not in said(visitor.get(f"/en/budgets/{box.budget.slug}/?later"))


def test_a_budget_that_is_not_published_has_no_vote(client, box):
    voter = entered(box)
    type(box.budget).objects.filter(pk=box.budget_id).update(status="draft")
    for rest in ("", "code/", "town/", "town/practice/", "receipts/"):
        assert voter.get(address(box, rest)).status_code == 404
    assert voter.post(address(box, "town/cast/"), {"ballot": "{}"}).status_code == 404


def test_a_document_and_a_date_of_birth_open_the_booth(client, box):
    page = address(box, "document/")
    assert client.get(page).status_code == 404
    make_voter(box, proof=Proof.NONE, census_hash=keys.census_hash("AB 12", "1990-12-31"))
    assert "I have an identity document" in said(client.get(address(box)))
    for document, born in (("AB 12", "1990-12-30"), ("AB 13", "1990-12-31"), ("", ""), ("AB 12", "31.12.1990")):
        wrong = client.post(page, {"document": document, "born": born})
        assert wrong.status_code == 200
        assert "fault" in wrong.content.decode()
    assert client.post(page, {"document": "ab12", "born": "1990-12-31"}).status_code == 302
    assert client.get(address(box, "town/")).status_code == 200


def test_guesses_at_documents_end_too(client, box):
    make_voter(box, proof=Proof.NONE, census_hash=keys.census_hash("AB 12", "1990-12-31"))
    wrong = {"document": "X", "born": "1990-12-31"}
    answers = [client.post(address(box, "document/"), wrong).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_every_voter_can_read_what_is_secret_and_what_is_not_promised(client, box):
    assert f'href="{address(box)}secrecy/"' in said(client.get(address(box)))
    page = said(client.get(f"{address(box)}secrecy/"))
    assert "What we do not promise" in page
    assert "as long as the vote is open, you have to trust whoever runs the server" in page.lower()
    assert client.get(f"/en/budgets/{make_budget().slug}/vote/secrecy/").status_code == 404
