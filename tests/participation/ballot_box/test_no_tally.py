"""While people vote, and until a result is published, nothing anywhere tells how the votes stand."""

import io
import json
import re

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from participation.actions.box_closing import count_box, reconcile, seal_box
from participation.admin import viewsets
from participation.ballot_box.casting import cast
from participation.ballot_box.checkpoints import take_checkpoint
from participation.choices import Role
from participation.models import Ballot, RoleAssignment
from tests.factories.participation import make_person
from tests.factories.votes import choice, end_vote, make_open_box, make_voter

FAVOURITE, VOTES, OTHERS = 3, 139, 149
LEFT_OUT = ("logout", "failwhale")  # one ends the session, the other fails on purpose
STAGES = ("open", "closed", "reconciled")


@pytest.fixture
def far_ids(db):
    """No row made from now on has one of the two numbers as its id: PostgreSQL counts on from test to test."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(seqrelid::regclass, 1000) FROM pg_sequence "
                "WHERE COALESCE(pg_sequence_last_value(seqrelid::regclass), 0) < 1000"
            )


@pytest.fixture
def box(far_ids):
    """139 ballots for project 3, and 149 for project 4: two numbers that stand nowhere else."""
    box = make_open_box()
    for number in range(VOTES + OTHERS):
        ballot = choice(FAVOURITE if number < VOTES else 4)
        cast(box=box, voter=make_voter(box, register_id=f"R{number:05}"), ballot=ballot, replaces=b"")
    return box


def at_stage(box, stage: str):
    if stage != "open":
        end_vote(box)
        if stage == "reconciled":
            reconcile(box=box, at=timezone.now())
    return box


def addresses(box) -> list[str]:
    """Every address of the site, the API and the workspace that can be filled in for this box."""
    budget, envelope = box.budget, box.envelopes.get()
    project = envelope.projects.first()
    words = {
        "slug": budget.slug,
        "box": box.slug,
        "envelope": envelope.slug,
        "number": project.public_number,
        "uuid": box.uuid,
        "pk": box.pk,
        "name": "manifest.json",
    }
    filled = [fill(pattern, words) for pattern in all_patterns(get_resolver().url_patterns)]
    return sorted({address for address in filled if address and not any(word in address for word in LEFT_OUT)})


def all_patterns(patterns, before: str = "") -> list[str]:
    found = []
    for one in patterns:
        here = before + str(one.pattern)
        found += all_patterns(one.url_patterns, here) if hasattr(one, "url_patterns") else [here]
    return found


def fill(pattern: str, words: dict) -> str | None:
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(words.get(match[1], match[0])), pattern)
    path = path.replace("^", "").replace("\\Z", "").replace("$", "")
    return None if re.search(r"[<>()?*\\\[\]]", path) else f"/{path}"


def people(stage: str) -> list:
    """Every role while people vote; afterwards those who see least and most."""
    roles = map(holder, Role) if stage == "open" else ()
    return [None, *roles, make_person(is_staff=True, is_superuser=True)]


def holder(role: str):
    person = make_person(is_staff=True)
    RoleAssignment.objects.create(person=person, role=role)
    return person


def tells(text: str) -> bool:
    """Either of the two numbers, standing alone."""
    return bool(
        re.search(
            r"(?<![\w.,:#/-])(139|149)(?![\w:/-])", re.sub(r"<(script|style|svg).*?</\1>", "", text, flags=re.DOTALL)
        )
    )


@pytest.mark.parametrize("stage", STAGES)
def test_no_page_no_address_of_the_api_and_no_role_sees_a_tally(client, box, settings, stage):
    settings.STAFF_MFA_REQUIRED = False
    at_stage(box, stage)
    known = addresses(box)
    assert len(known) > 60
    for person in people(stage):
        client.logout()
        if person:
            client.force_login(person)
        for address in known:
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert not tells(body.decode(errors="replace")), address


@pytest.mark.parametrize("stage", STAGES)
def test_no_command_tells_a_tally(box, stage):
    at_stage(box, stage)
    ours = [name for name, app in get_commands().items() if app == "participation"]
    assert {"close_box", "import_roll", "print_letters", "box_key"} <= set(ours)
    out = io.StringIO()
    if stage != "reconciled":
        call_command("close_box", f"{box.budget.slug}/{box.slug}", stdout=out)
    assert not tells(out.getvalue())


def test_the_attempt_itself_would_see_one(client, box):
    """Once counted and published, the same look finds the number: it is not blind."""
    at_stage(box, "reconciled")
    for step in (seal_box, count_box):
        step(box=box, at=timezone.now())
    envelope = box.envelopes.get()
    envelope.result.published_at = timezone.now()
    envelope.result.save()
    page = client.get(f"/en/budgets/{box.budget.slug}/result/{envelope.slug}/").content.decode()
    assert tells(page)


def test_ballots_have_no_screen_of_staff():
    shown = {one.model for one in vars(viewsets).values() if isinstance(one, type) and hasattr(one, "model")}
    assert Ballot in set(apps.get_app_config("participation").get_models())
    assert Ballot not in shown


def test_turnout_checkpoints_hold_no_choice(box):
    checkpoint = take_checkpoint(box, timezone.now())
    assert set(json.loads(checkpoint.body)) == {"seq", "at", "box", "counts", "audit_head"}
    assert json.loads(checkpoint.body)["counts"] == {"web": VOTES + OTHERS}
    assert take_checkpoint(box, timezone.now()) is None
