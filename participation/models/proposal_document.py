import uuid

from django.db import models
from django.db.models import CharField, Q, Value
from django.utils.translation import gettext_lazy as _

from participation.models.proposal import Proposal
from participation.models.proposal_photo import FOLDER, ProposalPhoto
from participation.models.texts import known


class ProposalDocument(models.Model):
    """A PDF as it was written anew here: pages alone, without scripts, attachments or metadata, in no public folder."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="documents", verbose_name=_("proposal"))
    title = models.CharField(_("title"), max_length=150)
    may_publish = models.BooleanField(_("the author has the right to publish it"))
    file = models.FileField(upload_to=FOLDER, max_length=120, editable=False)
    pages = models.PositiveIntegerField(_("pages"), editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name, verbose_name_plural = _("document of a proposal"), _("documents of proposals")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "sha256"], name="proposal_document_once"),
            models.CheckConstraint(condition=Q(may_publish=True), name="proposal_document_may_be_published"),
            models.CheckConstraint(condition=~Q(title=""), name="proposal_document_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def forget_files(self) -> None:
        if self.file:
            self.file.delete(save=False)


SHOWN = {ProposalPhoto: ("alt", "width", "height"), ProposalDocument: ("title", "pages", "size")}


def give_files(proposals: list[Proposal]) -> None:
    """Their photos and documents, as far as lists show them, in one query for both."""
    ids = [proposal.pk for proposal in proposals]
    kinds = {model._meta.model_name: (model, names) for model, names in SHOWN.items()}
    photos, documents = (
        model.objects.filter(proposal__in=ids)
        .order_by()
        .annotate(kind=Value(kind, output_field=CharField()))
        .values_list("kind", "pk", "proposal_id", "uuid", *names)
        for kind, (model, names) in kinds.items()
    )
    found: dict[tuple[str, int], list] = {}
    of_id = {proposal.pk: proposal for proposal in proposals}
    for kind, pk, proposal, *values in sorted(photos.union(documents, all=True)) if ids else ():
        model, names = kinds[kind]
        shown = dict(zip(("uuid", *names), values, strict=True))
        found.setdefault((kind, proposal), []).append(model(pk=pk, proposal=of_id[proposal], **shown))
    for proposal in proposals:
        known(proposal, "photos", found.get(("proposalphoto", proposal.pk), []))
        known(proposal, "documents", found.get(("proposaldocument", proposal.pk), []))
