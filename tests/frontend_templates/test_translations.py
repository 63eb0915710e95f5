"""A citizen's words by machine, for a reader of another language: against a real server on loopback."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from participation.actions.comments import edit_comment
from participation.actions.decisions import Why, decide
from participation.actions.machine_translations import erase_machine_translations, keep_machine_translation
from participation.choices import CommentState, DecisionOnWords, PhaseKind, ProposalStatus, Role
from participation.models import Comment, MachineTranslation, RoleAssignment
from tests.cms_pages.libretranslate_server import Machine, answers
from tests.factories.discussion import put_comment
from tests.factories.participation import make_budget, make_person, make_phase
from tests.factories.proposals import put_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(settings):
    server = Machine()
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "cms_pages.machines.translators.LibreTranslate",
        "OPTIONS": {"URL": server.address, "API_KEY": "", "TIMEOUT": 2},
    }
    yield server
    server.stop()


@pytest.fixture
def proposal():
    Locale.objects.get_or_create(language_code="fr")
    return put_proposal(make_budget(), title="Trees <b>now</b>", what_and_why="Shade & quiet\nfor all.")


@pytest.fixture
def comment(proposal):
    return put_comment(proposal, body="A fine idea", language="en")


def address_of(subject, language="fr") -> str:
    proposal = getattr(subject, "proposal", subject)
    where = f"/{language}/budgets/{proposal.budget.slug}/proposals/{proposal.public_number}/"
    return f"{where}translated/" if subject is proposal else f"{where}comments/{subject.uuid}/translated/"


def api_address(subject) -> str:
    noun = "comment" if hasattr(subject, "proposal") else "proposal"
    return reverse(f"{noun}-translation", args=[subject.uuid]) + "?locale=fr"


def test_the_page_has_the_translation_and_the_original(client, machine, proposal):
    answer = client.get(address_of(proposal))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "TREES &lt;B&gt;NOW" in page or "TREES &lt;b&gt;NOW" in page
    assert "SHADE &amp; QUIET" in page
    assert "Shade &amp; quiet" in page
    assert "LibreTranslate" in page
    assert '<article class="stack" lang="en"' in page
    assert not answer.cookies


def test_a_comment_too(client, machine, comment):
    page = client.get(address_of(comment)).content.decode()
    assert "A FINE IDEA" in page
    assert "A fine idea" in page


def test_the_machine_is_asked_once(client, machine, proposal):
    for _ in range(3):
        client.get(address_of(proposal))
        client.get(api_address(proposal))
    assert len(machine.asked) == 1


def test_the_api_says_the_same(client, machine, comment):
    assert client.get(api_address(comment)).json() == {
        "language": "fr",
        "source_language": "en",
        "machine": "LibreTranslate",
        "words": {"body": "A FINE IDEA"},
    }


def test_the_link_is_there_for_whom_it_helps(client, machine, comment):
    page = f"/fr/budgets/{comment.proposal.budget.slug}/proposals/{comment.proposal.public_number}/"
    shown = client.get(page).content.decode()
    assert f'<a rel="nofollow" href="{address_of(comment.proposal)}">' in shown
    assert address_of(comment) in shown
    assert "translated/" not in client.get(page.replace("/fr/", "/en/")).content.decode()


def test_without_a_machine_nothing_is_offered(client, comment):
    page = f"/fr/budgets/{comment.proposal.budget.slug}/proposals/{comment.proposal.public_number}/"
    assert "translated/" not in client.get(page).content.decode()
    for address in (address_of(comment), address_of(comment.proposal), api_address(comment)):
        assert client.get(address).status_code == 404


def test_nor_in_its_own_language(client, machine, comment):
    assert client.get(address_of(comment, "en")).status_code == 404
    assert client.get(api_address(comment).replace("fr", "en")).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"status": ProposalStatus.DRAFT, "public_number": None, "submitted_at": None},
        {"status": ProposalStatus.SUBMITTED},
    ],
)
def test_what_is_not_public_is_never_sent_to_a_machine(client, machine, fields):
    Locale.objects.get_or_create(language_code="fr")
    author = make_person()
    proposal = put_proposal(make_budget(), published_at=None, author=author, **fields)
    client.force_login(author)
    proposal.public_number = proposal.public_number or 1
    for address in (address_of(proposal), api_address(proposal)):
        assert client.get(address).status_code == 404
    assert machine.asked == []


def test_nor_a_comment_that_waits(client, machine, proposal):
    author = make_person()
    comment = put_comment(proposal, state=CommentState.WAITING, author=author)
    client.force_login(author)
    for address in (address_of(comment), api_address(comment)):
        assert client.get(address).status_code == 404
    assert machine.asked == []


@pytest.mark.parametrize("noun", ["proposal", "comment"])
def test_what_a_moderator_hides_is_gone(client, machine, proposal, comment, noun):
    subject = {"proposal": proposal, "comment": comment}[noun]
    client.get(address_of(subject))
    assert MachineTranslation.objects.count() == 1
    moderator = make_person()
    RoleAssignment.objects.create(person=moderator, role=Role.MODERATOR)
    decide(actor=moderator, kind=DecisionOnWords.HIDE, subject=subject, why=Why("No."), at=timezone.now())
    assert MachineTranslation.objects.count() == 0
    assert client.get(address_of(subject)).status_code == 404


def test_what_is_deleted_is_gone(client, machine, comment):
    client.get(address_of(comment))
    comment.delete()
    assert MachineTranslation.objects.count() == 0


def test_other_words_are_translated_anew(client, machine, comment):
    client.get(address_of(comment))
    comment.body = "Quite another"
    comment.save()
    assert "QUITE ANOTHER" in client.get(address_of(comment)).content.decode()
    assert MachineTranslation.objects.count() == 1


def test_a_change_by_its_author_throws_it_away(client, machine, comment):
    comment.author = author = make_person()
    comment.posted_at = timezone.now()
    comment.save()
    make_phase(comment.budget, kind=PhaseKind.PROPOSING)
    client.get(address_of(comment))
    edit_comment(actor=author, comment=comment, body="Quite another", at=timezone.now())
    assert MachineTranslation.objects.count() == 0


@pytest.mark.parametrize("change", [{"body": "Other words"}, {"state": CommentState.HIDDEN}])
def test_what_changed_while_the_machine_worked_is_not_kept(comment, change):
    Comment.objects.filter(pk=comment.pk).update(**change)
    made = {"language": "fr", "digest": "d", "machine": "M", "at": timezone.now()}
    assert keep_machine_translation(subject=comment, source={"body": comment.body}, words={"body": "X"}, **made) is None
    assert MachineTranslation.objects.count() == 0


def test_the_table_does_not_grow_beyond_its_bound(comment, monkeypatch):
    monkeypatch.setattr("participation.actions.machine_translations.MOST", 2)
    made = {"subject": comment, "source": {"body": comment.body}, "words": {"body": "X"}, "digest": "d", "machine": "M"}
    for minute, language in enumerate(["fr", "es", "ar", "de"]):
        keep_machine_translation(language=language, at=timezone.now() + timedelta(minutes=minute), **made)
    assert set(MachineTranslation.objects.values_list("language", flat=True)) == {"ar", "de"}


def test_old_ones_go(client, machine, comment):
    client.get(address_of(comment))
    now = timezone.now()
    erase_machine_translations(now, timedelta(days=1))
    assert MachineTranslation.objects.count() == 1
    erase_machine_translations(now + timedelta(days=2), timedelta(days=1))
    assert MachineTranslation.objects.count() == 0


@pytest.mark.parametrize(
    "misbehave", [answers(500, {}), answers(200, b"garbage"), answers(200, {"translatedText": [""]})]
)
def test_when_the_machine_fails_the_original_is_still_there(client, machine, comment, misbehave):
    machine.misbehave = misbehave
    answer = client.get(address_of(comment))
    assert answer.status_code == 503
    assert "A fine idea" in answer.content.decode()
    assert client.get(api_address(comment)).status_code == 503
    assert MachineTranslation.objects.count() == 0


def test_a_days_limit(client, machine, proposal, comment, settings):
    settings.READER_TRANSLATIONS_A_DAY = 1
    assert client.get(address_of(comment)).status_code == 200
    assert client.get(address_of(proposal)).status_code == 429
    assert client.get(api_address(proposal)).status_code == 429
    assert client.get(api_address(comment)).status_code == 200
    settings.READER_TRANSLATIONS_A_DAY = 0
    assert client.get(address_of(comment)).status_code == 404


def test_a_places_limit(client, machine, proposal, comment, monkeypatch):
    monkeypatch.setattr("frontend_templates.views.translations.MOST_AN_HOUR", 1)
    assert client.get(address_of(comment)).status_code == 200
    assert client.get(address_of(proposal)).status_code == 429
    assert client.get(address_of(proposal), REMOTE_ADDR="203.0.113.9").status_code == 200
