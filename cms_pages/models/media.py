from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """A picture with what people who cannot see it are told, and whose work it is."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name, verbose_name_plural = _("image"), _("images")


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class SiteDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name, verbose_name_plural = _("document"), _("documents")
