"""The table of route x role: what each role of the product is told at every address of ours.

A row is the methods, the route as the resolver writes it, and the answer for each role.
"""

from typing import NamedTuple

from participation.choices import Role
from tests.routes.things import ANONYMOUS, AUTHOR, CITIZEN, NEIGHBOUR, ROLES, SUPERUSER
from tests.routes.walk import NO, NOTHING, SIGN_IN, YES

Answers = dict[str, str]
MODERATOR, OFFICER, EDITOR, TRANSLATOR = Role.MODERATOR, Role.OFFICER, Role.EDITOR, Role.TRANSLATOR
WIDE = (Role.MANAGER, Role.ADMINISTRATOR, SUPERUSER)


class Row(NamedTuple):
    methods: str
    route: str
    answers: Answers


def let(*roles: str, others: str = NO, anonymous: str = SIGN_IN, **more: str) -> Answers:
    return dict.fromkeys(ROLES, others) | dict.fromkeys(roles, YES) | {ANONYMOUS: anonymous} | more


def staff(*roles: str) -> Answers:
    """In the workspace: who has no role in the whole town is asked for an account that has."""
    outside = dict.fromkeys((ANONYMOUS, CITIZEN, AUTHOR, NEIGHBOUR), SIGN_IN)
    return let(*roles, SUPERUSER) | outside


EVERYBODY = dict.fromkeys(ROLES, YES)
NOBODY = dict.fromkeys(ROLES, NOTHING)
THE_SIGNED_IN = let(*ROLES)
THE_AUTHOR = let(AUTHOR, others=NOTHING)
THE_AUTHOR_TO_SEE = THE_AUTHOR | {ANONYMOUS: NOTHING}
NOBODY_HERE = let(others=NOTHING)
MODERATORS = let(MODERATOR, *WIDE)
OF_ONE_BUDGET = MODERATORS | {NEIGHBOUR: YES}
NOT_OF_THIS_BUDGET = MODERATORS | {NEIGHBOUR: NOTHING}
OFFICERS = let(OFFICER, *WIDE)
OFFICERS_AT_THE_DESK = OFFICERS | {ANONYMOUS: NO}
MANAGERS = let(*WIDE)
STAFF = staff(*Role.values)
MANAGING = staff(*WIDE)
AUDITING = staff(Role.AUDITOR)
AT_THE_DESK = staff(OFFICER, *WIDE)
MODERATING = staff(MODERATOR, *WIDE)
CAMPAIGNING = staff(EDITOR, *WIDE)
TRANSLATING = staff(TRANSLATOR, *WIDE)
WRITING = staff(EDITOR, *WIDE)
WRITING_OR_TRANSLATING = staff(EDITOR, TRANSLATOR, *WIDE)
SUPERUSERS = staff()
NO_STAFF = SUPERUSERS | {SUPERUSER: NO}

B = "en/budgets/<slug:slug>/"
P = f"{B}proposals/"
N = f"{P}<int:number>/"
C = f"{N}comments/"
OWN = f"{P}own/<uuid:uuid>/"
R = f"{B}result/<slug:envelope>/"
V = f"{B}vote/"
K = f"{B}campaign/"


def many(methods: str, answers: Answers, before: str, *routes: str) -> list[Row]:
    return [Row(methods, before + route, answers) for route in routes]


SITE = [
    *many(
        "GET",
        EVERYBODY,
        "",
        *("", "health/live/", "health/ready/", "theme/<slug:name>.css", "styleguide/", "recount.py"),
        *("robots.txt", "sitemap.xml", "sitemap-<section>.xml"),
        *(".well-known/osp-budget-key", "s/<slug:code>", r"documents/^(\d+)/(.*)$", "media/images/<path:path>"),
        r"en/^((?:[\w\-]+/)*(?:[\w\-]+\.(?:rss|ics))?)$",
    ),
    Row("GET", "_util/login/", dict.fromkeys(ROLES, SIGN_IN)),
    Row("POST", "documents/authenticate_with_password/<int:restriction_id>/", EVERYBODY),
    Row("POST", "en/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", EVERYBODY),
    *many("GET", NOBODY, "", "bundles/<uuid:uuid>.zip", "bundles/<uuid:uuid>/<str:name>"),
    *many("GET", EVERYBODY, "en/", "search/", "budgets/"),
    *many(
        "GET POST",
        EVERYBODY,
        "en/",
        *("contact/<uuid:key>/", "events/<uuid:key>/sign-up/", "events/places/<str:token>/"),
        *("guardian/<str:token>/", "guardian/<str:token>/end/", "unsubscribe/<str:token>/"),
    ),
    *many(
        "GET POST",
        THE_SIGNED_IN,
        "en/",
        *("profile/", "profile/erase/", "profile/age/", "profile/groups/", "inbox/", "invitations/", "following/"),
    ),
    Row("POST", "en/profile/data/", THE_SIGNED_IN),
    Row("POST", "en/profile/sign-out-everywhere/", dict.fromkeys(ROLES, SIGN_IN)),  # it has done so
    Row("GET", "en/profile/data/<uuid:uuid>/", THE_AUTHOR),
    Row("POST", "en/profile/groups/<uuid:uuid>/leave/", THE_AUTHOR),
    Row("GET POST", "en/inbox/<uuid:uuid>/", THE_AUTHOR),
    *many(
        "GET",
        EVERYBODY,
        B,
        *("", "districts.geojson", "projects/", "projects/<int:number>/", "regulations/"),
        *("regulations/<int:version>/", "result/"),
    ),
    *many("GET POST", THE_SIGNED_IN, B, "regulations/accept/", "follow/"),
    *many("GET", EVERYBODY, P, "", "proposals.csv", "proposals.geojson", "feed.rss", "form/"),
    *many("GET POST", THE_SIGNED_IN, P, "new/", "claim/"),
    Row("GET", f"{P}mine/", THE_SIGNED_IN),
    Row("GET", f"{P}waiting/", MODERATORS),
    *many("GET POST", OFFICERS, P, "keying/", "letters/"),
    Row("GET", f"{P}letters/<uuid:batch>/", OFFICERS),
    *many("GET", THE_AUTHOR_TO_SEE, P, "photos/<uuid:uuid>/<slug:size>.jpg", "documents/<uuid:uuid>.pdf"),
    *many(
        "GET POST",
        THE_AUTHOR,
        OWN,
        "photo/",
        "photo/<uuid:photo>/",
        "check/",
        "co-authors/",
        "name/",
        "discard/",
        "<slug:step>/",
    ),
    Row("GET", f"{OWN}done/", THE_AUTHOR),
    *many(
        "POST",
        THE_AUTHOR,
        OWN,
        *("photo/<uuid:photo>/remove/", "documents/<uuid:document>/remove/", "again/"),
    ),
    *many("GET", EVERYBODY, N, "", "versions/"),
    Row("GET", f"{N}translated/", NOBODY),  # where no machine translates
    *many("GET POST", THE_SIGNED_IN, N, "support/", "report/", "follow/"),
    Row("GET POST", f"{N}sheets/", OFFICERS),
    *many("GET POST", THE_AUTHOR, N, "edit/", "withdraw/"),
    Row("GET POST", f"{N}moderate/", MODERATORS),
    Row("GET POST", f"{N}merge/", MANAGERS),
    *many("GET", EVERYBODY, C, "", "feed.rss", "<uuid:uuid>/"),
    Row("GET", f"{C}<uuid:uuid>/translated/", NOBODY),
    *many("GET POST", THE_SIGNED_IN, C, "new/", "<uuid:uuid>/reply/", "<uuid:uuid>/useful/", "<uuid:uuid>/report/"),
    Row("GET POST", f"{C}<uuid:uuid>/change/", THE_AUTHOR),
    Row("GET POST", f"{C}<uuid:uuid>/moderate/", MODERATORS),
    *many("GET", EVERYBODY, R, "", "ballots.pb", "decisions.json", "result.csv", "result.json"),
    *many("GET", EVERYBODY, K, "booklet/", "projects/<int:number>/<slug:form>/", "places/<slug:code>/<slug:form>/"),
    *many("GET", EVERYBODY, V, "", "secrecy/", "receipts/", "<slug:box>/paper/", "<slug:box>/poster/"),
    *many("GET POST", EVERYBODY, V, "code/", "<slug:box>/", "<slug:box>/practice/"),
    *many("POST", EVERYBODY, V, "leave/", "<slug:box>/cast/"),
    # A roll that knows no documents, one that nobody declares into, a device that is no kiosk, a vote still open.
    Row("GET POST", f"{V}document/", NOBODY),
    Row("GET POST", f"{V}declare/", NOBODY_HERE),
    *many("GET", NOBODY, V, "wipe/", "receipts/<slug:box>/"),
    *many("POST", OFFICERS_AT_THE_DESK, V, "desk/<int:entry>/", "kiosk/"),
]

A = "api/v1/"
ONE = f"{A}proposals/<uuid:uuid>/"
SAID = f"{A}comments/<uuid:uuid>/"
LISTS = ("phases", "envelopes", "projects", "price-hints", "regulations", "results", "ballot-boxes")

API = [
    *many("GET", EVERYBODY, "api/", "schema/", "docs/"),
    *many("GET", EVERYBODY, A, "site/", "pages/by-path/", "search/", "sitemap/", "budgets/", "budgets/<slug:slug>/"),
    *many("GET", EVERYBODY, A, "pages/", "pages/<int:id>/", "redirects/", "redirects/<int:id>/"),
    *many("GET", EVERYBODY, A, *(f"{name}/" for name in LISTS), *(f"{name}/<uuid:uuid>/" for name in LISTS)),
    Row("GET", f"{A}draft/", NOBODY),  # without a token
    Row("GET POST", f"{A}ballot-boxes/<uuid:uuid>/ballot/", THE_SIGNED_IN),
    Row("PUT", f"{A}regulations/<uuid:uuid>/acceptance/", THE_SIGNED_IN),
    Row("GET", f"{A}proposals/", EVERYBODY),
    Row("POST", f"{A}proposals/", THE_SIGNED_IN),
    *many("GET", THE_AUTHOR_TO_SEE, ONE, "", "versions/", "similar/"),
    Row("PATCH DELETE", ONE, THE_AUTHOR),
    *many("POST", THE_AUTHOR, ONE, "submit/", "withdraw/", "again/", "photos/", "documents/"),
    Row("PUT DELETE", f"{ONE}merge/", MANAGERS),
    Row("GET POST", f"{ONE}sheets/", OFFICERS),
    Row("DELETE", f"{ONE}sheets/<int:number>/", OFFICERS),
    Row("PATCH", f"{ONE}photos/<uuid:photo>/", THE_AUTHOR),
    *many(
        "DELETE",
        THE_AUTHOR,
        ONE,
        *("photos/<uuid:photo>/", "documents/<uuid:document>/", "invitations/<uuid:invitation>/"),
    ),
    Row("GET POST", f"{ONE}invitations/", THE_AUTHOR),
    Row("DELETE", f"{ONE}co-authorship/", NOBODY_HERE),
    Row("PUT DELETE", f"{ONE}support/", THE_SIGNED_IN),
    Row("GET", f"{ONE}comments/", EVERYBODY),
    *many("POST", THE_SIGNED_IN, ONE, "comments/", "flags/"),
    Row("POST", f"{ONE}decisions/", NOT_OF_THIS_BUDGET),
    Row("GET", f"{ONE}translation/", NOBODY),
    Row("GET", SAID, EVERYBODY),
    Row("PATCH", SAID, THE_AUTHOR),
    Row("GET", f"{SAID}translation/", NOBODY),
    Row("PUT", f"{SAID}vote/", THE_SIGNED_IN),
    Row("POST", f"{SAID}flags/", THE_SIGNED_IN),
    Row("POST", f"{SAID}decisions/", NOT_OF_THIS_BUDGET),
    *many("GET", OF_ONE_BUDGET, f"{A}moderation/", "queue/", "reasons/", "decisions/"),
    Row("POST", f"{A}moderation/decisions/", OF_ONE_BUDGET),
    Row("POST", f"{A}moderation/decisions/<uuid:uuid>/undo/", NOT_OF_THIS_BUDGET),
    *many("GET", THE_SIGNED_IN, f"{A}me/", "", "groups/", "follows/", "inbox/", "data/"),
    Row("POST", f"{A}me/data/", THE_SIGNED_IN),
    Row("GET", f"{A}me/data/<uuid:uuid>/", THE_AUTHOR),
    Row("DELETE", f"{A}me/sessions/", THE_SIGNED_IN),
    Row("POST", f"{A}me/claims/", THE_SIGNED_IN),
    Row("DELETE", f"{A}me/", let(others=NO)),  # before one has signed in again
    *many("PATCH", THE_SIGNED_IN, f"{A}me/", "", "inbox/"),
    *many("PUT", THE_SIGNED_IN, f"{A}me/", "born/", "guardian/"),
    Row("POST", f"{A}me/groups/", THE_SIGNED_IN),
    Row("DELETE", f"{A}me/groups/<uuid:uuid>/", THE_AUTHOR),
    Row("PUT DELETE", f"{A}me/follows/<slug:noun>/<str:key>/", THE_SIGNED_IN),
    Row("POST", f"{A}me/inbox/<uuid:uuid>/answer/", THE_AUTHOR),
    Row("GET POST", f"{A}invitations/", THE_SIGNED_IN),
    Row("PUT", f"{A}invitations/<uuid:uuid>/answer/", let(CITIZEN, others=NOTHING)),
]

# What is sent where an empty body would be refused before anybody asks whose it is.
BODIES: dict[str, dict[str, object]] = {
    f"PATCH {SAID}": {"body": "Other words"},
    f"PATCH {ONE}photos/<uuid:photo>/": {"alt": "An old tree"},
    f"POST {A}me/inbox/<uuid:uuid>/answer/": {"words": "I am sorry."},
    f"PUT {A}invitations/<uuid:uuid>/answer/": {"accepted": True},
    f"POST {SAID}decisions/": {"do": "hide", "words": "Off topic."},
    f"POST {ONE}decisions/": {"do": "hide", "words": "Off topic."},
    f"POST {ONE}invitations/": {"whom": "other@example.org"},
    "POST en/inbox/": {"do": "all"},
    "POST cms/translations/import/": {"locale": "fr"},
    "POST cms/translations/do/": {"locale": "fr"},
}
QUERIES = {
    f"{A}pages/by-path/": "?path=/en/events-of-town/",
    f"{A}search/": "?q=tree",
    f"{A}sitemap/": "?kind=pages",
    "cms/translations/export/": "?locale=fr",
}

VOTES = "cms/votes/"
KIT = "cms/campaign/"
WORKSPACE = [
    *many("GET", MANAGING, VOTES, "", "<uuid:uuid>/", "declarations/", "declarations/<int:pk>/proof/"),
    *many("POST", MANAGING, f"{VOTES}<uuid:uuid>/", "ask/<slug:kind>/", "acts/<int:act>/", "step/", "statement/"),
    Row("POST", f"{VOTES}declarations/<int:pk>/", MANAGING),
    Row("GET POST", f"{VOTES}sample/", AUDITING),
    *many("GET", AT_THE_DESK, VOTES, "desk/", "declarations/enter/", "papers/", "stations/<int:count>/protocol/"),
    *many(
        "GET",
        AT_THE_DESK,
        f"{VOTES}papers/<int:batch>/",
        *("", "cover/", "<slug:reading>/"),
    ),
    Row("POST", f"{VOTES}desk/<int:entry>/", AT_THE_DESK),
    *many("GET", MODERATING, "cms/moderation/", "", "decisions/"),
    Row("POST", "cms/moderation/decisions/<uuid:uuid>/undo/", MODERATING),
    *many(
        "GET",
        CAMPAIGNING,
        KIT,
        *("", "<uuid:uuid>/", "<uuid:uuid>/links/<slug:code>.svg", "<uuid:uuid>/<slug:language>/pictures.zip"),
        "<uuid:uuid>/<slug:language>/projects.csv",
    ),
    *many("POST", CAMPAIGNING, f"{KIT}<uuid:uuid>/links/", "", "stations/", "<slug:code>/remove/"),
    *many("GET", WRITING_OR_TRANSLATING, "cms/translations/", "", "export/"),
    *many("POST", WRITING_OR_TRANSLATING, "cms/translations/", "import/", "do/"),
    Row("GET", "cms/mails/", WRITING_OR_TRANSLATING),
    Row("GET", "cms/theme-preview/", STAFF),
    *many("GET", WRITING, "cms/reports/", "findings/", "untouched/", "images-without-words/"),
]

CHANGED = ("new/", "edit/<int:pk>/", "delete/<int:pk>/")


def screens(models: str, views: Answers, changes: Answers, changed: tuple[str, ...] = CHANGED) -> list[Row]:
    """The screens of models of ours in the workspace."""
    rows = []
    for model in models.split():
        rows += many("GET", views, f"cms/{model}/", "", "inspect/<int:pk>/")
        rows += many("GET", changes, f"cms/{model}/", *changed)
    return rows


SCREENS = [
    *screens("budget phase envelope ballotbox project decision", STAFF, MANAGING),
    *screens("district category regulations pricehint", STAFF, MANAGING),
    *screens("cannedreason", STAFF, MODERATING),
    *screens("result countedballot activityentry", STAFF, NO_STAFF),
    *screens("station officerpass papercount", MANAGING, MANAGING),
    *screens("paperbatch", AT_THE_DESK, MANAGING),
    *many("GET", CAMPAIGNING, "cms/project_pictures/", "", *CHANGED),
    *screens("roleassignment", SUPERUSERS, SUPERUSERS),
    *screens("outbox heartbeat", SUPERUSERS, NO_STAFF),
    *screens("contactmessage eventsignup", WRITING, NO_STAFF, ("new/",)),
    Row("GET", "cms/contactmessage/edit/<int:pk>/", WRITING),
    *many(
        "GET", SUPERUSERS, "cms/", "contactmessage/delete/<int:pk>/", *(f"eventsignup/{part}" for part in CHANGED[1:])
    ),
]

ACCOUNTS = [
    *many(
        "GET",
        EVERYBODY,
        "accounts/",
        *("login/", "logout/", "inactive/", "signup/", "confirm-email/", "password/reset/", "login/code/confirm/"),
        *(r"^confirm-email/(?P<key>[-:\w]+)/$", "password/reset/key/done/", "password/reset/done/", "login/code/"),
        *(r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "3rdparty/login/cancelled/"),
        *(f"social/{old}/" for old in ("login/cancelled", "login/error", "signup", "connections")),
    ),
    *many("GET", THE_SIGNED_IN, "accounts/", "reauthenticate/", "email/", "password/change/", "password/set/", "2fa/"),
    *many("GET", THE_SIGNED_IN, "accounts/2fa/", "authenticate/", "reauthenticate/", "totp/activate/"),
    Row("GET", "accounts/2fa/recovery-codes/generate/", THE_SIGNED_IN),
    Row("GET", "accounts/3rdparty/", THE_SIGNED_IN),
    # Where no second factor is set up, and where nobody comes from a provider.
    *many("GET", NOBODY_HERE, "accounts/2fa/", "totp/deactivate/", "recovery-codes/", "recovery-codes/download/"),
    *many("GET", dict.fromkeys(ROLES, SIGN_IN), "accounts/3rdparty/", "login/error/", "signup/"),
    *many("GET", NOBODY, r"accounts/oidc/^(?P<provider_id>[^/]+)/", "login/", "login/callback/"),
]

# What others made and we only hang in. The beginning stands for all below it: who has no role in the whole town, or
# no session, gets nowhere there. The first page of each says what staff are told.
OTHERS_OWN = [
    *many("GET", STAFF, "cms/", "", "account/", "choose-page/", "tag-autocomplete/", "dismissibles/", "test404/"),
    *many("GET", STAFF, "cms/", *(f"choose-{kind}-link/" for kind in ("external", "email", "phone", "anchor"))),
    *many("GET", STAFF, "cms/", "budget_chooser/", "project_chooser/"),
    *many("GET", SUPERUSERS, "cms/", "users/", "groups/", "sites/", "collections/", "workflows/list/"),
    Row("GET", "cms/locales/", staff(Role.ADMINISTRATOR)),
    *many("GET", WRITING, "cms/", "images/", "documents/", "redirects/", "pages/"),
    Row("GET", "cms/reports/locked/", MANAGING),
    *many("GET", STAFF, "cms/", "embeds/chooser/", "reports/site-history/", "localize/reports/translations/"),
    Row("GET", "cms/snippets/", WRITING_OR_TRANSLATING),
]
BELOW = (
    *("pages", "choose-page", "tag-autocomplete", "account", "dismissibles", "editing-sessions", "images", "documents"),
    *("snippets", "workflows", "localize", "api", "sites", "locales", "redirects", "collections", "groups", "users"),
    *("settings", "translation", "reports", "embeds", "bulk", "budget_chooser", "project_chooser", "block-preview"),
    "failwhale",
)
PLAIN = [
    *many("GET", EVERYBODY, "cms/", "sprite/", "jsi18n/", "logout/", "^.*/$"),
    Row("GET", "cms/login/", dict.fromkeys(ROLES, SIGN_IN)),
    *many("GET", NOBODY, "cms/password_reset/", "", "done/", "complete/", "confirm/<uidb64>/<token>/"),
]
TABLE = [*SITE, *API, *WORKSPACE, *SCREENS, *ACCOUNTS, *OTHERS_OWN, *PLAIN]
