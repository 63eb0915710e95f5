import uuid

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from participation.models.proposal import Proposal

FOLDER = "proposals"


class ProposalPhoto(models.Model):
    """A photo as it was made anew here: two JPEG files without anything of the camera's, in no public folder."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="photos", verbose_name=_("proposal"))
    alt = models.CharField(_("what it shows"), max_length=200)
    may_publish = models.BooleanField(_("the author has the right to publish it"))
    large = models.FileField(upload_to=FOLDER, max_length=120, editable=False)
    small = models.FileField(upload_to=FOLDER, max_length=120, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name, verbose_name_plural = _("photo of a proposal"), _("photos of proposals")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "sha256"], name="proposal_photo_once"),
            models.CheckConstraint(condition=Q(may_publish=True), name="proposal_photo_may_be_published"),
            models.CheckConstraint(condition=~Q(alt=""), name="proposal_photo_says_what_it_shows"),
        ]

    def __str__(self) -> str:
        return self.alt

    @classmethod
    def first_of_each(cls) -> Subquery:
        """For annotating proposals in a list: what is needed to show the first photo, or None."""
        facts = JSONObject(**{name: name for name in ("uuid", "alt", "width", "height")})
        return Subquery(cls.objects.filter(proposal=OuterRef("pk")).order_by("pk").values(facts=facts)[:1])

    def forget_files(self) -> None:
        for file in (self.large, self.small):
            if file:
                file.delete(save=False)
