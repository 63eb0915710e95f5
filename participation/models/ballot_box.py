from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.choices import SEALED_STATES, BoxState, RollKind, TieOrder, VoteType
from participation.counting.numbers import to_number
from participation.counting.pb_limits import LIMIT_NAMES
from participation.counting.rules import Rule
from participation.lists import listed
from participation.models.budget import Budget
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale

PUBLIC_KEY = RegexValidator(r"^[0-9a-f]{64}\Z", _("Write 64 hexadecimal digits, in small letters."))
WORDS_OF_THE_SITE = ("code", "declare", "desk", "document", "kiosk", "leave", "receipts", "secrecy", "wipe")


class BallotBoxQuerySet(IdentityQuerySet):
    def public(self) -> Self:
        return self.filter(budget__in=Budget.objects.public())

    def to_vote_in(self) -> Self:
        """Without those of imported elections, on which nobody votes here."""
        return self.exclude(state=BoxState.DRAFT, envelopes__result__isnull=False)

    def with_open_roll(self) -> Self:
        """Those that take entries of people who declare who they are."""
        return self.filter(roll_kind=RollKind.OPEN, state__in=[BoxState.DRAFT, BoxState.FROZEN], annulled_at=None)

    def asking_for_proof(self) -> Self:
        return self.with_open_roll().filter(asks_for_proof=True)

    def with_ended_roll(self) -> Self:
        """Those whose vote has ended and whose roll is still kept."""
        ended = Q(state__in=SEALED_STATES) | Q(annulled_at__isnull=False)
        return self.filter(ended, roll__isnull=False).distinct()

    def with_sealed_roll(self) -> Self:
        """Those whose roll says who took part, as long as it is kept."""
        return self.filter(state__in=SEALED_STATES, annulled_at=None, roll__isnull=False).distinct()

    def frozen(self) -> Self:
        return self.exclude(state=BoxState.DRAFT)

    def frozen_with(self, record: models.Model) -> Self:
        """The boxes whose frozen rules a change of this record would contradict."""
        kind = record._meta.model_name
        paths = {"ballotbox": "pk", "envelope": "envelopes", "project": "envelopes__projects"}
        places = {"envelope": ("pk", "ballot_box_id"), "project": ("envelopes", "envelope_id")}
        touched = Q(pk__in=())
        if record.pk and kind in paths:
            touched |= Q(**{paths[kind]: record.pk})
        if kind in places:
            path, key = places[kind]
            touched |= Q(**{path: getattr(record, key)})
        return self.frozen().filter(touched)


class BallotBox(Identity):
    """One question put to voters: one or several envelopes, how ballots are filled in and how they are counted.

    Freezing writes `rules` as canonical JSON with their hash, and the times between which ballots are taken. Whether
    it is open is derived from the state and the time, never stored.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="ballot_boxes", verbose_name=_("budget"))
    slug = models.SlugField(_("address"), max_length=80)
    vote_type = models.CharField(_("vote type"), max_length=12, choices=VoteType.choices, default=VoteType.APPROVAL)
    limits = models.JSONField(
        _("limits of a ballot"),
        default=dict,
        blank=True,
        help_text=_("In Pabulib's words, such as min_length, max_length, max_sum_cost or max_sum_points."),
    )
    counting_rule = models.JSONField(
        _("counting rule"), default=dict, blank=True, help_text=_("The rule with its switches.")
    )

    category_limits = models.JSONField(
        _("limits per category"),
        default=dict,
        blank=True,
        help_text=_('The most projects of a category on one ballot, such as {"nature": 2}.'),
    )
    most_envelopes = models.PositiveSmallIntegerField(
        _("envelopes of one ballot"),
        null=True,
        blank=True,
        help_text=_("1 for “one district of your choice”; empty for all that are open to the voter."),
    )
    tie_order = models.CharField(_("ties"), max_length=8, choices=TieOrder.choices, default=TieOrder.RECORDED)
    lot_source = models.TextField(
        _("public value of the lot"),
        blank=True,
        help_text=_("Which value, known to nobody before the vote closes, decides ties, and which one if it fails."),
    )
    roll_kind = models.CharField(_("roll"), max_length=6, choices=RollKind.choices, default=RollKind.CLOSED)
    asks_for_proof = models.BooleanField(
        _("who enters themselves shows a proof"),
        default=False,
        help_text=_("A scan that staff look at before somebody is entered, and that is deleted then."),
    )
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    age_on = models.DateField(_("age on"), null=True, blank=True)
    observers = models.JSONField(
        _("observers"), default=list, blank=True, help_text=_("E-mail addresses that get every checkpoint.")
    )
    auditor_name = models.CharField(_("auditor"), max_length=120, blank=True)
    auditor_key = models.CharField(
        _("public key of the auditor"),
        max_length=64,
        blank=True,
        validators=[PUBLIC_KEY],
        help_text=_("64 hexadecimal digits (X25519)."),
    )
    auditor_signing_key = models.CharField(
        _("public key of the auditor’s signature"),
        max_length=64,
        blank=True,
        validators=[PUBLIC_KEY],
        help_text=_("64 hexadecimal digits (Ed25519): by it their statement on the vote is checked."),
    )
    shows_turnout = models.BooleanField(_("turnout is shown while voting is open"), default=False)

    council_on = models.DateField(
        _("the council decides on"),
        null=True,
        blank=True,
        help_text=_("Until its decision is recorded, results say that they are subject to it."),
    )

    state = models.CharField(max_length=10, choices=BoxState.choices, default=BoxState.DRAFT, editable=False)
    rules = models.TextField(blank=True, editable=False)
    rules_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    key_check = models.CharField(max_length=64, blank=True, editable=False)
    opens_at = models.DateTimeField(null=True, editable=False)
    closes_at = models.DateTimeField(null=True, editable=False)
    suspended = models.BooleanField(default=False, editable=False)
    annulled_at = models.DateTimeField(null=True, editable=False)
    lot_value = models.CharField(max_length=200, blank=True, editable=False)
    publishes_at = models.DateTimeField(null=True, editable=False)
    council_decided_on = models.DateField(null=True, editable=False)
    council_words = models.TextField(blank=True, editable=False)
    statement = models.TextField(blank=True, editable=False)
    statement_signature = models.CharField(max_length=128, blank=True, editable=False)
    key_lost = models.BooleanField(default=False, editable=False)

    objects = BallotBoxQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("ballot box"), _("ballot boxes")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BoxState.values), name="ballot_box_state_known"),
            models.CheckConstraint(condition=Q(roll_kind__in=RollKind.values), name="ballot_box_roll_kind_known"),
            models.CheckConstraint(condition=Q(tie_order__in=TieOrder.values), name="ballot_box_tie_order_known"),
            models.CheckConstraint(
                condition=Q(state=BoxState.DRAFT)
                | Q(
                    opens_at__isnull=False,
                    closes_at__gt=F("opens_at"),
                    rules_sha256__regex=r"^[0-9a-f]{64}$",
                    key_check__regex=r"^[0-9a-f]{64}$",
                ),
                name="ballot_box_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(statement="", statement_signature="")
                | (~Q(statement="") & Q(statement_signature__regex=r"^[0-9a-f]{128}$")),
                name="ballot_box_statement_signed",
            ),
            models.UniqueConstraint(fields=["budget", "slug"], name="ballot_box_address_once"),
            models.CheckConstraint(
                condition=~Q(slug__in=WORDS_OF_THE_SITE),
                name="ballot_box_address_free",
                violation_error_message=_("The site itself needs this address: choose another."),
            ),
            models.CheckConstraint(condition=Q(vote_type__in=VoteType.values), name="ballot_box_vote_type_known"),
        ]

    def clean(self) -> None:
        try:
            Rule.from_json(self.counting_rule)
        except ValueError as error:
            raise ValidationError({"counting_rule": str(error)}) from error
        if not isinstance(self.limits, dict) or not set(self.limits) <= LIMIT_NAMES:
            # Translators: names is a list of technical words, such as “max_length, min_length”.
            raise ValidationError({"limits": _("Limits may be %(names)s.") % {"names": listed(sorted(LIMIT_NAMES))}})
        if (self.minimum_age is None) != (self.age_on is None):
            raise ValidationError({"age_on": _("A minimum age needs the day on which it is reached.")})
        if self.tie_order == TieOrder.LOT and not self.lot_source:
            raise ValidationError({"lot_source": _("Say which public value decides the lot.")})
        counts = self.category_limits.values() if isinstance(self.category_limits, dict) else [None]
        if not all(isinstance(most, int) and not isinstance(most, bool) and most >= 0 for most in counts):
            raise ValidationError({"category_limits": _("Write a whole number for each category.")})
        try:
            self.limits = {name: str(to_number(str(value))) for name, value in self.limits.items()}
        except ValueError as error:
            raise ValidationError({"limits": str(error)}) from error


class BallotBoxText(Text):
    identity = models.ForeignKey(BallotBox, models.CASCADE, related_name="texts", verbose_name=_("ballot box"))
    question = models.CharField(_("question"), max_length=300)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("ballot box text"), _("ballot box texts")
        constraints = [one_text_per_locale("ballot_box")]

    def __str__(self) -> str:
        return self.question
