"""The whole public API on one screen."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from api.v1.budgets import BudgetViewSet
from api.v1.envelopes import EnvelopeViewSet
from api.v1.pages import PageViewSet
from api.v1.phases import PhaseViewSet
from api.v1.projects import ProjectViewSet
from api.v1.results import ResultViewSet

router = SimpleRouter(use_regex_path=False)
router.register("budgets", BudgetViewSet, "budget")
router.register("phases", PhaseViewSet, "phase")
router.register("envelopes", EnvelopeViewSet, "envelope")
router.register("projects", ProjectViewSet, "project")
router.register("results", ResultViewSet, "result")
router.register("pages", PageViewSet, "page")

urlpatterns = [
    path("pages/by-path/", PageViewSet.as_view({"get": "by_path"}, detail=True), name="page-by-path"),
    path("", include(router.urls)),
]
