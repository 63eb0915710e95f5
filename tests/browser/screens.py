"""Every screen of the site, by its path in the demo town."""

HOME = "/{lang}/"
LIST = "/{lang}/budgets/rivemont/projects/"
RESULT = "/{lang}/budgets/wieliczka-green-budget-2023/result/"
PROPOSALS = "/{lang}/budgets/rivemont-ideas/proposals/"
LOCALIZED = (
    HOME,
    "/{lang}/budgets/",
    "/{lang}/budgets/rivemont/",
    LIST,
    "/{lang}/budgets/rivemont/projects/?view=table",
    "/{lang}/budgets/rivemont/projects/?view=map",
    "/{lang}/budgets/rivemont/projects/4/",
    PROPOSALS,
    "/{lang}/budgets/rivemont-ideas/proposals/?view=table&status=all",
    "/{lang}/budgets/rivemont-ideas/proposals/1/",
    "/{lang}/budgets/rivemont/vote/secrecy/",
    "/{lang}/budgets/toulouse-2019/result/",
    "/{lang}/search/?q=the",
    "/{lang}/nothing/",
)
# What staff wrote. From right to left these are shown in English, since nobody has translated them.
ARTICLE, WORKSHOP, QUESTIONS, OFFER = (
    f"/{{lang}}/{path}/" for path in ("news/workshops", "events/workshop", "questions", "support")
)
PAGES = (
    *(ARTICLE, WORKSHOP, QUESTIONS, OFFER),
    "/{lang}/how-it-works/",
    "/{lang}/how-it-works/easy/",
    "/{lang}/support/rivp/",
    "/{lang}/about/",
    "/{lang}/news/",
    "/{lang}/events/",
    "/{lang}/accessibility/",
    "/{lang}/legal/",
)
PRINTS = tuple(
    f"/{{lang}}/budgets/rivemont/campaign/{name}/" for name in ("booklet", "projects/1/poster", "projects/2/flyer")
)
ACCOUNTS = ("/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/")
DIRECTIONS = {"ltr": "en", "rtl": "ar"}


def screens(direction: str) -> list[str]:
    """Every screen in this direction, the style guide too."""
    language = DIRECTIONS[direction]
    extra = ACCOUNTS if direction == "ltr" else ()
    return [
        *(path.format(lang=language) for path in (*LOCALIZED, *PAGES, *PRINTS)),
        *extra,
        f"/styleguide/?dir={direction}",
    ]
