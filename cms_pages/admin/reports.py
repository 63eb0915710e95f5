"""What needs care: findings on pages, pages that nobody touched for a year, pictures without words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms_pages.findings import Finding, FindingKind, Targets, findings
from cms_pages.models import SiteImage

LONG_UNTOUCHED = timedelta(days=365)
CHUNK, MOST_ROWS = 100, 500
EDIT_ANYTHING = {"add", "change", "publish"}


class FindingsFilter(forms.Form):
    kind = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("Everything")), *FindingKind.choices])


@dataclass(frozen=True)
class Row:
    page: Page
    findings: list[Finding]


def allowed_pages(request: HttpRequest):
    """Pages that this person may change. Raises PermissionDenied for whoever changes none."""
    if not page_permission_policy.user_has_any_permission(request.user, EDIT_ANYTHING):
        raise PermissionDenied
    pages = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    return pages.filter(depth__gt=1).select_related("locale")


@require_safe
def page_findings(request: HttpRequest) -> HttpResponse:
    filters = FindingsFilter(request.GET, auto_id="filter-%s")
    kind = filters.cleaned_data["kind"] if filters.is_valid() else ""
    rows = [row for row in rows_of(allowed_pages(request), kind) if row.findings]
    return render(
        request,
        "cms_pages/admin/findings.html",
        {"filters": filters, "rows": rows[:MOST_ROWS], "count": len(rows), "most": MOST_ROWS},
    )


def rows_of(pages, kind: str) -> Iterator[Row]:
    """Every page is read, a hundred at a time."""
    targets = Targets.now()
    for page in pages.order_by("path").specific().iterator(chunk_size=CHUNK):
        found = findings(page, targets)
        yield Row(page, [one for one in found if not kind or one.kind == kind])


@require_safe
def untouched_pages(request: HttpRequest) -> HttpResponse:
    """Live pages that nobody has changed for a year, the oldest first."""
    before = timezone.now() - LONG_UNTOUCHED
    old = Q(latest_revision_created_at__lt=before) | Q(latest_revision_created_at=None, last_published_at__lt=before)
    pages = allowed_pages(request).live().filter(old).order_by("latest_revision_created_at", "pk")
    context = {"pages": pages[:MOST_ROWS], "count": pages.count(), "most": MOST_ROWS}
    return render(request, "cms_pages/admin/untouched.html", context)


@require_safe
def images_without_words(request: HttpRequest) -> HttpResponse:
    allowed_pages(request)
    images = SiteImage.objects.filter(description="").order_by("-created_at", "-pk")
    context = {"images": images[:MOST_ROWS], "count": images.count(), "most": MOST_ROWS}
    return render(request, "cms_pages/admin/images_without_words.html", context)
