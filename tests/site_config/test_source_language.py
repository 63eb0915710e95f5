"""A town that writes French first: a fresh database, prepared as an installation is."""

import os
import subprocess
import sys

from django.conf import settings

WRITTEN = """
from django.test import Client
from wagtail.models import Locale, Page, Site
from cms_pages.models import HomePage
from cms_pages.translation.works import Catalogue
from participation.models import Person

locale = Locale.objects.get()
assert locale.language_code == "fr", locale
assert Locale.get_default() == locale
assert all(page.locale == locale for page in Page.objects.all())
Page.objects.filter(depth=2).delete()
home = HomePage(title="Notre ville", slug="home", locale=locale)
Page.get_first_root_node().add_child(instance=home)
home.save_revision().publish()
Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
client = Client(HTTP_HOST="localhost")
assert client.get("/")["Location"] == "/fr/"
assert "Notre ville" in client.get("/fr/").content.decode()
assert client.get("/en/").status_code == 404
english = Locale.objects.create(language_code="en")
answer = client.get("/en/")
assert "Notre ville" in answer.content.decode()
assert answer["X-Robots-Tag"] == "noindex"
person = Person.objects.create_superuser("a@town.example", "x")
[work] = Catalogue(person).works(english)
assert (work.title, work.record.locale) == ("Notre ville", locale)
print("all is French")
"""


def test_a_french_town_writes_french_first(tmp_path):
    own = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "site_config.settings.test", "DEFAULT_LANGUAGE": "fr"}
    strange = {"DATABASE_URL", "REDIS_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in strange} | own

    def manage(*words: str) -> str:
        program = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
        return subprocess.run(program, env=environment, check=True, capture_output=True, text=True).stdout

    manage("migrate", "-v0")
    assert "all is French" in manage("shell", "-v0", "-c", WRITTEN)
