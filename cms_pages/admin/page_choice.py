"""Wagtail's choice of a page names the page that one chooses below, whoever asks: here it is one that they may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import BrowseView
from wagtail.models import Page

from cms_pages.translation.access import no_drafts_of_others

browse = BrowseView.as_view()


@require_admin_access
def choose_below(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    get_object_or_404(no_drafts_of_others(Page.objects.all(), request.user), pk=parent_page_id)
    return browse(request, parent_page_id)
