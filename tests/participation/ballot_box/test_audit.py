import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from participation.actions.box_opening import correct, extend, freeze, public_acts
from participation.actions.records import keep_record
from participation.ballot_box import audit
from participation.models import AuditEvent
from participation.refusals import ActionRefused, Refusal
from tests.factories.votes import DAY, make_draft_box, make_open_box


def test_the_chain_breaks_where_an_event_was_changed(db):
    box = make_open_box()
    correct(box=box, at=timezone.now(), project=1, text="The price includes the benches.")
    events = list(box.audit_events.order_by("seq"))
    assert audit.is_whole(events)
    events[0].body = events[0].body.replace("frozen", "thawed")
    assert not audit.is_whole(events)


@pytest.mark.parametrize("act", [lambda rows: rows.update(body="{}"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_delete_an_event(db, act):
    make_open_box()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(AuditEvent.objects.all())
    assert AuditEvent.objects.count() == 1


def test_rules_are_frozen_once_and_what_they_hold_stays(db):
    box = make_open_box()
    with pytest.raises(ActionRefused) as again:
        freeze(box=box, at=timezone.now() - 2 * DAY)
    assert again.value.refusal is Refusal.RULES_FROZEN
    project = box.envelopes.get().projects.first()
    for record in (box, box.envelopes.get(), project):
        with pytest.raises(ActionRefused) as refused:
            keep_record(actor=None, record=record, at=timezone.now())
        assert refused.value.refusal is Refusal.RULES_FROZEN


def test_no_box_is_frozen_once_its_vote_has_begun(db):
    with pytest.raises(ActionRefused) as refused:
        freeze(box=make_draft_box(), at=timezone.now())
    assert refused.value.refusal is Refusal.NO_VOTING_PHASE


def test_a_vote_is_extended_and_never_shortened(db):
    box, now = make_open_box(), timezone.now()
    rules = box.rules_sha256
    box = extend(box=box, at=now, until=(now + 3 * DAY).isoformat())
    assert box.closes_at == now + 3 * DAY
    assert box.rules_sha256 == rules
    assert [act["kind"] for act in public_acts(box)] == ["extended"]
    with pytest.raises(ActionRefused) as refused:
        extend(box=box, at=now, until=(now + DAY).isoformat())
    assert refused.value.refusal is Refusal.NOT_LATER
