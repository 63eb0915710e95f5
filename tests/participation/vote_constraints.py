"""For each constraint of the ballot box's tables: what it allows, and what it refuses."""

from datetime import date, timedelta

from django.utils import timezone

from participation.models import (
    AuditEvent,
    Ballot,
    BallotBox,
    Checkpoint,
    Declaration,
    KeyedPaper,
    OfficerPass,
    PaperBatch,
    PublishedReceipt,
    Reminder,
    RollEntry,
    Station,
    TwoPersonAct,
)
from tests.factories.participation import make_ballot_box, make_budget, make_person


def a_box(**fields) -> BallotBox:
    return make_ballot_box(make_budget(), **fields)


def entries(*rows: dict) -> None:
    box, account = a_box(), make_person()
    for number, row in enumerate(rows):
        own = {"person_ref": bytes([number]) * 16} | row
        if own.pop("with_account", False):
            own["account"] = account
        RollEntry.objects.create(box=box, **own)


def ballots(*rows: dict) -> None:
    box = a_box()
    for number, row in enumerate(rows):
        one = bytes([number]) * 32
        Ballot.objects.create(
            **{"box": box, "voter_key": one, "receipt": one, "nonce": b"n" * 16, "content": "{}", "channel": "web"}
            | row
        )


def events(*rows: dict) -> None:
    box = a_box()
    for number, row in enumerate(rows):
        one = str(number) * 64
        AuditEvent.objects.create(**{"box": box, "seq": number, "body": "{}", "prev_hash": one, "hash": one} | row)


def receipts(*values: bytes) -> None:
    box = a_box()
    for value in values:
        PublishedReceipt.objects.create(box=box, receipt=value, code="7")


def checkpoints(*numbers: int) -> None:
    box = a_box()
    for seq in numbers:
        Checkpoint.objects.create(box=box, seq=seq, body="{}", signature="0")


def acts(*kinds: str, alone: bool = False) -> None:
    box, person = a_box(), make_person()
    at = timezone.now()
    for kind in kinds:
        TwoPersonAct.objects.create(
            box=box, kind=kind, asked_by=person, asked_at=at, confirmed_by=person if alone else None
        )


def a_station(budget, name: str = "Town hall") -> Station:
    return Station.objects.create(budget=budget, name=name, address="Square 1", hours="9 to 5")


def stations(*names: str) -> None:
    budget = make_budget()
    for name in names:
        a_station(budget, name)


def counts(times: int) -> None:
    box = a_box()
    station = a_station(box.budget)
    for _ in range(times):
        box.paper_counts.create(station=station)


def batches(*numbers: int, **people) -> PaperBatch:
    box = a_box()
    station = a_station(box.budget)
    made = [PaperBatch.objects.create(box=box, station=station, number=one, papers=20, **people) for one in numbers]
    return made[0]


def keyed(*numbers: int) -> None:
    batch = batches(1)
    for number in numbers:
        KeyedPaper.objects.create(batch=batch, is_second=False, number=number, content="{}")


def keyed_by_one() -> None:
    person = make_person()
    batches(1, first_keyed_by=person, second_keyed_by=person)


def frozen(**fields) -> dict:
    now = timezone.now()
    whole = {"state": "frozen", "opens_at": now, "closes_at": now + timedelta(days=1)}
    return whole | {"rules_sha256": "0" * 64, "key_check": "0" * 64} | fields


def declared(*rows: dict) -> None:
    budget, person = make_budget(), make_person()
    for row in rows:
        own = {"budget": budget, "person": person, "name": "Ann", "born": date(1990, 1, 1), "address": "Lane 1"}
        words = {"name_words": "ann", "address_words": "1 lane", "declared_on": date(2030, 1, 1), "state": "accepted"}
        Declaration.objects.create(**own | words | row)


def a_pass(hours: int) -> None:
    now = timezone.now()
    station = a_station(make_budget())
    OfficerPass.objects.create(
        station=station, person=make_person(), valid_from=now, valid_until=now + timedelta(hours=hours)
    )


def reminded(times: int) -> None:
    box, person = a_box(), make_person()
    for _ in range(times):
        Reminder.objects.create(box=box, person=person)


VOTES = {
    "ballot_box_address_free": (lambda: a_box(slug="codes"), lambda: a_box(slug="code")),
    "declaration_once_unless_refused": (
        lambda: declared({}, {"person": None}, {"person": None}, {"state": "refused", "reason": "Blurred."}),
        lambda: declared({}, {}),
    ),
    "declaration_state_known": (lambda: declared({"state": "waiting"}), lambda: declared({"state": "owl"})),
    "declaration_refused_with_reason": (
        lambda: declared({"state": "refused", "reason": "Twice."}),
        lambda: declared({"state": "refused"}),
    ),
    "pass_ends_after_it_begins": (lambda: a_pass(1), lambda: a_pass(0)),
    "reminded_once": (lambda: reminded(1), lambda: reminded(2)),
    "ballot_box_state_known": (lambda: a_box(**frozen()), lambda: a_box(**frozen(state="ajar"))),
    "ballot_box_frozen_whole": (lambda: a_box(**frozen()), lambda: a_box(**frozen(key_check="short"))),
    "ballot_box_roll_kind_known": (lambda: a_box(roll_kind="open"), lambda: a_box(roll_kind="secret")),
    "ballot_box_statement_signed": (
        lambda: a_box(statement="All well.", statement_signature="ab" * 64),
        lambda: a_box(statement="All well.", statement_signature="ab"),
    ),
    "ballot_box_tie_order_known": (lambda: a_box(tie_order="lot"), lambda: a_box(tie_order="age")),
    "roll_person_ref_once": (lambda: entries({}, {}), lambda: entries({}, {"person_ref": b"\0" * 16})),
    "roll_account_once": (
        lambda: entries({"with_account": True}, {"with_account": True, "barred": "moved"}),
        lambda: entries({"with_account": True}, {"with_account": True}),
    ),
    "roll_code_once": (
        lambda: entries({"code_hash": b"a"}, {"code_hash": b"b"}, {}, {}),
        lambda: entries({"code_hash": b"a"}, {"code_hash": b"a"}),
    ),
    "roll_census_once": (
        lambda: entries({"census_hash": b"a"}, {"census_hash": b"a", "barred": "moved"}),
        lambda: entries({"census_hash": b"a"}, {"census_hash": b"a"}),
    ),
    "roll_address_once": (
        lambda: entries({"account_email_hash": b"a"}, {"account_email_hash": b"a", "barred": "moved"}),
        lambda: entries({"account_email_hash": b"a"}, {"account_email_hash": b"a"}),
    ),
    "roll_register_id_once": (
        lambda: entries({"register_id": "1"}, {"register_id": "1", "barred": "moved"}, {}, {}),
        lambda: entries({"register_id": "1"}, {"register_id": "1"}),
    ),
    "roll_proof_known": (lambda: entries({"proof": "code"}), lambda: entries({"proof": "gossip"})),
    "ballot_once_per_voter": (lambda: ballots({}, {}), lambda: ballots({}, {"voter_key": b"\0" * 32})),
    "ballot_channel_known": (lambda: ballots({"channel": "desk"}), lambda: ballots({"channel": "paper"})),
    "published_receipt_once": (lambda: receipts(b"a", b"b"), lambda: receipts(b"a", b"a")),
    "audit_event_in_order": (lambda: events({}, {}), lambda: events({}, {"seq": 0})),
    "audit_event_chained_once": (lambda: events({}, {}), lambda: events({}, {"prev_hash": "0" * 64})),
    "checkpoint_in_order": (lambda: checkpoints(1, 2), lambda: checkpoints(1, 1)),
    "act_kind_known": (lambda: acts("seal"), lambda: acts("open")),
    "act_of_two_people": (lambda: acts("seal"), lambda: acts("seal", alone=True)),
    "act_asked_for_once": (lambda: acts("seal", "annul"), lambda: acts("seal", "seal")),
    "station_name_once": (lambda: stations("A", "B"), lambda: stations("A", "A")),
    "paper_count_once": (lambda: counts(1), lambda: counts(2)),
    "batch_number_once": (lambda: batches(1, 2), lambda: batches(1, 1)),
    "batch_keyed_by_two": (lambda: batches(1, first_keyed_by=make_person()), keyed_by_one),
    "keyed_paper_once": (lambda: keyed(1, 2), lambda: keyed(1, 1)),
}
