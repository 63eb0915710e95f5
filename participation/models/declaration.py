from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import DeclarationState
from participation.models.budget import Budget
from participation.models.district import District


class DeclarationQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=DeclarationState.WAITING)

    def knowing_proof(self) -> Self:
        """With whether there is a proof, without the scan itself."""
        return self.select_related("proof").defer("proof__data")

    def of_person(self, budget: Budget, person: models.Model) -> Self:
        """All that somebody declared in a budget, the last one first: the others before it were refused."""
        return self.filter(budget=budget, person=person).order_by("-pk")

    def refused(self) -> Self:
        return self.filter(state=DeclarationState.REFUSED)

    def likely_the_same(self, declaration: "Declaration") -> Self:
        """Others born on the same day, with the same words in their name or the same address."""
        others = self.filter(budget=declaration.budget_id, born=declaration.born)
        same = Q(name_words=declaration.name_words) | Q(address_words=declaration.address_words)
        return others.filter(same).exclude(pk=declaration.pk).exclude(state=DeclarationState.REFUSED)


class Declaration(models.Model):
    """What somebody declares on their honour to enter an open roll: erased together with the roll.

    `person` is whose account it is, None where an officer entered it. The words are folded, for comparing alone.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="declarations", verbose_name=_("budget"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="declarations", null=True, verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=200)
    born = models.DateField(_("date of birth"))
    address = models.CharField(_("address"), max_length=300)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("district of residence")
    )
    name_words = models.CharField(max_length=200, editable=False)
    address_words = models.CharField(max_length=300, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=DeclarationState.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    declared_on = models.DateField(_("declared on"))

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("declaration"), _("declarations")
        ordering = ["budget", "pk"]
        indexes = [models.Index(fields=["budget", "born"], name="declaration_by_birth")]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "person"],
                condition=~Q(state=DeclarationState.REFUSED),
                name="declaration_once_unless_refused",
            ),
            models.CheckConstraint(condition=Q(state__in=DeclarationState.values), name="declaration_state_known"),
            models.CheckConstraint(
                condition=~Q(state=DeclarationState.REFUSED) | ~Q(reason=""), name="declaration_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_refused(self) -> bool:
        return self.state == DeclarationState.REFUSED

    @property
    def has_proof(self) -> bool:
        return hasattr(self, "proof")


class DeclarationProof(models.Model):
    """The scan of a proof, made anew, until somebody has looked at it.

    It lies in the database, so that deciding and deleting are one transaction and no folder has to be kept private.
    """

    declaration = models.OneToOneField(Declaration, models.CASCADE, related_name="proof", primary_key=True)
    data = models.BinaryField()
    is_pdf = models.BooleanField()

    class Meta:
        verbose_name, verbose_name_plural = _("proof of a declaration"), _("proofs of declarations")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
