"""What roles without pages of their own see where something is chosen: what readers see, and no more."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, PageViewRestriction

from cms_pages.models import SiteDocument, SiteImage, StandardPage
from participation.choices import Role
from tests.cms_pages.translators import workspace_of
from tests.factories.participation import make_budget

pytestmark = pytest.mark.django_db
SECRET = "Secret-of-the-town"
NAMED = re.compile(f"{SECRET} (draft|private|below|drawer|image|document|budget)")
LOW = [Role.MODERATOR, Role.VALUATOR, Role.OFFICER, Role.AUDITOR, Role.TRANSLATOR]


@pytest.fixture(autouse=True)
def one_factor(settings, tmp_path):
    settings.STAFF_MFA_REQUIRED, settings.MEDIA_ROOT = False, str(tmp_path)


@pytest.fixture
def secrets(home, french_home) -> dict[str, object]:
    """A draft, a page for the signed in alone, and files in a collection of their own."""
    draft = home.add_child(instance=StandardPage(title=f"{SECRET} draft", slug="a", locale=home.locale, live=False))
    draft.save_revision()
    private = home.add_child(instance=StandardPage(title=f"{SECRET} private", slug="b", locale=home.locale))
    private.save_revision().publish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    below = private.add_child(instance=Page(title=f"{SECRET} below", slug="c", locale=home.locale))
    drawer = Collection.get_first_root_node().add_child(name=f"{SECRET} drawer")
    image = SiteImage.objects.create(title=f"{SECRET} image", file=get_test_image_file(), collection=drawer)
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.4")
    document = SiteDocument.objects.create(title=f"{SECRET} document", file=file, collection=drawer)
    budget = make_budget(slug="draft", title=f"{SECRET} budget", status="draft")
    return {
        "page": draft.pk, "private": private.pk, "below": below.pk, "image": image.pk, "document": document.pk,
        "budget": budget.pk, "revision": draft.latest_revision_id, "parent": home.pk, "collection": drawer.pk,
    }  # fmt: skip


PAGES = ("edit", "copy", "move", "delete", "unpublish", "history", "usage", "view_draft", "preview_on_edit", "lock")
SEARCHED = f"?q={SECRET}"


def doors(secrets: dict[str, int]) -> list[str]:
    """Where something is chosen, searched, listed or looked at."""
    image, document = [secrets["image"]], [secrets["document"]]
    found = [
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[secrets["parent"]]),
        reverse("wagtailadmin_choose_page_child", args=[secrets["private"]]),
        reverse("wagtailadmin_choose_page_search") + SEARCHED,
        reverse("wagtailadmin_pages:search") + SEARCHED,
        reverse("wagtailadmin_explore", args=[secrets["parent"]]),
        reverse("wagtailadmin_explore", args=[secrets["private"]]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:choose_results") + SEARCHED,
        reverse("wagtailimages_chooser:chosen", args=image),
        reverse("wagtailimages:edit", args=image),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtaildocs_chooser:choose_results") + SEARCHED,
        reverse("wagtaildocs_chooser:chosen", args=document),
        reverse("wagtaildocs:edit", args=document),
        reverse("wagtailadmin_api:pages:listing"),
        reverse("wagtailadmin_api:pages:listing") + f"?search={SECRET}",
        reverse("wagtailadmin_api:images:listing"),
        reverse("wagtailadmin_api:images:detail", args=image),
        reverse("wagtailadmin_api:documents:listing"),
        reverse("wagtailadmin_api:documents:detail", args=document),
        reverse("wagtailsnippetchoosers_cms_pages_siteframe:choose"),
    ]
    for page in (secrets["page"], secrets["private"], secrets["below"]):
        found += [reverse(f"wagtailadmin_pages:{name}", args=[page]) for name in PAGES]
        found.append(reverse("wagtailadmin_pages:revisions_compare", args=[page, "earliest", "latest"]))
        found.append(reverse("wagtailadmin_api:pages:detail", args=[page]))
        found.append(reverse("wagtail_localize:submit_page_translation", args=[page]))
    return found


@pytest.mark.parametrize("role", LOW)
def test_nothing_outside_ones_part_is_named(secrets, role):
    workspace = workspace_of(role)
    told = {}
    for address in doors(secrets):
        for verb in ("get", "post"):
            answer = getattr(workspace, verb)(address)
            assert answer.status_code < 500, (verb, address)
            if found := NAMED.search("" if answer.streaming else answer.content.decode()):
                told[f"{verb} {address}"] = found[0]
    assert told == {}


def test_a_translator_is_told_of_the_picture_in_a_page_that_they_see(secrets, home):
    address = reverse("wagtailadmin_api:images:detail", args=[secrets["image"]])
    translator = workspace_of(Role.TRANSLATOR)
    assert translator.get(address).status_code == 404
    page = home.add_child(instance=StandardPage(title="Trees", slug="trees", locale=home.locale))
    picture = {"image": SiteImage.objects.get(pk=secrets["image"]), "alt_text": "A tree", "decorative": False}
    page.body = [("picture", picture)]
    page.save_revision().publish()
    assert translator.get(address).status_code == 200
    assert SECRET not in translator.get(reverse("wagtailadmin_api:images:listing")).content.decode()
