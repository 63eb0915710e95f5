"""The campaign kit: what is printed, what is handed to layout, and short links that lead nowhere but into the site."""

import io
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from cms_pages.campaign.archive import archive
from cms_pages.campaign.layout import laid_out
from cms_pages.models import ProjectPicture, SiteImage
from participation.actions.short_links import make_short_link
from participation.choices import Role
from participation.models import Project, RoleAssignment, ShortLink, ShortLinkDay, Station
from participation.models.short_link import MOST_VISITS
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_person


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.STAFF_MFA_REQUIRED, settings.MEDIA_ROOT = False, str(tmp_path)


def client_of(role: Role) -> Client:
    person, client = make_person(is_staff=True), Client()
    RoleAssignment.objects.create(person=person, role=role)
    client.force_login(person)
    return client


def link_to(budget, leads_to: str = "/budgets/town/", **words) -> ShortLink:
    return make_short_link(
        actor=None, budget=budget, place=words.pop("place", "Library"), leads_to=leads_to, at=timezone.now(), **words
    )


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil", "/../cms/", "/a\n", "x", "/a//b"]
)
def test_a_short_link_stays_in_the_site(town, target):
    with pytest.raises(ActionRefused) as refused:
        link_to(town, target)
    assert refused.value.refusal is Refusal.OUTSIDE_THE_SITE


@pytest.mark.parametrize(
    ("target", "address"), [("/budgets/town/", "/fr/budgets/town/"), ("/en/x/", "/en/x/"), ("/cms/", "/fr/cms/")]
)
def test_it_leads_on_in_the_readers_language_and_counts_the_day(town, visitor, french_home, target, address):
    link = link_to(town, target)
    for _ in range(2):
        answer = visitor.get(link.address, headers={"accept-language": "fr"})
        assert (answer.status_code, answer["Location"]) == (302, address)
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies
    visitor.head(link.address)
    assert ShortLinkDay.objects.get().visits == 2


def test_counting_ends_at_a_million_a_day(town, visitor):
    link = link_to(town)
    ShortLinkDay.objects.create(link=link, day=timezone.localdate(), visits=MOST_VISITS)
    assert visitor.get(link.address).status_code == 302
    assert ShortLinkDay.objects.get().visits == MOST_VISITS


def test_the_link_of_a_draft_leads_nowhere(draft, visitor):
    assert visitor.get(link_to(draft).address).status_code == 404


@pytest.mark.parametrize("form", ["poster", "flyer"])
def test_posters_and_flyers_of_projects_and_places(town, visitor, form):
    page = visitor.get(f"/en/budgets/town/campaign/projects/1/{form}/").content.decode()
    assert "Trees" in page
    station = Station.objects.create(budget=town, name="Town hall", address="Square 1", hours="9 to 5")
    link = link_to(town, place="Town hall", station=station)
    page = visitor.get(f"/en/budgets/town/campaign/places/{link.code}/{form}/").content.decode()
    assert "Town hall, Square 1: 9 to 5" in page
    assert f"/s/{link.code}" in page
    assert " style=" not in page
    assert visitor.get("/en/budgets/town/campaign/projects/1/banner/").status_code == 404


def test_the_booklet_has_every_project_at_a_fixed_number_of_queries(town, visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = visitor.get("/en/budgets/town/campaign/booklet/").content.decode()
    assert page.count('class="stack booklet-project"') == 4


def test_drafts_are_printed_by_staff_alone(draft, visitor):
    address = "/en/budgets/draft/campaign/booklet/"
    assert visitor.get(address).status_code == 404
    assert client_of(Role.EDITOR).get(address).status_code == 200


def test_the_archive_has_pictures_texts_credits_and_codes(town, tmp_path):
    image = SiteImage.objects.create(title="Trees", file=get_test_image_file(), credit="Ana")
    gone = SiteImage.objects.create(title="Gone", file=get_test_image_file(filename="gone.png"))
    ProjectPicture.objects.create(project=Project.objects.get(public_number=1), image=image)
    ProjectPicture.objects.create(project=Project.objects.get(public_number=2), image=gone)
    gone.file.storage.delete(gone.file.name)
    link = link_to(town)
    answer = client_of(Role.EDITOR).get(reverse("campaign_pictures", args=[town.uuid, "en"]))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    image.file.open()
    assert packed.read("projects/0001-trees.png") == image.file.read()
    assert b"Ana" in packed.read("projects/0001-trees.txt")
    assert b"gone" not in packed.read("projects/0002-a-pool.txt")
    assert packed.read("missing.txt") == b"0002-a-pool.png\n"
    assert packed.read(f"codes/{link.code}.svg").lstrip().startswith(b"<?xml")


def test_the_screen_makes_lists_and_removes_links(town):
    client = client_of(Role.EDITOR)
    screen = reverse("campaign", args=[town.uuid])
    client.post(reverse("campaign_make", args=[town.uuid]), {"place": "Library", "project": 1})
    link = ShortLink.objects.get()
    assert (link.leads_to, link.project.public_number) == ("/budgets/town/projects/1/", 1)
    assert f"/s/{link.code}" in client.get(screen).content.decode()
    refused = client.post(
        reverse("campaign_make", args=[town.uuid]), {"place": "x", "leads_to": "https://evil.example/"}
    )
    assert "A short link leads to a page of this site" in refused.content.decode()
    client.post(reverse("campaign_remove", args=[town.uuid, link.code]))
    assert not ShortLink.objects.exists()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.VALUATOR, Role.OFFICER, Role.AUDITOR, Role.TRANSLATOR])
def test_other_roles_stay_out(town, role):
    client = client_of(role)
    for name, words in (("campaigns", []), ("campaign", [town.uuid]), ("campaign_pictures", [town.uuid, "en"])):
        assert client.get(reverse(name, args=words)).status_code in {302, 403}
    client.post(reverse("campaign_make", args=[town.uuid]), {"place": "Library"})
    assert not ShortLink.objects.exists()


def test_two_hundred_pictures_are_never_whole_in_memory(town, tmp_path):
    """400 MB of pictures pass through a few of memory."""
    large = tmp_path / "large.png"
    large.write_bytes(bytes(2 * 1024 * 1024))
    image = SiteImage(title="Large", file="large.png", width=1, height=1)
    one = laid_out(town, "en")[0]
    rows = [replace(one, image=image, name=f"{number:04}") for number in range(200)]
    tracemalloc.start()
    total = sum(map(len, archive(rows, [], timezone.localtime())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 400 * 1024 * 1024
    assert peak < 4 * 1024 * 1024
