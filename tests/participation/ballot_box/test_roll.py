"""The roll: imported whole or not at all, and each entry bound to one proof."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.actions.letters import letters
from participation.actions.roll_import import RollFaulty, import_roll
from participation.ballot_box import roll
from participation.ballot_box.receipts import as_typed, grouped, is_whole
from participation.choices import Proof
from participation.models import BallotBox, RollEntry
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_district, make_person
from tests.factories.votes import make_draft_box, make_open_box

HEADER = "register_id,email,district,birth_date,document\n"


@pytest.fixture
def box(db):
    return make_draft_box()


def bring_in(box, tmp_path, text: str):
    path = tmp_path / "roll.csv"
    path.write_text(text)
    nothing = lambda stage, done, total: None  # noqa: E731
    return import_roll(budget=box.budget, path=path, actor=None, at=timezone.now(), progress=nothing)


def test_a_roll_is_imported_with_what_is_open_to_each_person(box, tmp_path):
    north = make_district("North")
    box.envelopes.update(district=north)
    imported = bring_in(box, tmp_path, HEADER + "1,a@example.org,North,1990-01-01,X1\n2,,,,\n")
    assert (imported.rows, imported.entries) == (2, {"town": 2})
    first, second = RollEntry.objects.order_by("register_id")
    assert (first.envelopes, second.envelopes) == (["all"], [])
    assert len(bytes(first.person_ref)) == 16
    assert first.proof == Proof.NONE
    assert bytes(first.person_ref) != bytes(second.person_ref)


def test_a_roll_may_be_longer_than_what_one_statement_takes(box, tmp_path):
    rows = "".join(f"{number},p{number}@example.org,,1990-01-01,X{number}\n" for number in range(6_000))
    assert bring_in(box, tmp_path, HEADER + rows).rows == 6_000
    assert RollEntry.objects.filter(box=box).count() == 6_000


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Line 1"),
        (HEADER, "no rows"),
        ("number\n1\n", "no column register_id"),
        ("register_id,party\n1,x\n", "no such column"),
        ("register_id,register_id\n1,1\n", "there twice"),
        (HEADER + "1,,,,\n1,,,,\n", "Line 3: The register_id is there twice"),
        (HEADER + "1,a@b.example,,,\n2,A@B.example,,,\n", "Line 3: The email is there twice"),
        (HEADER + ",,,,\n", "Line 2"),
        (HEADER + "1,nobody,,,\n", "no address"),
        (HEADER + "1,,Atlantis,,\n", "no district"),
        (HEADER + "1,,,31.12.1990,\n", "1990-12-31"),
        (HEADER + "1,,,,X1\n", "needs a birth_date"),
        (HEADER + "1,,\n", "3 cells"),
        (HEADER + '1,"unclosed\n', "cannot be read as CSV"),
    ],
)
def test_one_fault_and_nothing_is_imported(box, tmp_path, text, fault):
    with pytest.raises(RollFaulty) as faulty:
        bring_in(box, tmp_path, text)
    assert fault in " ".join(faulty.value.faults)
    assert not RollEntry.objects.exists()
    assert not box.audit_events.exists()


def test_who_is_too_young_on_the_day_has_no_entry(box, tmp_path):
    BallotBox.objects.filter(pk=box.pk).update(minimum_age=16, age_on=date(2026, 6, 1))
    rows = "1,,,2010-06-01,\n2,,,2010-06-02,\n"
    assert bring_in(box, tmp_path, HEADER + rows).entries == {"town": 1}
    assert RollEntry.objects.get().register_id == "1"


def test_an_import_takes_the_same_queries_for_ten_rows_and_for_sixty(box, tmp_path):
    def queries(start: int, count: int) -> int:
        rows = "".join(f"{number},,,,\n" for number in range(start, start + count))
        with CaptureQueriesContext(connection) as seen:
            bring_in(box, tmp_path, HEADER + rows)
        return len([one for one in seen if "SAVEPOINT" not in one["sql"]])

    assert queries(1, 10) == queries(100, 60) <= 12


def test_the_command_says_what_is_wrong(box, tmp_path):
    path = tmp_path / "roll.csv"
    path.write_text(HEADER + "1,,,,\n1,,,,\n")
    with pytest.raises(CommandError, match="Line 3: The register_id is there twice"):
        call_command("import_roll", box.budget.slug, path)
    with pytest.raises(CommandError, match="no budget"):
        call_command("import_roll", "nowhere", path)


def test_a_confirmed_address_binds_its_entry_once(box, tmp_path):
    bring_in(box, tmp_path, HEADER + "1,Ann@example.org,,,\n")
    ann, other = make_person(), make_person()
    assert roll.bind_by_address(box, ann, "somebody@example.org") is None
    entry = roll.bind_by_address(box, ann, "ann@EXAMPLE.org")
    assert (entry.account, entry.proof) == (ann, Proof.ACCOUNT)
    assert roll.bind_by_address(box, other, "ann@example.org") is None
    assert roll.bind_by_address(box, ann, "ann@example.org") == entry


def written(box, *, reissue=frozenset(), ids=("1",)) -> list[str]:
    rows = [{"register_id": one, "name": f"Person {one}", "address": "Street 1\nTown"} for one in ids]
    return list(letters(budget=box.budget, rows=rows, reissue=reissue, language="en", at=timezone.now()))


def code_in(letter: str) -> str:
    return letter.split('class="letter-code">')[1].split("<", maxsplit=1)[0]


def test_a_letter_holds_a_code_that_enters_and_is_kept_nowhere(box, tmp_path):
    bring_in(box, tmp_path, HEADER + "1,,,,\n")
    [letter] = written(box)
    code = code_in(letter)
    assert is_whole(as_typed(code))
    assert "Person 1" in letter
    voter = roll.enter_by_code([box], code.lower().replace("-", " "))
    assert roll.entry_of_voter(box, voter) == RollEntry.objects.get()
    assert RollEntry.objects.get().proof == Proof.CODE
    assert written(box) == []


def test_a_reissued_code_voids_the_one_before(box, tmp_path):
    bring_in(box, tmp_path, HEADER + "1,,,,\n")
    old, new = code_in(written(box)[0]), code_in(written(box, reissue=frozenset({"1"}))[0])
    with pytest.raises(ActionRefused) as refused:
        roll.enter_by_code([box], old)
    assert refused.value.refusal is Refusal.CODE_UNKNOWN
    assert roll.enter_by_code([box], new)


def test_a_reissued_code_ends_what_the_old_one_began(box, tmp_path):
    bring_in(box, tmp_path, HEADER + "1,,,,\n")
    voter = roll.enter_by_code([box], code_in(written(box)[0]))
    assert roll.entry_of_voter(box, voter)
    written(box, reissue=frozenset({"1"}))
    assert roll.entry_of_voter(box, voter) is None


@pytest.mark.parametrize("typed", ["", "7K2M", "0000-0000-0000-0000", "7K2M-4ABC-DEFG-HJKX", "\0" * 16, "é" * 16])
def test_a_code_that_is_none_is_refused(box, typed):
    with pytest.raises(ActionRefused) as refused:
        roll.enter_by_code([box], typed)
    assert refused.value.refusal is Refusal.CODE_UNKNOWN


def test_an_entry_bound_to_an_account_needs_the_desk_for_another_proof(db, tmp_path):
    box = make_open_box()
    bring_in(box, tmp_path, HEADER + "1,ann@example.org,,1990-01-01,X 1\n")
    code = code_in(written(box)[0])
    roll.bind_by_address(box, make_person(), "ann@example.org")
    for enter in (lambda: roll.enter_by_code([box], code), lambda: roll.enter_by_census([box], "x1", "1990-01-01")):
        with pytest.raises(ActionRefused) as refused:
            enter()
        assert refused.value.refusal is Refusal.BOUND_OTHERWISE


def test_codes_have_a_check_character_that_finds_every_single_slip():
    code = roll.new_code()
    assert len(grouped(code)) == 19
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    slips = [code[:at] + other + code[at + 1 :] for at in range(16) for other in alphabet if other != code[at]]
    assert not any(is_whole(slip) for slip in slips)
