import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import django
django.setup()
from django.test import Client
for path in ("/health/live/", "/health/ready/"):
    answer = Client().get(path)
    print(answer.status_code, answer.json()["status"])
"""


@pytest.mark.parametrize("path", ["/health/live/", "/health/ready/"])
def test_a_healthy_process_says_ok(db, client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/health/live/", "/health/ready/"])
def test_no_answer_is_kept(db, client, path):
    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/health/live/", "/health/ready/"])
def test_health_is_only_read(db, client, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_being_alive_needs_no_database(client):
    """Without the fixture that allows it, any query fails this test."""
    assert client.get("/health/live/").status_code == 200


def test_without_a_database_the_process_lives_but_is_not_ready(manage_environment, tmp_path):
    nowhere = f"sqlite:///{tmp_path}/no-such-folder/town.sqlite3"

    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env=manage_environment | {"DATABASE_URL": nowhere},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert asked.stdout.splitlines() == ["200 ok", "503 database unavailable"]
