"""One newcomer's whole way by the API alone: an app that holds a token, another person's, and a moderator's."""

import io
import json
import re
import zipfile

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from participation.actions.notifying import notify_waiting
from participation.actions.personal_data import finish_personal_data
from participation.choices import Opening, PhaseKind
from participation.models import Person, PersonalDataExport, Proposal
from tests.api.test_account_api import APP, PASSWORD, session
from tests.api.test_account_api import send as send_account
from tests.api.test_account_api import sign_in as token_of
from tests.factories.discussion import make_holder
from tests.factories.participation import make_budget, make_phase
from tests.factories.proposals import image_bytes

pytestmark = pytest.mark.django_db
API = "/api/v1/"
REASON, ANSWER = "Whose wall is it?", "The town's own."
ALL_THREE = [Opening.PROPOSALS.value, Opening.SUPPORTS.value, Opening.COMMENTS.value]


class App:
    """Another front end. It speaks JSON, and every answer has the status that is expected of it."""

    def __init__(self, token: str = "") -> None:
        self.client, self.token = Client(), token
        self.headers = {"X-Session-Token": token} if token else {}

    def send(self, method: str, path: str, body: object = None, *, expect: int = 200):
        data = "" if body is None else json.dumps(body)
        answer = self.client.generic(method, API + path, data, "application/json", headers=self.headers)
        assert answer.status_code == expect, answer.content
        return answer if answer.get("Content-Type") != "application/json" else answer.json()

    def add_photo(self, proposal: str) -> None:
        parts = {"photo": io.BytesIO(image_bytes()), "alt": "A bare wall", "may_publish": "true"}
        assert self.client.post(f"{API}{proposal}photos/", parts, headers=self.headers).status_code == 201


@pytest.fixture(autouse=True)
def somewhere_else(settings, tmp_path):
    cache.clear()
    Locale.objects.get_or_create(language_code="en")
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.PERSONAL_DATA_DIR = str(tmp_path / "data")


@pytest.fixture
def budget():
    budget = make_budget(slug="green")
    make_phase(budget, kind=PhaseKind.PROPOSING, switched=ALL_THREE)
    return budget


def signed_up(email: str) -> App:
    send_account(f"{APP}auth/signup", {"email": email, "password": PASSWORD})
    key = re.search(r"confirm-email/(\S+)/", mail.outbox[-1].body)[1]
    assert send_account(f"{APP}auth/email/verify", {"key": key}).status_code in {200, 401}
    return App(token_of(email))


def moderating() -> App:
    app = App()
    app.client.force_login(make_holder())
    return app


def test_from_signing_up_to_leaving(budget):
    noor, ben, moderator = signed_up("noor@example.org"), signed_up("ben@example.org"), moderating()
    noor.send("PATCH", "me/", {"display_name": "Noor"})
    proposal = proposes(noor)
    assert ben.send("PUT", f"{proposal}support/") == {"supported": True, "support_count": 1}
    first = ben.send("POST", f"{proposal}comments/", comment("Who would paint it?"), expect=201)
    said = comment("The school beside it.", parent=first["uuid"])
    noor.send("POST", f"{proposal}comments/", said, expect=201)
    moderator.send("POST", f"{proposal}decisions/", {"do": "hide", "words": REASON}, expect=201)
    ben.send("GET", proposal, expect=404)
    answers_the_decision(noor)
    is_shown_again(moderator)
    told = takes_the_data_along(noor, ben)
    assert (told["account"]["email"], told["account"]["display_name"]) == ("noor@example.org", "Noor")
    assert [one["title"] for one in told["proposals"]] == ["A mural"]
    assert [one["body"] for one in told["comments"]] == ["The school beside it."]
    assert [(one["reason"], one["answer"]) for one in told["decisions"]] == [(REASON, ANSWER)]
    leaves(noor)
    shown = ben.send("GET", proposal)
    assert (shown["title"], shown["author"], shown["support_count"]) == ("A mural", "deleted account", 1)
    assert (shown["latitude"], shown["longitude"], shown["photos"][0]["alt"]) == (47.21, -1.55, "A bare wall")
    authors = [one["author"] for one in ben.send("GET", f"{proposal}comments/?order=newest")["results"]]
    assert authors == ["deleted account", "A citizen"]


def proposes(app: App) -> str:
    """Where the proposal is, below the API."""
    words = {"title": "A mural", "what_and_why": "The wall is bare.", "address": "Swimming hall", "language": "en"}
    draft = app.send("POST", "proposals/", {"budget": "green", **words}, expect=201)
    path = f"proposals/{draft['uuid']}/"
    App().send("GET", path, expect=404)
    app.send("PATCH", path, {"latitude": 47.21, "longitude": -1.55})
    app.add_photo(path)
    assert app.send("POST", f"{path}submit/")["status"] == "published"
    assert app.send("GET", path)["refusals"]["withdraw"] is None
    return path


def comment(words: str, **more: str) -> dict[str, str]:
    number = len(words)
    return {"key": f"00000000-0000-4000-8000-{number:012}", "body": words, "language": "en", **more}


def answers_the_decision(app: App) -> None:
    notify_waiting(timezone.now())
    [notice] = [one for one in app.send("GET", "me/inbox/?unread=true")["results"] if one["decision"]]
    assert (notice["kind"], notice["decision"]["reason"]) == ("own_hidden", REASON)
    answer = app.send("POST", f"me/inbox/{notice['uuid']}/answer/", {"words": ANSWER})
    assert answer["refusals"]["answer"]["code"] == "answered_already"


def is_shown_again(app: App) -> None:
    [decision] = app.send("GET", "moderation/decisions/")["results"]
    assert decision["answer"] == ANSWER
    assert app.send("POST", f"moderation/decisions/{decision['uuid']}/undo/")["undone_at"]


def takes_the_data_along(app: App, other: App) -> dict:
    asked = app.send("POST", "me/data/", expect=202)
    path = f"me/data/{asked['uuid']}/"
    assert (asked["made_at"], asked["file"]) == (None, None)
    app.send("GET", path, expect=404)
    assert app.send("POST", "me/data/", expect=409)
    finish_personal_data(uuid=PersonalDataExport.objects.get().uuid, at=timezone.now())
    [made] = app.send("GET", "me/data/")["results"]
    assert made["file"].endswith(f"/{path}")
    other.send("GET", path, expect=404)
    App().send("GET", path, expect=401)
    file = app.send("GET", path)
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/zip", "no-store")
    with zipfile.ZipFile(io.BytesIO(file.getvalue())) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".jpg")]) == 1
        return json.loads(archive.read("data.json"))


def leaves(app: App) -> None:
    """Only just after showing again who it is; and then the token is worth nothing."""
    assert app.send("DELETE", "me/", expect=403).json()["code"] == "sign_in_again"
    assert Person.objects.filter(email="noor@example.org").exists()
    again = send_account(f"{APP}auth/reauthenticate", {"password": PASSWORD}, token=app.token)
    assert again.status_code == 200
    app.send("DELETE", "me/", expect=204)
    assert session(app.token) == 401
    app.send("GET", "me/", expect=401)
    assert not Person.objects.filter(email="noor@example.org").exists()
    assert Proposal.objects.get().author.erased_at
