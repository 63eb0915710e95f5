"""A device of a polling station: at the desk with an officer, or as a kiosk that wipes itself."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from frontend_templates.views.votes import budget_of
from frontend_templates.voting.answers import in_the_booth
from frontend_templates.voting.identity import KIOSK, is_kiosk, remember_voter
from participation.actions.papers import open_ballot_at_desk
from participation.ballot_box.casting import Claim, Voter
from participation.models import RollEntry

OFFICERS = permission_required("participation.change_rollentry", raise_exception=True)
SIZES = ("", "large", "larger")


@OFFICERS
@in_the_booth
@require_POST
def desk(request: HttpRequest, slug: str, entry: int) -> HttpResponse:
    """The ballot of somebody who stands at the desk, filled in with the officer's help."""
    entries = RollEntry.objects.select_related("box__budget")
    own = get_object_or_404(entries, pk=entry, box__budget=budget_of(slug))
    open_ballot_at_desk(actor=request.user, entry=own, at=timezone.now())
    remember_voter(request, own.box.budget, Voter(Claim.ENTRY, own.pk))
    return redirect("ballot", slug, own.box.slug)


@OFFICERS
@in_the_booth
@require_POST
def kiosk(request: HttpRequest, slug: str) -> HttpResponse:
    """From here on the device is nobody's: the officer is signed out of it."""
    budget = budget_of(slug)
    logout(request)
    request.session[KIOSK] = {"budget": budget.slug, "size": "", "contrast": False}
    return redirect("vote", slug)


@in_the_booth
@require_GET
def wipe(request: HttpRequest, slug: str) -> HttpResponse:
    """The kiosk for the next person; with `size` or `contrast` it only looks another way, for the same person."""
    if not is_kiosk(request):
        raise Http404
    own = dict(request.session[KIOSK])
    if "size" in request.GET:
        own["size"] = SIZES[(SIZES.index(own["size"]) + 1) % len(SIZES)]
    elif "contrast" in request.GET:
        own["contrast"] = not own["contrast"]
    else:
        logout(request)  # whoever was here, by a code or by an account
        own |= {"size": "", "contrast": False}
    request.session[KIOSK] = own
    return redirect("vote", slug)
