"""The demo's vote can be ended, so that its closing can be watched; no other vote can."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from participation.actions.box_closing import count_box, publish_box, reconcile, seal_box
from participation.actions.box_opening import freeze
from participation.ballot_box.casting import cast
from participation.choices import BoxState
from participation.exports.publishing import bundle_folder, confirm_by_recount
from participation.models import Budget
from site_config.demo.vote import SLUG
from tests.factories.votes import DAY, choice, make_draft_box, make_voter


@pytest.fixture
def box(db, settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    draft = make_draft_box()
    Budget.objects.filter(pk=draft.budget_id).update(slug=SLUG)
    own = freeze(box=draft, at=timezone.now() - 2 * DAY)
    for number in range(25):
        cast(box=own, voter=make_voter(own), ballot=choice(1 + number % 4), replaces=b"")
    return own


def test_the_vote_of_a_town_cannot_be_ended(box, settings):
    settings.SHOW_DEMO_BANNER = False
    with pytest.raises(CommandError, match="Only the demo's vote"):
        call_command("end_demo_vote")
    box.refresh_from_db()
    assert box.state == BoxState.FROZEN


def test_the_demos_vote_ends_once_and_is_published(box, settings, capsys):
    settings.SHOW_DEMO_BANNER = True
    call_command("end_demo_vote")
    assert "Closed." in capsys.readouterr().out
    with pytest.raises(CommandError, match="is not open"):
        call_command("end_demo_vote")
    box.refresh_from_db()
    assert box.state == BoxState.CLOSED
    for step in (reconcile, seal_box, count_box):
        step(box=box, at=timezone.now())
    publish_box(box=box, at=timezone.now())
    confirm_by_recount(bundle_folder(box))
