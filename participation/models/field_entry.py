from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.models.proposal import Proposal


class FieldEntry(models.Model):
    """That a proposal came on paper, and from whom: for letters alone, and only until its author claims it.

    `code_hash` is the SHA-256 of the code in the letter; none once it is claimed.
    """

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="field_entry", verbose_name=_("proposal"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("officer")
    )
    workshop = models.CharField(_("workshop"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.CharField(_("address for letters"), max_length=300, blank=True)
    code_hash = models.BinaryField(max_length=32, null=True, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("proposal on paper"), _("proposals on paper")

    def __str__(self) -> str:
        return str(self.proposal)
