"""An open roll: people enter themselves, likely duplicates wait, and nobody is entered twice."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from participation.actions.box_closing import reconcile, seal_box
from participation.actions.declarations import accept_declaration, declare, declare_at_desk, refuse_declaration
from participation.actions.erasure import erase_account
from participation.actions.retention import erase_rolls
from participation.ballot_box.casting import Claim, Voter, cast
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.roll import enter_by_code
from participation.choices import DeclarationState, Proof, Role, RollKind
from participation.models import (
    ActivityEntry,
    BallotBox,
    Declaration,
    DeclarationProof,
    Person,
    RoleAssignment,
    RollEntry,
)
from participation.refusals import ActionRefused, Refusal
from tests.factories.documents import action, link, pdf_bytes, text
from tests.factories.participation import make_budget, make_person
from tests.factories.proposals import image_bytes
from tests.factories.votes import DAY, choice, end_vote, give_pass, make_draft_box, make_open_box, make_voter

ANN = {"name": "Ann Müller", "born": date(1990, 1, 31), "address": "Mill lane 3", "district": None}


@pytest.fixture
def box(db) -> BallotBox:
    return make_open_box(roll_kind=RollKind.OPEN)


def declared(box, person=None, **words) -> Declaration:
    return declare(budget=box.budget, person=person or make_person(), at=timezone.now(), **{**ANN, **words})


def refusal(work) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        work()
    return refused.value.refusal


def test_who_declares_may_vote_at_once(box):
    person = make_person()
    assert declared(box, person).state == DeclarationState.ACCEPTED
    entry = RollEntry.objects.get()
    assert (entry.proof, entry.account, entry.envelopes) == (Proof.DECLARATION, person, ["all"])
    assert cast(box=box, voter=Voter(Claim.ACCOUNT, person.pk), ballot=choice(1), replaces=b"").is_new


def test_one_account_declares_once(box):
    person = make_person()
    declared(box, person)
    assert refusal(lambda: declared(box, person, name="Bea", born=date(1980, 1, 1))) is Refusal.DECLARED_ALREADY
    assert RollEntry.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        {"name": "muller  ANN", "address": "Elsewhere 9"},
        {"name": "Müller, Ann", "address": "Elsewhere 9"},
        {"name": "Anne-Marie Miller", "address": "3 mill LANE"},
    ],
)
def test_a_likely_duplicate_waits_and_may_not_vote(box, words):
    declared(box)
    person = make_person()
    assert declared(box, person, **words).state == DeclarationState.WAITING
    assert RollEntry.objects.count() == 1
    assert refusal(lambda: cast(box=box, voter=Voter(Claim.ACCOUNT, person.pk), ballot=choice(1), replaces=b"")) is (
        Refusal.NOT_ON_ROLL
    )


@pytest.mark.parametrize("words", [{"born": date(1990, 2, 1)}, {"name": "Ben Otter", "address": "Elsewhere 9"}])
def test_another_person_does_not_wait(box, words):
    declared(box)
    assert declared(box, **words).state == DeclarationState.ACCEPTED


def test_staff_accept_or_refuse_what_waits(box):
    declared(box)
    twin, double, officer = declared(box), declared(box), make_person()
    accept_declaration(actor=officer, declaration=twin, at=timezone.now())
    refuse_declaration(actor=officer, declaration=double, reason="The same person.", at=timezone.now())
    assert RollEntry.objects.count() == 2
    assert refusal(lambda: accept_declaration(actor=officer, declaration=double, at=timezone.now())) is (
        Refusal.DONE_ALREADY
    )


def test_who_was_refused_may_declare_anew_but_not_for_ever(strict):
    person, officer = make_person(), make_person()
    for _ in range(3):
        own = declared(strict, person, scan=photo_bytes())
        assert refusal(lambda: declared(strict, person, scan=photo_bytes())) is Refusal.DECLARED_ALREADY
        refuse_declaration(actor=officer, declaration=own, reason="Not legible.", at=timezone.now())
    assert refusal(lambda: declared(strict, person, scan=photo_bytes())) is Refusal.DECLARED_TOO_OFTEN
    assert declared(strict, scan=photo_bytes()).state == DeclarationState.WAITING


def test_a_second_proof_after_a_refusal_leads_onto_the_roll(strict):
    person, officer = make_person(), make_person()
    first = declared(strict, person, scan=photo_bytes())
    refuse_declaration(actor=officer, declaration=first, reason="Not legible.", at=timezone.now())
    second = declared(strict, person, scan=photo_bytes())
    accept_declaration(actor=officer, declaration=second, at=timezone.now())
    assert RollEntry.objects.get().account == person
    assert refusal(lambda: declared(strict, person, scan=photo_bytes())) is Refusal.DECLARED_ALREADY


def test_an_officer_enters_somebody_and_hands_out_a_code(box):
    officer = make_person()
    with pytest.raises(ActionRefused) as refused:
        declare_at_desk(actor=officer, budget=box.budget, at=timezone.now(), **ANN)
    assert refused.value.refusal is Refusal.NO_PASS
    give_pass(officer, box.budget)
    _declaration, code = declare_at_desk(actor=officer, budget=box.budget, at=timezone.now(), **ANN)
    voter = enter_by_code([box], code)
    assert cast(box=box, voter=voter, ballot=choice(1), replaces=b"").is_new
    assert RollEntry.objects.get().proof == Proof.OFFICER


def test_the_queue_must_be_empty_before_the_papers_are_reconciled(box):
    declared(box)
    waiting = declared(box)
    latch_closed(end_vote(box))
    assert refusal(lambda: reconcile(box=box, at=timezone.now())) is Refusal.DECLARATIONS_WAITING
    refuse_declaration(actor=make_person(), declaration=waiting, reason="Twice.", at=timezone.now())
    reconcile(box=box, at=timezone.now())


def test_before_and_after_the_vote(db):
    box = make_draft_box(roll_kind=RollKind.OPEN)
    assert declared(box).state == DeclarationState.ACCEPTED
    ended = make_open_box(roll_kind=RollKind.OPEN)
    end_vote(ended)
    assert refusal(lambda: declared(ended)) is Refusal.VOTE_CLOSED
    latch_closed(ended)
    assert refusal(lambda: declared(ended)) is Refusal.NO_OPEN_ROLL


def test_a_closed_roll_and_too_young_people(db):
    assert refusal(lambda: declared(make_open_box())) is Refusal.NO_OPEN_ROLL
    box = make_open_box(roll_kind=RollKind.OPEN, minimum_age=16, age_on=date(2006, 1, 30))
    assert refusal(lambda: declared(box)) is Refusal.TOO_YOUNG
    assert not Declaration.objects.exists()


def test_no_refusal_without_a_reason_and_no_second_declaration_past_the_actions(box):
    own = declared(box)
    for wrong in ({"state": "refused"}, {"state": "owl"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Declaration.objects.filter(pk=own.pk).update(**wrong)


def test_a_box_may_not_take_an_address_of_the_site(db):
    box = BallotBox(budget=make_budget(), slug="declare", counting_rule={})
    with pytest.raises(ValidationError, match="The site itself needs this address"):
        box.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotBox.objects.create(budget=make_budget(), slug="code", counting_rule={})


def test_roll_and_declarations_are_erased_ninety_days_after_the_sealing(box):
    for n in range(3):
        person = make_person()
        declared(box, person, name=f"Person {n}", address=f"Street {n}")
    latch_closed(end_vote(box))
    now = timezone.now()
    reconcile(box=box, at=now)
    seal_box(box=box, at=now)
    erase_rolls(now + timedelta(days=89))
    assert RollEntry.objects.count() == Declaration.objects.count() == 3
    erase_rolls(now + timedelta(days=90, seconds=1))
    assert RollEntry.objects.count() == Declaration.objects.count() == 0


def test_an_open_vote_keeps_its_roll_forever(box):
    declared(box)
    erase_rolls(timezone.now() + 1_000 * DAY)
    assert RollEntry.objects.exists()


# On the site and in the workspace


def citizen(*, confirmed: bool = True) -> Client:
    person, client = make_person(), Client()
    EmailAddress.objects.create(user=person, email=person.email, verified=confirmed, primary=True)
    client.force_login(person)
    return client


TYPED = {"name": "Ann Müller", "born": "1990-01-31", "address": "Mill lane 3", "on_honour": "on"}


def test_a_citizen_enters_themselves_on_the_site(box):
    address = f"/en/budgets/{box.budget.slug}/vote/"
    assert "Enter myself on the roll" in Client().get(address).content.decode()
    assert Client().get(f"{address}declare/").status_code == 302
    client = citizen()
    page = client.post(f"{address}declare/", TYPED, follow=True).content.decode()
    assert "Fill in the ballot" in page
    assert "You have entered yourself on the roll." in client.get(f"{address}declare/").content.decode()
    double = citizen()
    assert "is being looked at" in double.post(f"{address}declare/", TYPED, follow=True).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on_honour": ""}, "This field is required."),
        ({"born": "2900-01-01"}, "This cannot be your date of birth."),
        ({"born": "31/31/1990"}, "Enter a valid date."),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"name": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_a_form_with_a_fault_changes_nothing(box, wrong, said):
    page = citizen().post(f"/en/budgets/{box.budget.slug}/vote/declare/", TYPED | wrong).content.decode()
    assert said in page
    assert not Declaration.objects.exists()


def test_without_a_confirmed_address_nobody_is_entered(box):
    client = citizen(confirmed=False)
    page = client.post(f"/en/budgets/{box.budget.slug}/vote/declare/", TYPED).content.decode()
    assert "Confirm your e-mail address first" in page
    assert not Declaration.objects.exists()


def test_there_is_no_such_page_where_the_roll_is_closed(db):
    assert citizen().get(f"/en/budgets/{make_open_box().budget.slug}/vote/declare/").status_code == 404


def staff(role: Role, settings) -> Client:
    settings.STAFF_MFA_REQUIRED = False
    person, client = make_person(is_staff=True), Client()
    RoleAssignment.objects.create(person=person, role=role)
    client.force_login(person)
    return client


def test_the_queue_shows_both_and_takes_a_decision(box, settings):
    declared(box)
    twin, double = declared(box), declared(box)
    manager = staff(Role.MANAGER, settings)
    page = manager.get(reverse("declarations")).content.decode()
    assert "2 declarations wait" in page
    manager.post(reverse("declaration_settle", args=[twin.pk]), {"accept": ""})
    assert (
        "Say why."
        in manager.post(reverse("declaration_settle", args=[double.pk]), {"refuse": ""}, follow=True).content.decode()
    )
    manager.post(reverse("declaration_settle", args=[double.pk]), {"refuse": "", "reason": "Twice."})
    assert not Declaration.objects.waiting().exists()
    assert staff(Role.OFFICER, settings).get(reverse("declarations")).status_code == 302


def test_an_officer_enters_somebody_in_the_workspace(box, settings):
    officer = staff(Role.OFFICER, settings)
    give_pass(Person.objects.get(pk=officer.session["_auth_user_id"]), box.budget)
    data = {"budget": box.budget.pk, "name": "Ann", "born": "1990-01-31", "address": "Mill lane 3"}
    page = officer.post(reverse("declaration_at_desk"), data, follow=True).content.decode()
    assert "The personal code, shown this once" in page
    assert "it waits for a look" in officer.post(reverse("declaration_at_desk"), data, follow=True).content.decode()


def photo_bytes() -> bytes:
    return image_bytes(comment=b"SECRET-COMMENT")


@pytest.fixture
def strict(db) -> BallotBox:
    return make_open_box(roll_kind=RollKind.OPEN, asks_for_proof=True)


def test_where_a_proof_is_asked_for_it_waits_and_is_deleted_once_decided(strict):
    officer, photo, paper = make_person(), photo_bytes(), pdf_bytes()
    good, bad = declared(strict, scan=photo), declared(strict, scan=paper, name="Bea", born=date(1980, 1, 1))
    assert not RollEntry.objects.exists()
    kept = DeclarationProof.objects.get(declaration=good)
    assert (kept.is_pdf, bytes(kept.data[:2])) == (False, b"\xff\xd8")
    assert b"SECRET" not in bytes(kept.data)
    assert b"SECRET" not in bytes(DeclarationProof.objects.get(declaration=bad).data)
    accept_declaration(actor=officer, declaration=good, at=timezone.now())
    assert [one.declaration for one in DeclarationProof.objects.all()] == [bad]
    refuse_declaration(actor=officer, declaration=bad, reason="Not legible.", at=timezone.now())
    assert not DeclarationProof.objects.exists()
    assert [entry.proof for entry in RollEntry.objects.all()] == [Proof.DOCUMENT]


@pytest.mark.parametrize(
    ("scan", "refusal_of_it"),
    [
        (b"", Refusal.PROOF_MISSING),
        (b"no picture", Refusal.PHOTO_UNREADABLE),
        (pdf_bytes(annotation=link(action("JavaScript", JS=text("app.alert(1)")))), Refusal.DOCUMENT_ACTIVE),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), Refusal.DOCUMENT_TOO_LARGE),
    ],
)
def test_a_proof_that_cannot_be_used_changes_nothing(strict, scan, refusal_of_it):
    assert refusal(lambda: declared(strict, scan=scan)) is refusal_of_it
    assert not Declaration.objects.exists()


def test_where_none_is_asked_for_no_scan_is_kept(box):
    assert declared(box, scan=photo_bytes()).state == DeclarationState.ACCEPTED
    assert not DeclarationProof.objects.exists()


def test_at_the_desk_no_proof_is_copied(strict):
    officer = make_person()
    give_pass(officer, strict.budget)
    assert declare_at_desk(actor=officer, budget=strict.budget, at=timezone.now(), **ANN)[1]


def test_a_proof_goes_with_the_account(strict):
    person = make_person()
    declared(strict, person, scan=photo_bytes())
    erase_account(actor=person, person=person, at=timezone.now())
    assert not DeclarationProof.objects.exists()


def test_a_proof_goes_with_the_roll(strict):
    declared(strict, scan=photo_bytes())
    BallotBox.objects.filter(pk=strict.pk).update(annulled_at=timezone.now() - 91 * DAY)
    make_voter(strict)
    erase_rolls(timezone.now())
    assert not Declaration.objects.exists()
    assert not DeclarationProof.objects.exists()


def test_a_proof_is_sent_on_the_site_and_seen_by_who_decides_alone(strict, settings):
    address = f"/en/budgets/{strict.budget.slug}/vote/"
    client = citizen()
    assert "This field is required." in client.post(f"{address}declare/", TYPED).content.decode()
    broken = SimpleUploadedFile("proof.jpg", b"no picture")
    assert (
        str(Refusal.PHOTO_UNREADABLE.label)
        in client.post(f"{address}declare/", TYPED | {"scan": broken}).content.decode()
    )
    scan = SimpleUploadedFile("proof.jpg", photo_bytes())
    page = client.post(f"{address}declare/", TYPED | {"scan": scan}, follow=True).content.decode()
    assert "Your declaration and your proof are being looked at" in page
    own = Declaration.objects.get()
    proof = reverse("declaration_proof", args=[own.pk])
    for stranger in (client, Client(), staff(Role.OFFICER, settings), staff(Role.AUDITOR, settings)):
        assert stranger.get(proof).status_code in (302, 403)
    manager = staff(Role.MANAGER, settings)
    assert proof in manager.get(reverse("declarations")).content.decode()
    seen = manager.get(proof)
    assert seen["Content-Type"] == "image/jpeg"
    assert "no-store" in seen["Cache-Control"]
    assert ActivityEntry.objects.get(verb="look_at_proof").subject == str(strict.budget.uuid)
    manager.post(reverse("declaration_settle", args=[own.pk]), {"accept": ""})
    assert manager.get(proof).status_code == 404


def test_the_site_takes_another_proof_after_a_refusal(strict, settings):
    address = f"/en/budgets/{strict.budget.slug}/vote/"
    client = citizen()

    def send() -> str:
        scan = SimpleUploadedFile("proof.jpg", photo_bytes())
        return client.post(f"{address}declare/", TYPED | {"scan": scan}, follow=True).content.decode()

    send()
    own = Declaration.objects.get()
    refuse_declaration(actor=make_person(), declaration=own, reason="Not legible.", at=timezone.now())
    for page in (client.get(address), client.get(f"{address}declare/")):
        assert "Your declaration was refused: Not legible." in page.content.decode()
    assert 'name="scan"' in client.get(f"{address}declare/").content.decode()
    assert f'href="{address}declare/"' in client.get(address).content.decode()
    assert "are being looked at" in send()
    assert 'name="scan"' not in client.get(f"{address}declare/").content.decode()


def test_the_queue_reads_no_scan(strict, settings):
    manager = staff(Role.MANAGER, settings)
    declared(strict, scan=photo_bytes())
    with CaptureQueriesContext(connection) as read:
        assert "Look at the proof" in manager.get(reverse("declarations")).content.decode()
    assert not [query for query in read.captured_queries if 'declarationproof"."data"' in query["sql"]]
