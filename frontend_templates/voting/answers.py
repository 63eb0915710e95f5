"""What all pages in the booth have in common: nothing of them is kept, and each refusal has its page."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from frontend_templates.voting.guesses import TooManyGuesses
from participation.ballot_box.keys import KeyUnusable
from participation.ballot_box.locks import BoxBusy
from participation.ballot_box.validation import InvalidBallot
from participation.models import Budget
from participation.refusals import ActionRefused, Refusal

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


def in_the_booth(view: View) -> View:
    """For a view of a budget's vote: no cache keeps its answer, and what is refused is said on a page."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str, **named: Any) -> HttpResponse:
        box = named.get("box", "")
        try:
            response = view(request, slug, **named)
        except ActionRefused as refused:
            looks_again = refused.refusal is Refusal.CHANGED_MEANWHILE
            response = refused_page(request, slug, refused.refusal.label, 409, looks_again=looks_again, box=box)
        except InvalidBallot as invalid:
            response = refused_page(request, slug, invalid.fault.label, 400, looks_again=True, box=box)
        except TooManyGuesses:
            words = _("Too many codes were tried from here. Try again in an hour.")
            response = refused_page(request, slug, words, 429)
        except BoxBusy:
            response = out_of_reach(request, slug)
        except KeyUnusable as unusable:
            logger.error("%s", unusable)
            response = out_of_reach(request, slug)
        response["Cache-Control"] = "no-store"
        return response

    return answered


def out_of_reach(request: HttpRequest, slug: str) -> HttpResponse:
    words = _("The ballot box is out of reach. Nothing was changed: go back and try again in a minute.")
    return refused_page(request, slug, words, 503)


def refused_page(
    request: HttpRequest, slug: str, words: str | Promise, status: int, *, box: str = "", looks_again: bool = False
) -> HttpResponse:
    """`looks_again` where the voter's own ballot is what to look at next."""
    budget = get_object_or_404(Budget.objects.public().with_texts(), slug=slug)
    context = {"budget": budget, "words": words, "box": box, "looks_again": looks_again and box}
    return render(request, "participation/vote/refused.html", context, status=status)
