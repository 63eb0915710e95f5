"""What the scripts of the workspace are told of pages, pictures and documents: what this person may see elsewhere."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents import permissions as documents
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import permissions as images
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page, ReferenceIndex

from cms_pages.translation.access import no_drafts_of_others
from participation.models import Person

IN_ANY_WAY = ["choose", "add", "change", "delete"]


class Pages(PagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet:
        return no_drafts_of_others(super().get_queryset(), self.request.user)


class Uploads:
    """Those that the person may work with; asked for one, also what a page holds that they may see."""

    permissions: Any

    def get_queryset(self) -> QuerySet:
        uploads = super().get_queryset()
        asked = uploads.filter(pk=self.kwargs["pk"]).first() if "pk" in self.kwargs else None
        if asked and is_shown_to(asked, self.request.user):
            return uploads
        allowed = self.permissions.instances_user_has_any_permission_for(self.request.user, IN_ANY_WAY)
        return uploads.filter(pk__in=allowed.values("pk"))


def is_shown_to(upload: Model, person: Person) -> bool:
    """Whether a page that the person may see holds it."""
    pages = ContentType.objects.get_for_model(Page)
    holders = ReferenceIndex.get_references_to(upload).filter(base_content_type=pages)
    keys = [int(key) for key in holders.values_list("object_id", flat=True)]
    return no_drafts_of_others(Page.objects.filter(pk__in=keys), person).exists()


class Images(Uploads, ImagesAdminAPIViewSet):
    permissions = images.permission_policy


class Documents(Uploads, DocumentsAdminAPIViewSet):
    permissions = documents.permission_policy


@hooks.register("construct_admin_api", order=1)
def narrow(router: WagtailAPIRouter) -> None:
    """After Wagtail's own, whose places these take."""
    router.register_endpoint("pages", Pages)
    router.register_endpoint("images", Images)
    router.register_endpoint("documents", Documents)
