from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import BoxState, Proof
from participation.folding import sorted_words
from participation.models.ballot_box import BallotBox
from participation.models.declaration import Declaration
from participation.models.district import District


class RollEntryQuerySet(models.QuerySet):
    def proven(self) -> Self:
        return self.exclude(proof=Proof.NONE)

    def taking_marks(self) -> Self:
        """Of votes in which people may still be marked as having voted on paper."""
        return self.filter(box__state__in=[BoxState.FROZEN, BoxState.CLOSED], box__annulled_at=None)

    def declared_by(self, name: str, born: date) -> Self:
        """Who entered themselves, born on that day, with all these words in their name, in whatever order."""
        entries = self.filter(declaration__born=born)
        for word in sorted_words(name).split():
            entries = entries.filter(declaration__name_words__contains=word)
        return entries

    def counting(self) -> Self:
        """Those whose ballot counts."""
        return self.filter(barred="")


class RollEntry(models.Model):
    """One person's right to vote in one ballot box.

    `person_ref` is random and belongs to this box alone; the key of a ballot is made from it with the box's secret.
    `envelopes` are the addresses of those open to the person. While a box is open no entry is edited or deleted: it
    is barred, with the reason, and a new one is added. `declaration` is by which the person entered themselves.
    `took_part` is written once, at closing; empty before, and where nobody can know.
    """

    box = models.ForeignKey(
        BallotBox, models.PROTECT, related_name="roll", db_index=False, verbose_name=_("ballot box")
    )
    person_ref = models.BinaryField(max_length=16)
    register_id = models.CharField(_("number in the register"), max_length=64, blank=True)
    envelopes = models.JSONField(_("open envelopes"), default=list)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("district of residence")
    )
    proof = models.CharField(_("proof"), max_length=12, choices=Proof.choices, default=Proof.NONE)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="roll_entries", null=True, blank=True
    )
    account_email_hash = models.BinaryField(max_length=32, null=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    census_hash = models.BinaryField(max_length=32, null=True)
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, related_name="roll_entries", null=True, blank=True, verbose_name=_("declaration")
    )
    paper = models.BooleanField(_("voted on paper"), default=False)
    barred = models.CharField(_("barred because"), max_length=300, blank=True)
    took_part = models.BooleanField(_("took part"), null=True)

    objects = RollEntryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("roll entry"), _("roll")
        # The partial constraints below serve no search that binds its values.
        indexes = [
            models.Index(fields=["box", "account"], name="roll_by_account"),
            models.Index(fields=["box", "census_hash"], name="roll_by_census"),
            models.Index(fields=["box", "account_email_hash"], name="roll_by_address"),
            models.Index(fields=["box", "register_id"], name="roll_by_register_id"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["box", "person_ref"], name="roll_person_ref_once"),
            models.UniqueConstraint(fields=["box", "account"], condition=Q(barred=""), name="roll_account_once"),
            models.UniqueConstraint(fields=["box", "code_hash"], name="roll_code_once"),
            models.UniqueConstraint(fields=["box", "census_hash"], condition=Q(barred=""), name="roll_census_once"),
            models.UniqueConstraint(
                fields=["box", "account_email_hash"], condition=Q(barred=""), name="roll_address_once"
            ),
            models.UniqueConstraint(
                fields=["box", "register_id"], condition=~Q(register_id="") & Q(barred=""), name="roll_register_id_once"
            ),
            models.CheckConstraint(condition=Q(proof__in=Proof.values), name="roll_proof_known"),
        ]

    def __str__(self) -> str:
        return self.register_id or f"{self._meta.verbose_name} {self.pk}"
