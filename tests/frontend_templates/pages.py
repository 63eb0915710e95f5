"""What tests look for in a page."""

import re
from html.parser import HTMLParser

PUBLIC = (
    "/en/",
    "/en/how/",
    "/en/how/easy/",
    "/en/offer/",
    "/en/offer/reference/",
    "/en/news/",
    "/en/news/article/",
    "/en/events/",
    "/en/events/evening/",
    "/en/questions/",
    "/en/about/",
    "/en/accessibility/",
    "/en/legal/",
    "/en/budgets/",
    "/en/budgets/town/",
    "/en/budgets/town/projects/",
    "/en/budgets/town/projects/?order=random&seed=3",
    "/en/budgets/town/projects/1/",
    "/en/budgets/town/projects/4/",
    "/en/budgets/town/proposals/",
    "/en/budgets/town/proposals/?view=table&q=fountain&status=all",
    "/en/budgets/town/proposals/?view=map",
    "/en/budgets/town/proposals/1/",
    "/en/budgets/town/proposals/1/comments/",
    "/en/budgets/town/proposals/1/comments/?order=random&seed=3",
    "/en/budgets/town/result/whole/",
)
ACCOUNTS = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/no-such-key/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-set-password/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
)
# What search engines are told is data, which no browser runs.
INLINE_SCRIPT = re.compile(r"""<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)""", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]*\son[a-z]+=", re.IGNORECASE)
FORM = re.compile(r"<form[^>]*>", re.IGNORECASE)


class Reader(HTMLParser):
    """Collects what a page is made of: (tag, attributes) in their order, and its visible words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if attributes.get("id")]

    @property
    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch(r"h[1-6]", tag)]


def read(response) -> Reader:
    assert response.status_code == 200, response.status_code
    return Reader(response.content.decode())
