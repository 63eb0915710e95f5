"""The questions of a proposal, in short forms. Each says what it means as answers for the action."""

import re
import unicodedata

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from frontend_templates.districts import has_map
from participation import documents
from participation.actions.proposal_documents import LONGEST_DOCUMENT_TITLE
from participation.actions.proposal_photos import LONGEST_ALT
from participation.actions.proposal_words import MOST_CATEGORIES, Answers
from participation.choices import CostBand, CostKind
from participation.cost_bands import band_label
from participation.counting.money import exponent_of, from_minor, to_minor
from participation.links import MOST_IN_PROPOSAL, links_in
from participation.locales import active_languages
from participation.models import Budget, Proposal
from participation.models.proposal import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE
from participation.pictures import MOST_BYTES
from participation.refusals import Refusal

LARGEST_COST = 10**15
BETWEEN_DIGITS = re.compile(r"[\s’']")


class AnswersForm(forms.Form):
    """Filled from a proposal that is there. `may_be_empty` for keeping what there is and going on later."""

    def __init__(self, data, *, budget: Budget, proposal: Proposal | None = None, may_be_empty: bool = False) -> None:
        super().__init__(data, initial=self.said_before(proposal, budget), auto_id="%s", use_required_attribute=False)
        self.budget, self.may_be_empty = budget, may_be_empty
        self.prepare()
        if may_be_empty:
            for field in self.fields.values():
                field.required = False

    def said_before(self, proposal: Proposal | None, budget: Budget) -> dict[str, object]:
        return {}

    def prepare(self) -> None:
        """Choices that depend on the budget."""

    def answers(self) -> Answers:
        return {}


class IdeaForm(AnswersForm):
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, help_text=_("Say in one sentence what should be there.")
    )
    what_and_why = forms.CharField(
        label=_("What and why"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What should be built or done, and what would be better then?"),
    )
    who_benefits = forms.CharField(
        label=_("Who benefits"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Three at most."),
    )
    language = forms.ChoiceField(label=_("Language in which you write"))

    def said_before(self, proposal: Proposal | None, budget: Budget) -> dict[str, object]:
        before = super().said_before(proposal, budget) | {"language": get_language()}
        if proposal is None:
            return before
        names = ("title", "what_and_why", "who_benefits", "language")
        chosen = [category.slug for category in proposal.categories.all()]
        return before | {name: getattr(proposal, name) for name in names} | {"categories": chosen}

    def prepare(self) -> None:
        super().prepare()
        self.offered = {category.slug: category for category in self.budget.offered_categories}
        self.fields["categories"].choices = [(slug, str(category)) for slug, category in self.offered.items()]
        if not self.offered:
            del self.fields["categories"]
        codes = list(dict.fromkeys([*active_languages(), self.initial["language"]]))
        self.fields["language"].choices = [(code, get_language_info(code)["name_local"]) for code in codes]

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if links_in(*(said.get(name, "") for name in ("title", "what_and_why", "who_benefits"))) > MOST_IN_PROPOSAL:
            raise ValidationError(Refusal.TOO_MANY_LINKS.label)
        return said

    def clean_categories(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["categories"]
        if len(chosen) > MOST_CATEGORIES:
            raise ValidationError(Refusal.TOO_MANY_CATEGORIES.label)
        return chosen

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.initial["language"]

    def answers(self) -> Answers:
        names = ("title", "what_and_why", "who_benefits", "language")
        said: Answers = super().answers() | {name: self.cleaned_data[name] for name in names}
        if "categories" in self.fields:
            said["categories"] = [self.offered[slug] for slug in self.cleaned_data["categories"]]
        return said


class PointInput(forms.NumberInput):
    """The second half of a point. Where there is something to draw, a map below it fills in both by a click."""

    template_name = "participation/proposals/point.html"
    budget: Budget | None = None

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict[str, object]:
        said = super().get_context(name, value, attrs)
        if self.budget is None or not has_map(self.budget):
            return said
        tiles = {"tile_url": settings.TILE_URL, "tile_attribution": settings.TILE_ATTRIBUTION}
        return said | tiles | {"budget": self.budget}


class PlaceForm(AnswersForm):
    envelope = forms.ChoiceField(
        label=_("Envelope"), required=False, help_text=_("The money from which it would be paid, if you know it.")
    )
    address = forms.CharField(
        label=_("Place"), required=False, max_length=LONGEST_PLACE, help_text=_("A street, a square, a building.")
    )
    whole_area = forms.BooleanField(label=_("It is about the whole district or the whole town"), required=False)
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, help_text=_("Such as 47.2189. Not needed.")
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        required=False,
        min_value=-180,
        max_value=180,
        widget=PointInput,
        help_text=_("Such as -1.5536. Not needed."),
    )

    def said_before(self, proposal: Proposal | None, budget: Budget) -> dict[str, object]:
        before = super().said_before(proposal, budget)
        if proposal is None:
            return before
        names = ("address", "whole_area", "latitude", "longitude")
        slug = proposal.envelope.slug if proposal.envelope else ""
        return before | {name: getattr(proposal, name) for name in names} | {"envelope": slug}

    def prepare(self) -> None:
        super().prepare()
        self.fields["longitude"].widget.budget = self.budget
        self.envelopes = {envelope.slug: envelope for envelope in self.budget.envelopes.with_texts()}
        if len(self.envelopes) < 2:
            del self.fields["envelope"]
        else:
            unknown = [("", CostKind.UNKNOWN.label)]
            self.fields["envelope"].choices = unknown + [(slug, str(one)) for slug, one in self.envelopes.items()]

    def clean(self) -> dict[str, object]:
        said = super().clean()
        point = [said.get("latitude"), said.get("longitude")]
        if point.count(None) == 1 and not {"latitude", "longitude"} & set(self.errors):
            self.add_error("longitude" if point[1] is None else "latitude", _("A point has both, or neither."))
        if said.get("whole_area") and (said.get("address") or point != [None, None]):
            self.add_error("whole_area", Refusal.PLACE_TWICE.label)
        is_said = said.get("whole_area") or said.get("address") or point != [None, None]
        if not (is_said or self.errors or self.may_be_empty):
            self.add_error("address", _("Say where, or that it is about the whole area."))
        return said

    def answers(self) -> Answers:
        names = ("address", "whole_area", "latitude", "longitude")
        said: Answers = super().answers() | {name: self.cleaned_data[name] for name in names}
        if "envelope" in self.fields:
            said["envelope"] = self.envelopes.get(self.cleaned_data["envelope"])
        return said


class CostForm(AnswersForm):
    cost = forms.ChoiceField(label=_("What might it cost?"), widget=forms.RadioSelect)
    amount = forms.CharField(
        label=_("The amount, if you know it"), required=False, max_length=30, widget=forms.TextInput({"dir": "ltr"})
    )

    def said_before(self, proposal: Proposal | None, budget: Budget) -> dict[str, object]:
        before = super().said_before(proposal, budget) | {"cost": CostKind.UNKNOWN.value}
        if proposal is None:
            return before
        exact = proposal.cost_kind is CostKind.EXACT
        said = {"cost": CostKind.EXACT.value if exact else proposal.cost_band or CostKind.UNKNOWN.value}
        if exact:
            said["amount"] = from_minor(proposal.cost_minor, exponent_of(budget.currency))
        return before | said

    def prepare(self) -> None:
        super().prepare()
        bands = [(band.value, band_label(band, self.budget.currency)) for band in CostBand]
        kinds = (CostKind.UNKNOWN, CostKind.EXACT)
        unknown, exact = ((kind.value, kind.label) for kind in kinds)
        self.fields["cost"].choices = [unknown, *bands, exact]
        self.fields["amount"].help_text = self.budget.currency

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if said.get("cost") == CostKind.EXACT:
            said["cost_minor"] = self.amount_in(said.get("amount") or "")
        return said

    def amount_in(self, text: str) -> int | None:
        plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in BETWEEN_DIGITS.sub("", text))
        try:
            minor = to_minor(plain, exponent_of(self.budget.currency))
        except ValueError:
            minor = 0
        if not 0 < minor < LARGEST_COST:
            self.add_error("amount", _("Write an amount such as 12000."))
        return minor

    def answers(self) -> Answers:
        cost = self.cleaned_data.get("cost") or CostKind.UNKNOWN
        if cost == CostKind.EXACT:
            return super().answers() | {"cost_minor": self.cleaned_data["cost_minor"]}
        return super().answers() | {"cost_minor": None, "cost_band": "" if cost == CostKind.UNKNOWN else cost}


class WholeForm(CostForm, PlaceForm, IdeaForm):
    """All questions at once, for changing what is handed in."""


class AltForm(forms.Form):
    alt = forms.CharField(
        label=_("What the photo shows"),
        max_length=LONGEST_ALT,
        help_text=_("For those who cannot see it, in a few words."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id="%s", use_required_attribute=False, **kwargs)


class PhotoForm(AltForm):
    field_order = ("photo",)

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Where and with what it was taken is removed."),
    )
    may_publish = forms.BooleanField(label=_("I have the right to publish this photo"))

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        if photo.size > MOST_BYTES:
            raise ValidationError(Refusal.PHOTO_TOO_LARGE.label)
        return photo


class DocumentForm(forms.Form):
    document = forms.FileField(
        label=_("Document"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("PDF, at most 10 MB and 100 pages, without forms or scripts. Who made it and when is removed."),
    )
    title = forms.CharField(label=_("Title of the document"), max_length=LONGEST_DOCUMENT_TITLE)
    may_publish_document = forms.BooleanField(label=_("I have the right to publish this document"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id="document-%s", use_required_attribute=False, **kwargs)

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document.size > documents.MOST_BYTES:
            raise ValidationError(Refusal.DOCUMENT_TOO_LARGE.label)
        return document
