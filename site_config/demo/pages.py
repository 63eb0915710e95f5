"""The demo town's pages: written in English, translated into French with the same tool translators use."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation, TranslationSource

from cms_pages.models import HomePage, NewsIndexPage, NewsPage, ProcessPage
from site_config.demo.words import FRENCH, HOME, NEWS, PROCESS


def make_pages() -> None:
    english, french = (Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "fr"))
    home = make_home(english)
    for page in (home, make_process(home), *make_news(home)):
        translate(page, french)


def make_home(locale: Locale) -> HomePage:
    Page.objects.filter(depth=2, slug="home").exclude(pk__in=HomePage.objects.all()).delete()
    root = Page.get_first_root_node()
    home = HomePage(
        title=HOME["title"],
        slug="home",
        locale=locale,
        introduction=HOME["introduction"],
        search_description=HOME["summary"],
    )
    home.body = [("heading", HOME["heading"]), ("text", RichText(f"<p>{HOME['text']}</p>"))]
    root.add_child(instance=home)
    home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, "Rivemont"
    site.save()
    return home


def make_process(home: HomePage) -> ProcessPage:
    page = ProcessPage(
        title=PROCESS["title"],
        slug="how-it-works",
        locale=home.locale,
        introduction=PROCESS["introduction"],
        search_description=PROCESS["summary"],
        show_in_menus=True,
    )
    page.body = [block_of(kind, words) for kind, words in PROCESS["body"]]
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def make_news(home: HomePage) -> list[Page]:
    index = NewsIndexPage(
        title=NEWS["title"],
        slug="news",
        locale=home.locale,
        introduction=NEWS["introduction"],
        search_description=NEWS["summary"],
        show_in_menus=True,
    )
    home.add_child(instance=index)
    index.save_revision().publish()
    return [index, *(make_article(index, words) for words in NEWS["articles"])]


def make_article(index: NewsIndexPage, words: dict) -> NewsPage:
    article = NewsPage(
        title=words["title"],
        slug=words["slug"],
        locale=index.locale,
        date=timezone.localdate() - timedelta(days=words["days_ago"]),
        introduction=words["introduction"],
        search_description=words["introduction"],
    )
    article.body = [block_of("text", words["text"])]
    index.add_child(instance=article)
    article.save_revision().publish()
    return article


def block_of(kind: str, words: object) -> tuple[str, object]:
    return (kind, RichText(f"<p>{words}</p>")) if kind == "text" else (kind, words)


def translate(page: Page, locale: Locale) -> None:
    """Gives every sentence of the page its French words, then lets the tool make the French page."""
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        give_words(segment.string, segment, locale)
    translation.save_target(publish=False)
    # At once: at the end of the loading it would be saved as a page that has no pages below it.
    translation.get_target_instance().get_latest_revision().publish()


def give_words(string: String, segment: StringSegment, locale: Locale) -> None:
    StringTranslation.objects.create(
        translation_of=string,
        locale=locale,
        context=segment.context,
        data=FRENCH[string.data],
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
