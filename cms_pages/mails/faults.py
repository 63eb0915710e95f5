"""What is wrong with words that staff wrote for a mail, as errors of the form's fields. Each has a code that stays."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms_pages.mails.marks import marks_in
from cms_pages.mails.registry import Mail

Faults = dict[str, list[ValidationError]]


def faults_in(mail: Mail, subject: str, body: str) -> Faults:
    """Empty where they can be sent. Words that are not there at all are for the form to ask for."""
    found = {"subject": [*line_break(subject), *unknown(mail, subject)], "body": [*unknown(mail, body)]}
    found["body"] += missing(mail, body)
    return {field: errors for field, errors in found.items() if errors}


def line_break(subject: str) -> Iterator[ValidationError]:
    if len(subject.splitlines()) > 1:
        yield ValidationError(_("The subject is one line."), code="subject_line_break")


def unknown(mail: Mail, words: str) -> Iterator[ValidationError]:
    known = {one.name: one.mark for one in mail.placeholders}
    for name in dict.fromkeys(marks_in(words)):
        if name not in known:
            said = _("%(mark)s is no placeholder of this mail. Its placeholders are: %(known)s.")
            named = {"mark": f"{{{name}}}", "known": ", ".join(known.values())}
            yield ValidationError(said, code="unknown_placeholder", params=named)


def missing(mail: Mail, body: str) -> Iterator[ValidationError]:
    there = set(marks_in(body)) if body else {one.name for one in mail.placeholders}
    for one in mail.placeholders:
        if one.is_required and one.name not in there:
            said = _("The text needs %(mark)s: %(meaning)s.")
            yield ValidationError(said, code="missing_placeholder", params={"mark": one.mark, "meaning": one.meaning})
