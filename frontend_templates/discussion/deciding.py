"""Deciding on the site, for moderators of one budget, who have no workspace."""

from django.utils import timezone

from frontend_templates.acting import is_done
from frontend_templates.discussion.forms import DecideForm
from participation.actions.decisions import Why, decide
from participation.choices import DecisionOnWords
from participation.models import Comment, Person, Proposal
from participation.refusals import Refusal

FIELDS = {Refusal.REASON_MISSING: "words", Refusal.WRONG_STATUS: "do", Refusal.DONE_ALREADY: "do"}


def is_decided(person: Person, form: DecideForm, subject: Proposal | Comment) -> bool:
    """Whether what the form says was done. What is missing or does not fit is said beside its field."""
    if not form.is_valid():
        return False
    said = form.cleaned_data
    kind, why = DecisionOnWords(said["do"]), Why(said["words"], said["canned"])
    return is_done(form, FIELDS, lambda: decide(actor=person, kind=kind, subject=subject, why=why, at=timezone.now()))
