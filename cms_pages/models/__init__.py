from cms_pages.models.home import HomePage
from cms_pages.models.media import SiteDocument, SiteImage, SiteRendition
from cms_pages.models.process import ProcessPage

__all__ = ["HomePage", "ProcessPage", "SiteDocument", "SiteImage", "SiteRendition"]
