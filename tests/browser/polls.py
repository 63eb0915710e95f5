"""Fills a site with an open vote of each kind, for which all voters have codes, and says which in a file."""

POLLS = """
import json
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale

from participation.actions.box_opening import freeze
from participation.ballot_box import keys
from participation.ballot_box.roll import new_code
from participation.choices import Proof, VoteType
from tests.factories.participation import make_envelope, make_project
from tests.factories.votes import DAY, make_draft_box, make_voter

for language in ("en", "ar"):
    Locale.objects.get_or_create(language_code=language)
limits = {"cumulative": {"max_sum_points": "10"}, "scoring": {"max_points": "5"}, "ordinal": {"max_length": "3"}}
titles = ["Trees along the ring road", "A cycle crossing", "A repair café", "Benches at the river"]
codes = [new_code() for _ in range(40)]
budgets = {}


def make_poll(vote_type, **fields):
    costs = (60000, 30000, 30000, 20000)
    box = make_draft_box(vote_type=vote_type, limits=limits.get(vote_type, {}), costs=costs, **fields)
    box.envelopes.update(amount_minor=100000)
    for project, title in zip(box.budget.projects.order_by("public_number"), titles):
        project.texts.update(title=title)
    return box


def open_poll(box):
    box = freeze(box=box, at=timezone.now() - 2 * DAY)
    for code in codes:
        make_voter(box, proof=Proof.NONE, code_hash=keys.code_hash(code))
    return box.budget.slug


for vote_type in VoteType.values:
    budgets[vote_type] = open_poll(make_poll(vote_type))
for most in (None, 1):
    box = make_poll("knapsack", most_envelopes=most)
    north = make_envelope(box.budget, amount_minor=50000, ballot_box=box, slug="north", title="The north")
    make_project(north, public_number=5, recorded_order=5, cost_minor=20000, title="A pool")
    budgets[f"districts-{most}"] = open_poll(box)
Path(settings.DATA_DIR, "polls.json").write_text(json.dumps({"codes": codes, "budgets": budgets}))
"""
