"""The whole public API on one screen."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from api.v1.account import AccountView, BornView, ClaimsView, GroupsView, GroupView, GuardianView, SessionsView
from api.v1.budgets import BudgetViewSet
from api.v1.co_authors import (
    CoAuthorshipView,
    InvitationAnswerView,
    InvitationOfProposalView,
    InvitationsOfProposalView,
    OwnInvitationsView,
)
from api.v1.comments import CommentFlagView, CommentsView, CommentView, CommentVoteView, ProposalFlagView
from api.v1.envelopes import EnvelopeViewSet
from api.v1.follows import FollowsView, FollowView
from api.v1.inbox import AnswerView, InboxView
from api.v1.moderation import (
    CommentDecideView,
    DecisionsView,
    ProposalDecideView,
    QueueView,
    ReasonsView,
    UndoView,
)
from api.v1.pages import PageViewSet, RedirectViewSet
from api.v1.personal_data import PersonalDataFileView, PersonalDataView
from api.v1.phases import PhaseViewSet
from api.v1.price_hints import PriceHintViewSet
from api.v1.projects import ProjectViewSet
from api.v1.proposal_acts import AgainView, MergeView, SheetsView, SheetView, SimilarView
from api.v1.proposal_documents import DocumentsView, DocumentView
from api.v1.proposal_parts import PhotosView, PhotoView, VersionsView
from api.v1.proposals import ProposalViewSet
from api.v1.regulations import AcceptanceView, RegulationsViewSet
from api.v1.results import ResultViewSet
from api.v1.site import DraftView, SearchView, SiteView
from api.v1.sitemap import SitemapViewSet
from api.v1.translations import CommentTranslationView, ProposalTranslationView
from api.v1.votes import BallotBoxViewSet, BallotView

router = SimpleRouter(use_regex_path=False)
router.register("budgets", BudgetViewSet, "budget")
router.register("phases", PhaseViewSet, "phase")
router.register("envelopes", EnvelopeViewSet, "envelope")
router.register("projects", ProjectViewSet, "project")
router.register("price-hints", PriceHintViewSet, "price-hint")
router.register("proposals", ProposalViewSet, "proposal")
router.register("regulations", RegulationsViewSet, "regulations")
router.register("results", ResultViewSet, "result")
router.register("ballot-boxes", BallotBoxViewSet, "ballot-box")
router.register("pages", PageViewSet, "page")
router.register("redirects", RedirectViewSet, "redirect")

urlpatterns = [
    path("pages/by-path/", PageViewSet.as_view({"get": "by_path"}, detail=True), name="page-by-path"),
    path("site/", SiteView.as_view(), name="site"),
    path("sitemap/", SitemapViewSet.as_view({"get": "list"}, detail=False), name="api-sitemap"),
    path("search/", SearchView.as_view(), name="api-search"),
    path("draft/", DraftView.as_view(), name="draft"),
    path("ballot-boxes/<uuid:uuid>/ballot/", BallotView.as_view(), name="ballot"),
    path("regulations/<uuid:uuid>/acceptance/", AcceptanceView.as_view(), name="acceptance"),
    path("proposals/<uuid:uuid>/comments/", CommentsView.as_view(), name="comments-of-proposal"),
    path("proposals/<uuid:uuid>/flags/", ProposalFlagView.as_view(), name="proposal-flags"),
    path("proposals/<uuid:uuid>/similar/", SimilarView.as_view(), name="proposal-similar"),
    path("proposals/<uuid:uuid>/again/", AgainView.as_view(), name="proposal-again"),
    path("proposals/<uuid:uuid>/merge/", MergeView.as_view(), name="proposal-merge"),
    path("proposals/<uuid:uuid>/sheets/", SheetsView.as_view(), name="proposal-sheets"),
    path("proposals/<uuid:uuid>/sheets/<int:number>/", SheetView.as_view(), name="proposal-sheet"),
    path("proposals/<uuid:uuid>/versions/", VersionsView.as_view(), name="proposal-versions"),
    path("proposals/<uuid:uuid>/photos/", PhotosView.as_view(), name="proposal-photos"),
    path("proposals/<uuid:uuid>/photos/<uuid:photo>/", PhotoView.as_view(), name="proposal-photo"),
    path("proposals/<uuid:uuid>/decisions/", ProposalDecideView.as_view(), name="proposal-decisions"),
    path("comments/<uuid:uuid>/decisions/", CommentDecideView.as_view(), name="comment-decisions"),
    path("moderation/queue/", QueueView.as_view(), name="moderation-queue"),
    path("moderation/reasons/", ReasonsView.as_view(), name="moderation-reasons"),
    path("moderation/decisions/", DecisionsView.as_view(), name="moderation-decisions"),
    path("moderation/decisions/<uuid:uuid>/undo/", UndoView.as_view(), name="moderation-undo"),
    path("me/", AccountView.as_view(), name="me"),
    path("me/born/", BornView.as_view(), name="me-born"),
    path("me/sessions/", SessionsView.as_view(), name="me-sessions"),
    path("me/claims/", ClaimsView.as_view(), name="me-claims"),
    path("me/guardian/", GuardianView.as_view(), name="me-guardian"),
    path("me/data/", PersonalDataView.as_view(), name="me-data"),
    path("me/data/<uuid:uuid>/", PersonalDataFileView.as_view(), name="me-data-file"),
    path("me/groups/", GroupsView.as_view(), name="me-groups"),
    path("me/groups/<uuid:uuid>/", GroupView.as_view(), name="me-group"),
    path("me/follows/", FollowsView.as_view(), name="me-follows"),
    path("me/follows/<slug:noun>/<str:key>/", FollowView.as_view(), name="me-follow"),
    path("me/inbox/", InboxView.as_view(), name="me-inbox"),
    path("me/inbox/<uuid:uuid>/answer/", AnswerView.as_view(), name="me-answer"),
    path("proposals/<uuid:uuid>/documents/", DocumentsView.as_view(), name="documents-of-proposal"),
    path("proposals/<uuid:uuid>/documents/<uuid:document>/", DocumentView.as_view(), name="document-of-proposal"),
    path("proposals/<uuid:uuid>/invitations/", InvitationsOfProposalView.as_view(), name="invitations-of-proposal"),
    path(
        "proposals/<uuid:uuid>/invitations/<uuid:invitation>/",
        InvitationOfProposalView.as_view(),
        name="invitation-of-proposal",
    ),
    path("proposals/<uuid:uuid>/co-authorship/", CoAuthorshipView.as_view(), name="co-authorship"),
    path("invitations/", OwnInvitationsView.as_view(), name="invitations-own"),
    path("invitations/<uuid:uuid>/answer/", InvitationAnswerView.as_view(), name="invitation-answer"),
    path("comments/<uuid:uuid>/", CommentView.as_view(), name="comment"),
    path("proposals/<uuid:uuid>/translation/", ProposalTranslationView.as_view(), name="proposal-translation"),
    path("comments/<uuid:uuid>/translation/", CommentTranslationView.as_view(), name="comment-translation"),
    path("comments/<uuid:uuid>/vote/", CommentVoteView.as_view(), name="comment-vote"),
    path("comments/<uuid:uuid>/flags/", CommentFlagView.as_view(), name="comment-flags"),
    path("", include(router.urls)),
]
