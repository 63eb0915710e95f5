from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from api.docs import docs

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="api_docs"),
    path("v1/", include("api.v1.urls")),
]
