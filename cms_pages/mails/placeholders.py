"""What differs from mail to mail: placeholders, each with its meaning for staff, and those that several mails share."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from cms_pages.mails.marks import Link, Value, as_text, in_one_line


class Form(Enum):
    """How a value may look: words in one line, words that keep their lines, or an address to follow."""

    WORDS = 1
    LINES = 2
    LINK = 3


@dataclass(frozen=True)
class Placeholder:
    """`meaning` tells staff what is put in; `example` stands for it in a preview."""

    name: str
    meaning: str
    example: Value
    is_required: bool = False
    form: Form = Form.WORDS

    @property
    def mark(self) -> str:
        return f"{{{self.name}}}"

    def shaped(self, value: Value) -> Value:
        if self.form is Form.LINES:
            return value
        words = in_one_line(as_text(value))
        return Link(words) if self.form is Form.LINK else words


def link(meaning: str, path: str, name: str = "link", *, is_required: bool = True) -> Placeholder:
    return Placeholder(name, meaning, f"https://town.example/{path}", is_required, Form.LINK)


COMMON = (
    Placeholder("site", _("the name of the site"), _("Our town")),
    link(_("the address of the site"), "", "site_address", is_required=False),
)
EMAIL = Placeholder("email", _("the e-mail address it is about"), "amina@example.org")
NEW_PASSWORD = link(_("the link to a new password"), "accounts/password/reset/")
PROVIDER = Placeholder("provider", _("the service that one signs in with"), "Town-ID")
CHILD = Placeholder("name", _("the name of the young person"), "Amina")
PROPOSAL = Placeholder("proposal", _("the title of the proposal"), _("Trees for the school yard"))
WHAT_HAPPENED = _("A new comment on “Trees for the school yard”.")
NEWS = (
    Placeholder("greeting", _("“Good day”, with the name where there is one"), _("Good day")),
    Placeholder(
        "news",
        _("what happened, each with its address"),
        [WHAT_HAPPENED, "\n", Link("https://town.example/proposals/1/")],
        True,
        Form.LINES,
    ),
    link(_("the link that ends these mails"), "unsubscribe/", "unsubscribe"),
)
EVENT = (
    Placeholder("event", _("the title of the event"), _("Workshop: from an idea to a proposal")),
    Placeholder("when", _("day and hour of the event"), "2027-03-12, 18:00"),
    Placeholder("where", _("place and address of the event"), "12 Mill Street"),
    link(_("the link to cancel"), "events/places/", "cancel"),
)
QUESTION = Placeholder("question", _("the question of the vote"), _("Projects for the whole town"))
BUDGET = Placeholder("budget", _("the title of the budget"), _("A greener town"))
