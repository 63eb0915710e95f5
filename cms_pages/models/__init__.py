from cms_pages.models.home import HomePage
from cms_pages.models.media import SiteDocument, SiteImage, SiteRendition
from cms_pages.models.news import NewsIndexPage, NewsPage
from cms_pages.models.process import ProcessPage
from cms_pages.models.settings import SiteLook
from cms_pages.models.standard import StandardPage

__all__ = [
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProcessPage",
    "SiteDocument",
    "SiteImage",
    "SiteLook",
    "SiteRendition",
    "StandardPage",
]
