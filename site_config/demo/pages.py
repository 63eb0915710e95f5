"""The demo town's pages: written in English, translated into French with the same tool translators use."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms_pages.actions.sign_ups import sign_up
from cms_pages.models import PAGE_TYPES, EventPage, ProjectPicture, SiteFrame
from participation.models import Budget
from site_config.demo.people import DOMAIN
from site_config.demo.pictures import make_documents, make_pictures
from site_config.demo.words.about import ABOUT, QUESTIONS
from site_config.demo.words.budget import BUDGET
from site_config.demo.words.events import EVENTS, MEETINGS, SIGN_UPS
from site_config.demo.words.frame import FOOTER, FOOTER_TEXT, MENU
from site_config.demo.words.home import HOME
from site_config.demo.words.news import ARTICLES, NEWS
from site_config.demo.words.offer import OFFER, REFERENCE
from site_config.demo.words.pairs import FRENCH, Named
from site_config.demo.words.process import PROCESS
from site_config.demo.words.statements import ACCESSIBILITY, LEGAL

Words = dict[str, object]
PICTURED = {1: "trees", 9: "house"}


def make_locales() -> None:
    for code in ("en", "fr"):
        Locale.objects.get_or_create(language_code=code)


def make_pages(at: datetime) -> None:
    """First all pages, so that each can lead to any other, then what they say, then the same in French."""
    things = {"picture": make_pictures(), "document": make_documents()}
    things["budget"] = {one.slug: one for one in Budget.objects.all()}
    pages = dict(planted(at, things))
    things["page"] = {words["slug"]: page for page, words in pages.items()}
    for page, words in pages.items():
        fill(page, words, things)
    frame = make_frame(things)
    french = Locale.objects.get(language_code="fr")
    for record in (*pages, frame):
        translate(record, french)
    sign_some_up(at)
    picture_some(things)


def planted(at: datetime, things: dict[str, dict]) -> Iterator[tuple[Page, Words]]:
    """Each page in its place with what it is to say, the ones above before those below."""
    home = plant(None, "home", HOME)
    yield home, HOME
    below = {"process": PROCESS, "news_index": NEWS, "event_index": EVENTS, "offer": OFFER, "standard": ABOUT}
    below |= {"faq": QUESTIONS, "legal": LEGAL}
    below |= {"accessibility": {**ACCESSIBILITY, "assessed_on": (at - timedelta(days=40)).date()}}
    below |= {"budget": {**BUDGET, "budget": things["budget"]["rivemont"]}}
    made = {kind: plant(home, kind, words) for kind, words in below.items()}
    yield from ((made[kind], words) for kind, words in below.items())
    lower = [("offer", "reference", REFERENCE)]
    lower += [("news_index", "news", dated(words, at)) for words in ARTICLES]
    lower += [("event_index", "event", timed(words, at)) for words in MEETINGS]
    yield from ((plant(made[above], kind, words), words) for above, kind, words in lower)


def dated(words: Words, at: datetime) -> Words:
    rest = {name: value for name, value in words.items() if name != "days_ago"}
    return {**rest, "date": timezone.localdate(at) - timedelta(days=words["days_ago"])}


def timed(words: Words, at: datetime) -> Words:
    rest = {name: value for name, value in words.items() if name not in {"days", "hours"}}
    day = timezone.localdate(at) + timedelta(days=words["days"])
    begins, ends = (timezone.make_aware(datetime.combine(day, hour)) for hour in words["hours"])
    return {**rest, "starts_at": begins, "ends_at": ends}


def plant(above: Page | None, kind: str, words: Words) -> Page:
    """The page without its blocks and pictures, in its place in the tree."""
    plain = {name: value for name, value in words.items() if not isinstance(value, list | Named)}
    page = PAGE_TYPES[kind](**plain, locale=Locale.objects.get(language_code="en"))
    if above is None:
        make_first(page)
    else:
        above.add_child(instance=page)
    return page


def make_first(home: Page) -> None:
    """In the stead of the page that came with the installation."""
    Page.objects.filter(depth=2, slug="home").exclude(content_type=home.content_type).delete()
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, "Rivemont"
    site.save()


def fill(record: models.Model, words: Words, things: dict[str, dict]) -> None:
    for name, value in words.items():
        if isinstance(record._meta.get_field(name), StreamField):
            blocks = [{"type": kind, "value": by_key(inner, things)} for kind, inner in value]
            setattr(record, name, json.dumps(blocks))
        else:
            setattr(record, name, things[value.kind][value.name] if isinstance(value, Named) else value)
    record.save()
    record.save_revision().publish()


def by_key(value: object, things: dict[str, dict]) -> object:
    """What a block says, with the key of each thing in place of its name."""
    if isinstance(value, Named):
        return things[value.kind][value.name].pk
    if isinstance(value, dict):
        return {name: by_key(inner, things) for name, inner in value.items()}
    return value


def make_frame(things: dict[str, dict]) -> SiteFrame:
    frame = SiteFrame(locale=Locale.objects.get(language_code="en"))
    fill(frame, {"menu": MENU, "footer": FOOTER, "footer_text": FOOTER_TEXT}, things)
    return frame


def translate(record: models.Model, locale: Locale) -> None:
    """Gives every sentence its French words, then lets the tool make the French page."""
    source, _ = TranslationSource.update_or_create_from_instance(record)
    translation = Translation.objects.create(source=source, target_locale=locale)
    segments = StringSegment.objects.filter(source=source).select_related("string")
    StringTranslation.objects.bulk_create(french_of(segment, locale) for segment in segments)
    translation.save_target(publish=False)
    # At once: at the end of the loading it would be saved as a page that has no pages below it.
    translation.get_target_instance().get_latest_revision().publish()


def french_of(segment: StringSegment, locale: Locale) -> StringTranslation:
    return StringTranslation(
        translation_of=segment.string,
        locale=locale,
        context_id=segment.context_id,
        data=FRENCH[segment.string.data],
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )


def sign_some_up(at: datetime) -> None:
    workshop = EventPage.objects.get(locale__language_code="en", seats__isnull=False)
    for number, (name, needs) in enumerate(SIGN_UPS, start=1):
        email = f"guest{number}@{DOMAIN}"
        sign_up(event=workshop, name=name, email=email, needs=needs, language="fr", at=at)


def picture_some(things: dict[str, dict]) -> None:
    """Some projects on the ballot have a picture, on their page and in print."""
    for number, name in PICTURED.items():
        project = things["budget"]["rivemont"].projects.get(public_number=number)
        ProjectPicture.objects.create(project=project, image=things["picture"][name])
