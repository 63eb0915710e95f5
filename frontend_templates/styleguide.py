"""The samples that the style guide shows: made up, but of the same shapes as the real thing."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django import forms

from frontend_templates.charts.purse import purse
from frontend_templates.charts.strip import strip
from frontend_templates.charts.tiles import SHAPES, composition
from participation.timetable import Stage

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
STAGES = (("Your ideas", Stage.PAST), ("Checking and costing", Stage.NOW), ("The vote", Stage.AHEAD))
LINES = (("Two hundred trees", 60_000_00), ("A cycle crossing", 85_000_00), ("A repair café", 38_000_00))
WHOLE = 200_000_00


class SampleForm(forms.Form):
    title = forms.CharField(label="Title", help_text="Say it in one sentence.")
    cost = forms.ChoiceField(label="Cost", choices=[("low", "Up to €10,000"), ("high", "More")])
    words = forms.CharField(label="What and why", widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(label="I have the right to publish the photo")


def samples() -> dict[str, object]:
    form = SampleForm({"title": "", "cost": "low", "words": "A bench", "agree": ""})
    form.is_valid()
    return {
        "form": form,
        "phases": [sample_phase(name, stage, number) for number, (name, stage) in enumerate(STAGES)],
        "money": strip((amount, name) for name, amount in LINES),
        "purse": purse(WHOLE, [amount for _, amount in LINES[:2]], most=3),
        "choices": [{"number": number, "title": title, "cost": cost} for number, (title, cost) in enumerate(LINES, 1)],
        "whole": WHOLE,
        "compositions": [composition(7, name) for name in SHAPES],
    }


def sample_phase(name: str, stage: Stage, number: int) -> dict[str, object]:
    starts_at = MONDAY + timedelta(weeks=3 * number)
    return {"phase": SamplePhase(name, starts_at, starts_at + timedelta(days=20)), "stage": stage}


@dataclass(frozen=True)
class SampleText:
    description: str = "One sentence says what happens in it."
    spoken: str = "en"


@dataclass(frozen=True)
class SamplePhase:
    name: str
    starts_at: datetime
    last_day: datetime
    text: SampleText = field(default_factory=SampleText)

    def __str__(self) -> str:
        return self.name
