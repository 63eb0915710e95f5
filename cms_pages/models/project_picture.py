from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms_pages.models.media import SiteImage
from participation.models import Project


class ProjectPictureQuerySet(models.QuerySet):
    def by_project(self, projects: Iterable[Project]) -> dict[int, SiteImage]:
        """The picture of each of these projects that has one, by the key of the project."""
        rows = self.filter(project__in=projects).select_related("image").prefetch_related("image__renditions")
        return {row.project_id: row.image for row in rows}


class ProjectPicture(models.Model):
    """What a project on the ballot is shown with, on its page and in print."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="+", verbose_name=_("project"))
    image = models.ForeignKey(
        SiteImage,
        models.CASCADE,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Large enough for print, with whose work it is."),
    )

    objects = ProjectPictureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("picture of a project"), _("pictures of projects")

    def __str__(self) -> str:
        return f"{self.project.public_number} · {self.project}"
