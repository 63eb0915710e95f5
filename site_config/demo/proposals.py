"""A budget in which people propose and support now, with some sixty proposals, all made by the same actions."""

import io
import random
import uuid
from datetime import datetime, time, timedelta

from django.utils import timezone
from PIL import Image, ImageDraw

from participation.actions.moderation import hide
from participation.actions.proposal_photos import add_photo
from participation.actions.proposals import edit, save_draft, submit, withdraw
from participation.actions.supports import support
from participation.choices import BudgetStatus, CostBand, Mails, Opening, PhaseKind
from participation.models import (
    Budget,
    BudgetText,
    Category,
    District,
    Envelope,
    EnvelopeText,
    Person,
    Phase,
    PhaseText,
    Proposal,
)
from site_config.demo.discussion import make_discussion
from site_config.demo.people import CITIZEN, DOMAIN
from site_config.demo.proposal_words import ALTS, IDEAS, NAMES, STREETS
from site_config.demo.town import CATEGORIES, DISTRICTS, EUROS, say

SLUG = "rivemont-ideas"
PHOTO_OF_EVERY, MOST_SUPPORTED = 4, 5
COLOURS = ("#1d5c63", "#e4a11b", "#7a3b69", "#6b8e23", "#3a5fa8", "#c65d3b")
SIZE = (720, 480)
DAYS = 18


def make_proposals(at: datetime) -> Budget:
    dice = random.Random(2027)  # noqa: S311 - invented proposals
    budget = make_budget(at)
    people = [make_neighbour(number, name) for number, name in enumerate(NAMES, start=1)]
    made = [one for language in IDEAS for one in propose_in(language, budget, people, dice, at)]
    give_supports(made, people, dice, at)
    make_discussion(made, people, at)
    change_some(made, at)
    leave_drafts(budget, at)
    return budget


def make_budget(at: datetime) -> Budget:
    budget = Budget.objects.create(
        slug=SLUG,
        status=BudgetStatus.PUBLISHED,
        currency="EUR",
        share_minor=450_000 * EUROS,
        most_proposals=10,
        most_supports=40,
    )
    say(
        BudgetText,
        budget,
        en={"title": "Ideas for next year", "introduction": "450,000 euros: what should Rivemont do with them?"},
        fr={"title": "Des idées pour demain", "introduction": "450 000 euros : que doit en faire Rivemont ?"},
    )
    budget.categories.set(Category.objects.filter(slug__in=CATEGORIES))
    make_phases(budget, timezone.make_aware(datetime.combine(timezone.localdate(at), time.min)))
    north, south = (District.objects.get(name=name) for name in DISTRICTS)
    envelopes = (
        ("town", 250_000, None, "The whole town", "Toute la ville"),
        ("north", 100_000, north, "Rivemont North", "Rivemont Nord"),
        ("south", 100_000, south, "Rivemont South", "Rivemont Sud"),
    )
    for slug, euros, district, title, titre in envelopes:
        made = Envelope.objects.create(budget=budget, slug=slug, amount_minor=euros * EUROS, district=district)
        say(EnvelopeText, made, en={"title": title}, fr={"title": titre})
    return budget


def make_phases(budget: Budget, today: datetime) -> None:
    """One can propose, support and discuss at once, so that all is tried out in one visit."""
    all_three = [Opening.PROPOSALS.value, Opening.SUPPORTS.value, Opening.COMMENTS.value]
    phases = (
        (PhaseKind.PROPOSING, -20, 40, all_three, "Ideas and supports", "Idées et soutiens"),
        (PhaseKind.VALUATING, 40, 120, None, "The town checks and costs", "La ville étudie et chiffre"),
        (PhaseKind.VOTING, 120, 141, None, "The vote", "Le vote"),
        (PhaseKind.DELIVERING, 141, 500, None, "Building", "Les travaux"),
    )
    for kind, start, end, switched, title, titre in phases:
        begins, ends = today + timedelta(days=start), today + timedelta(days=end)
        phase = Phase.objects.create(budget=budget, kind=kind, starts_at=begins, ends_at=ends, switched=switched)
        say(PhaseText, phase, en={"title": title}, fr={"title": titre})


def make_neighbour(number: int, name: str) -> Person:
    """Somebody who proposes, who cannot sign in and gets no mails."""
    return Person.objects.create_user(f"neighbour{number}@{DOMAIN}", None, display_name=name, mails=Mails.NONE)


def propose_in(
    language: str, budget: Budget, people: list[Person], dice: random.Random, at: datetime
) -> list[Proposal]:
    envelopes, categories = list(budget.envelopes.all()), {one.slug: one for one in budget.categories.all()}
    made = []
    for number, (category, band, title, why) in enumerate(IDEAS[language]):
        moment = at - timedelta(days=DAYS) + timedelta(hours=dice.randrange(DAYS * 24 - 48))
        draft = save_draft(
            actor=dice.choice(people),
            budget=budget,
            key=uuid.UUID(int=dice.getrandbits(128), version=4),
            at=moment,
            answers={
                "title": title,
                "what_and_why": why,
                "language": language,
                "categories": [categories[category]],
                "envelope": dice.choice(envelopes),
                **place(language, number, dice),
                **cost(band, dice),
            },
        )
        if number % PHOTO_OF_EVERY == 0:
            asked = {"actor": draft.author, "proposal": draft, "alt": ALTS[language], "at": moment}
            add_photo(data=drawn(dice), may_publish=True, **asked)
        made.append(submit(actor=draft.author, proposal=draft, at=moment))
    return made


def place(language: str, number: int, dice: random.Random) -> dict[str, object]:
    if number % 5 == 4:
        return {"whole_area": True}
    latitude, longitude = dice.uniform(47.195, 47.238), dice.uniform(-1.566, -1.540)
    point = {"latitude": round(latitude, 5), "longitude": round(longitude, 5)} if number % 3 else {}
    return {"address": dice.choice(STREETS[language]), **point}


def cost(band: str, dice: random.Random) -> dict[str, object]:
    """Some know the amount."""
    if band == CostBand.SMALL and dice.random() < 0.5:
        return {"cost_minor": dice.randrange(8, 50) * 100 * EUROS}
    return {"cost_band": band}


def drawn(dice: random.Random) -> bytes:
    """A picture of shapes, so that nobody takes it for a photo."""
    ground, *tones = dice.sample(COLOURS, 4)
    image = Image.new("RGB", SIZE, ground)
    pen, step = ImageDraw.Draw(image), 120
    for left in range(0, SIZE[0], step):
        for top in range(0, SIZE[1], step):
            box = (left, top, left + step, top + step)
            shape = dice.choice((pen.ellipse, pen.rectangle, lambda box, fill: pen.pieslice(box, 0, 90, fill)))
            shape(box, fill=dice.choice(tones))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def give_supports(made: list[Proposal], people: list[Person], dice: random.Random, at: datetime) -> None:
    for proposal in made:
        for person in dice.sample(people, dice.randrange(MOST_SUPPORTED)):
            support(actor=person, proposal=proposal, at=at - timedelta(hours=dice.randrange(1, 40)))


def change_some(made: list[Proposal], at: datetime) -> None:
    """Two are withdrawn, one is hidden, one says more than at first."""
    for proposal in made[7:25:12]:
        withdraw(actor=proposal.author, proposal=proposal, at=at)
    moderator = Person.objects.get(email=f"moderator@{DOMAIN}")
    hide(actor=moderator, proposal=made[13], reason="The school has an owner who was not asked.", at=at)
    more = {"who_benefits": "Everybody who walks there, and most of all those who walk slowly."}
    edit(actor=made[5].author, proposal=made[5], answers=more, at=at)


def leave_drafts(budget: Budget, at: datetime) -> None:
    """One that is finished but for handing in, and one that is only begun."""
    citizen = Person.objects.get(email=f"{CITIZEN}@{DOMAIN}")
    words = {"title": "A slide beside the stairs", "what_and_why": "Going down could be fun.", "whole_area": True}
    for answers in ({**words, "language": "en"}, {"title": "Something with goats", "language": "en"}):
        save_draft(actor=citizen, budget=budget, key=uuid.uuid4(), answers=answers, at=at)
