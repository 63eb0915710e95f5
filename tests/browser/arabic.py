"""Gives the demo town an Arabic first page, so that the site is looked at from right to left."""

ARABIC = """
from wagtail.models import Locale
from cms_pages.models import HomePage

arabic = Locale.objects.create(language_code="ar")
home = HomePage.objects.get(locale__language_code="en").copy_for_translation(arabic)
home.save_revision().publish()
"""
