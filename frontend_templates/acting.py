"""What a form asks for is done, or is said beside the field that stands in the way."""

from collections.abc import Callable, Mapping

from django import forms

from participation.refusals import ActionRefused, Refusal


def is_done(form: forms.Form, fields: Mapping[Refusal, str], act: Callable[[], object]) -> bool:
    """Whether the act was done. A refusal without a field of the form is raised."""
    try:
        act()
    except ActionRefused as refused:
        if refused.refusal not in fields:
            raise
        form.add_error(fields[refused.refusal], refused.refusal.label)
        return False
    return True
