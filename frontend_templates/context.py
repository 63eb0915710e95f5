"""What the frame around every page shows: the town's name, the menu, the other languages."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language, get_language_from_path, get_language_info, override
from wagtail.models import Locale, Page, Site

from cms_pages.menus import address_in, chosen_links, marked_links
from cms_pages.models import SiteFrame, SiteLook
from cms_pages.routes import is_fallback
from cms_pages.sites import look_of
from cms_pages.theme.stylesheet import digest, stylesheet
from frontend_templates.social import CardPicture, card_picture
from frontend_templates.voting.identity import KIOSK
from participation.locales import active_languages

STYLESHEETS = tuple(f"css/{name}.css" for name in ("tokens", "base", "layout", "components", "print"))


@dataclass(frozen=True)
class LanguageLink:
    """`is_translation` where this very page is at the address, not the first page of that language."""

    code: str
    name: str
    address: str
    is_current: bool
    is_translation: bool


def site_frame(request: HttpRequest) -> dict[str, object]:
    return {
        "show_demo_banner": settings.SHOW_DEMO_BANNER,
        "frame": SimpleLazyObject(lambda: Frame(request)),
    }


class Frame:
    """Asks the database only for what a template uses."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.page: Page | None = getattr(request, "wagtail_page", None)

    @cached_property
    def look(self) -> SiteLook:
        return look_of(self.request)

    @property
    def site_name(self) -> str:
        look, site = self.look, Site.find_for_request(self.request)
        return look.name or (site and site.site_name) or settings.WAGTAIL_SITE_NAME

    @cached_property
    def words(self) -> SiteFrame | None:
        return getattr(self.request, "frame_in_preview", None) or SiteFrame.objects.spoken()

    @property
    def tile_url(self) -> str:
        return settings.TILE_URL

    @property
    def tile_attribution(self) -> str:
        return settings.TILE_ATTRIBUTION

    @property
    def theme(self) -> str:
        return reverse("theme", args=[digest(stylesheet(self.look.theme))])

    @property
    def stylesheets(self) -> tuple[str, ...]:
        return STYLESHEETS

    @property
    def person(self):
        """Whoever is signed in; nobody is asked for where there is no session."""
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES:
            return None
        return self.request.user if self.request.user.is_authenticated else None

    @cached_property
    def kiosk(self) -> dict[str, object]:
        """How a device of a polling station looks and for which budget it stands; empty elsewhere."""
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES:
            return {}
        return self.request.session.get(KIOSK, {})

    @property
    def is_open_for_sign_up(self) -> bool:
        return settings.SIGN_UP

    @property
    def origin(self) -> str:
        """Where the site stands, for mails."""
        return self.request.build_absolute_uri("/")

    @property
    def address(self) -> str:
        """The whole address of the page, without filters."""
        return self.request.build_absolute_uri(self.request.path)

    @cached_property
    def card_picture(self) -> CardPicture:
        own = getattr(self.page, "picture", None)
        return card_picture(self.request, (own, self.look.social_image, self.look.hero))

    @property
    def home(self) -> str:
        return f"/{get_language()}/"

    @property
    def in_language(self) -> str:
        """What the address of an account page takes along, for it names no language."""
        return f"?language={get_language()}"

    @property
    def sign_in(self) -> str:
        """Signing in leads back to this page; from an account page to the first one."""
        path = self.request.path
        return f"{reverse('account_login')}?next={quote(path if get_language_from_path(path) else self.home)}"

    @cached_property
    def menu(self) -> list[tuple[str, str]]:
        """Words and address of the links in the menu."""
        chosen = chosen_links(self.words.menu, self.request) if self.words else []
        return chosen or marked_links(self.request)

    @cached_property
    def footer(self) -> list[tuple[str, str]]:
        return chosen_links(self.words.footer, self.request) if self.words else []

    @property
    def notice(self) -> str:
        """What staff want everybody to read now; empty at other times."""
        return self.words.notice_at(timezone.now()) if self.words else ""

    @property
    def is_fallback(self) -> bool:
        """Whether the page is shown in another language than the reader's, for want of a translation."""
        return is_fallback(self.page)

    @cached_property
    def languages(self) -> list[LanguageLink]:
        current = get_language()
        codes = getattr(self.request, "active_languages", None) or active_languages()
        addresses = self.translations(codes)
        return [
            LanguageLink(
                code,
                get_language_info(code)["name_local"],
                addresses.get(code) or self.untranslated(code),
                is_current=code == current,
                is_translation=code in addresses,
            )
            for code in codes
        ]

    @property
    def alternates(self) -> list[LanguageLink]:
        """This page in each language it exists in, itself too, as search engines want it: by whole addresses."""
        whole = self.request.build_absolute_uri
        return [replace(link, address=whole(link.address)) for link in self.languages if link.is_translation]

    def untranslated(self, code: str) -> str:
        """Where this page is shown in a language that it is not translated into: under the path of its source."""
        if self.page is None:
            return f"/{code}/"
        source = Locale.get_default().language_code
        pages = {page.locale.language_code: page for page in self.same_pages}
        return address_in(code, pages.get(source, self.page), self.request)

    @cached_property
    def same_pages(self) -> list[Page]:
        """The page in each language it exists in."""
        return list(self.page.get_translations(inclusive=True).live().select_related("locale")) if self.page else []

    def translations(self, codes: list[str]) -> dict[str, str]:
        """The address of this page in each language it exists in."""
        if self.page is not None:
            return {page.locale.language_code: page.get_url(self.request) for page in self.same_pages}
        return {code: address for code in codes if (address := self.same_view_in(code))}

    def same_view_in(self, code: str) -> str:
        try:
            match = resolve(self.request.path_info)
            with override(code):
                address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except (NoReverseMatch, LookupError, ValueError):
            return ""
        query = self.request.META.get("QUERY_STRING", "")
        if not get_language_from_path(address):
            query = self.account_query_in(code)
        return f"{address}?{query}" if query else address

    def account_query_in(self, code: str) -> str:
        asked = self.request.GET.copy()
        asked["language"] = code
        if "next" in asked:
            asked["next"] = translate_url(asked["next"], code)
        return asked.urlencode(safe="/")
