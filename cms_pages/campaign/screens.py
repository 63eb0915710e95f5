"""The staff's screen of a budget's campaign: all that is printed, its files, and its short links with their counts."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms_pages.campaign import archive, layout
from cms_pages.campaign.codes import code_as_data, code_of_link, whole_address
from cms_pages.models import EventPage
from participation.actions.short_links import make_short_link, make_station_links, remove_short_link
from participation.locales import active_languages
from participation.models import Budget, Project, ShortLink
from participation.models.short_link import LONGEST_PLACE, LONGEST_TARGET
from participation.refusals import ActionRefused

PERMISSION = "participation.change_shortlink"
MOST_BUDGETS, MOST_EVENTS, LAST_DAYS = 200, 50, 30


def allow(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def languages() -> list[dict[str, str]]:
    return [{"code": code, "name": get_language_info(code)["name_local"]} for code in active_languages()]


class LinkForm(forms.Form):
    """What a link leads to: one of the things that there are posters of, or any page of the site."""

    place = forms.CharField(label=gettext_lazy("Place"), max_length=LONGEST_PLACE, required=False)
    event = forms.ChoiceField(label=gettext_lazy("Event"), required=False)
    project = forms.ModelChoiceField(
        Project.objects.none(), label=gettext_lazy("Project"), required=False, to_field_name="public_number"
    )
    leads_to = forms.CharField(
        label=gettext_lazy("Or another page of this site"), max_length=LONGEST_TARGET, required=False
    )

    def __init__(self, budget: Budget, data=None) -> None:
        super().__init__(data, auto_id="link-%s")
        self.budget = budget
        self.events = {str(event.translation_key): event for event in events_to_come()}
        self.fields["event"].choices = [("", "–"), *((key, event.title) for key, event in self.events.items())]
        self.fields["project"].queryset = budget.projects.with_texts().order_by("public_number")

    def target(self) -> dict[str, object]:
        """The keywords of the action."""
        said = self.cleaned_data
        place = {"place": said["place"]}
        if event := self.events.get(said["event"]):
            own = {"event": event.translation_key, "leads_to": without_language(event.get_url() or "/")}
            return {"place": said["place"] or event.place} | own
        if project := said["project"]:
            path = reverse("project", args=[self.budget.slug, project.public_number])
            return place | {"project": project, "leads_to": without_language(path)}
        return place | {"leads_to": without_host(said["leads_to"]) or page_of(self.budget)}


def events_to_come() -> QuerySet:
    return EventPage.objects.to_come().filter(locale__language_code=settings.LANGUAGE_CODE)[:MOST_EVENTS]


def page_of(budget: Budget) -> str:
    return without_language(reverse("budget", args=[budget.slug]))


def without_host(written: str) -> str:
    """A path as it was written, or the path of a whole address of this very site."""
    own, given = urlsplit(settings.SITE_ADDRESS), urlsplit(written.strip())
    if (given.scheme, given.netloc) == (own.scheme, own.netloc):
        return given._replace(scheme="", netloc="").geturl()
    return written.strip()


def without_language(path: str) -> str:
    """`/en/budgets/` as `/budgets/`: whoever follows it gets their own language."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if first in dict(settings.LANGUAGES) else path


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    allow(request)
    budgets = Budget.objects.newest_first().with_texts()[:MOST_BUDGETS]
    return render(request, "cms_pages/admin/campaigns.html", {"budgets": budgets})


@require_safe
def campaign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    allow(request)
    budget = budget_of(uuid)
    return render(request, "cms_pages/admin/campaign.html", context_of(budget, LinkForm(budget)))


def budget_of(uuid: UUID) -> Budget:
    return get_object_or_404(Budget.objects.with_texts(), uuid=uuid)


def context_of(budget: Budget, form: LinkForm) -> dict[str, object]:
    since = timezone.localdate() - timedelta(days=LAST_DAYS)
    links = budget.short_links.annotate(
        visits=Sum("days__visits", default=0), lately=Sum("days__visits", filter=Q(days__day__gt=since), default=0)
    )
    return {
        "budget": budget,
        "form": form,
        "languages": printed_in(budget),
        "links": [(link, whole_address(link.address), code_as_data(whole_address(link.address))) for link in links],
        "days": LAST_DAYS,
        "projects": form.fields["project"].queryset,
        "has_stations": budget.stations.exists(),
    }


def printed_in(budget: Budget) -> list[dict[str, str]]:
    """Each language with the addresses of what is printed in it."""
    found = []
    for one in languages():
        with override(one["code"]):
            found.append(one | {"booklet": reverse("campaign_booklet", args=[budget.slug])})
    return found


@require_POST
def make(request: HttpRequest, uuid: UUID) -> HttpResponse:
    allow(request)
    budget = budget_of(uuid)
    form = LinkForm(budget, request.POST)
    if form.is_valid():
        try:
            make_short_link(actor=request.user, budget=budget, at=timezone.now(), **form.target())
        except ActionRefused as refused:
            form.add_error(None, refused.refusal.label)
        else:
            messages.success(request, _("The short link is there."))
            return redirect("campaign", uuid)
    return render(request, "cms_pages/admin/campaign.html", context_of(budget, form))


@require_POST
def make_for_stations(request: HttpRequest, uuid: UUID) -> HttpResponse:
    allow(request)
    budget = budget_of(uuid)
    vote = without_language(reverse("vote", args=[budget.slug]))
    try:
        make_station_links(actor=request.user, budget=budget, leads_to=vote, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refused.refusal.label)
    else:
        messages.success(request, _("Each station has a short link."))
    return redirect("campaign", uuid)


@require_POST
def remove(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    allow(request)
    link = get_object_or_404(ShortLink, budget__uuid=uuid, code=code)
    remove_short_link(actor=request.user, link=link, at=timezone.now())
    messages.success(request, _("The short link is gone. What is printed with it leads nowhere now."))
    return redirect("campaign", uuid)


@require_safe
def code_file(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    allow(request)
    link = get_object_or_404(ShortLink, budget__uuid=uuid, code=code)
    headers = {"Content-Disposition": f'attachment; filename="{link.code}.svg"'}
    return HttpResponse(code_of_link(link), content_type="image/svg+xml", headers=headers)


@require_safe
def pictures(request: HttpRequest, uuid: UUID, language: str) -> HttpResponse:
    allow(request)
    budget = budget_of(uuid)
    rows = layout.laid_out(budget, known(language))
    parts = archive.archive(rows, budget.short_links.all(), timezone.localtime())
    return attached(parts, "application/zip", f"{budget.slug}-{language}.zip")


@require_safe
def table(request: HttpRequest, uuid: UUID, language: str) -> HttpResponse:
    allow(request)
    budget = budget_of(uuid)
    rows = layout.laid_out(budget, known(language))
    return attached(layout.lines(rows), "text/csv; charset=utf-8", f"{budget.slug}-{language}.csv")


def known(language: str) -> str:
    if language not in active_languages():
        raise Http404
    return language


def attached(parts, content_type: str, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(parts, content_type=content_type, headers=headers)
