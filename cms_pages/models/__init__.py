from cms_pages.models.budget import BudgetPage
from cms_pages.models.event import EventIndexPage, EventPage
from cms_pages.models.frame import SiteFrame
from cms_pages.models.home import HomePage
from cms_pages.models.mail_words import MailWords
from cms_pages.models.media import SiteDocument, SiteImage, SiteRendition
from cms_pages.models.news import NewsIndexPage, NewsPage
from cms_pages.models.process import ProcessPage
from cms_pages.models.project_picture import ProjectPicture
from cms_pages.models.settings import SiteLook
from cms_pages.models.standard import AccessibilityPage, FaqPage, LegalPage, OfferPage, ReferencePage, StandardPage
from cms_pages.models.workflow import OtherEyesTask
from cms_pages.models.written import ContactMessage, EventSignUp

PAGE_TYPES = {
    "home": HomePage,
    "process": ProcessPage,
    "budget": BudgetPage,
    "offer": OfferPage,
    "reference": ReferencePage,
    "news_index": NewsIndexPage,
    "news": NewsPage,
    "event_index": EventIndexPage,
    "event": EventPage,
    "faq": FaqPage,
    "standard": StandardPage,
    "accessibility": AccessibilityPage,
    "legal": LegalPage,
}

__all__ = [
    "PAGE_TYPES",
    "AccessibilityPage",
    "BudgetPage",
    "ContactMessage",
    "EventIndexPage",
    "EventPage",
    "EventSignUp",
    "FaqPage",
    "HomePage",
    "LegalPage",
    "MailWords",
    "NewsIndexPage",
    "NewsPage",
    "OfferPage",
    "OtherEyesTask",
    "ProcessPage",
    "ProjectPicture",
    "ReferencePage",
    "SiteDocument",
    "SiteFrame",
    "SiteImage",
    "SiteLook",
    "SiteRendition",
    "StandardPage",
]
