"""What the scripts of the workspace are told of pages, pictures and documents: what this person may see elsewhere."""

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents import permissions as documents
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import permissions as images
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from cms_pages.translation.access import no_drafts_of_others

IN_ANY_WAY = ["choose", "add", "change", "delete"]


class Pages(PagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet:
        return no_drafts_of_others(super().get_queryset(), self.request.user)


class Images(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet:
        allowed = images.permission_policy.instances_user_has_any_permission_for(self.request.user, IN_ANY_WAY)
        return super().get_queryset().filter(pk__in=allowed.values("pk"))


class Documents(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet:
        allowed = documents.permission_policy.instances_user_has_any_permission_for(self.request.user, IN_ANY_WAY)
        return super().get_queryset().filter(pk__in=allowed.values("pk"))


@hooks.register("construct_admin_api", order=1)
def narrow(router: WagtailAPIRouter) -> None:
    """After Wagtail's own, whose places these take."""
    router.register_endpoint("pages", Pages)
    router.register_endpoint("images", Images)
    router.register_endpoint("documents", Documents)
