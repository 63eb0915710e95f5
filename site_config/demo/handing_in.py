"""Handing in what people of the demo town propose, with its place, cost, picture and supports, by the same actions."""

import io
import random
import uuid
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from participation.actions.proposal_photos import add_photo
from participation.actions.proposals import save_draft, submit
from participation.actions.supports import support
from participation.choices import CostBand
from participation.models import Budget, CitizenGroup, Person, Proposal
from site_config.demo.proposal_words import ALTS, STREETS
from site_config.demo.town import EUROS

Idea = tuple[str, str, str, str]
PHOTO_OF_EVERY, SUPPORTED_OF_EVERY, MOST_SUPPORTS = 4, 2, 4
COLOURS = ("#1d5c63", "#e4a11b", "#7a3b69", "#6b8e23", "#3a5fa8", "#c65d3b")
SIZE, STEP = (480, 320), 80


def propose_all(
    ideas: dict[str, list[Idea]], budget: Budget, people: list[Person], dice: random.Random, since: datetime, days: int
) -> list[Proposal]:
    """In each language, at some hour of the days since a moment."""
    made = []
    envelopes, categories = list(budget.envelopes.all()), {one.slug: one for one in budget.categories.all()}
    for language, some in ideas.items():
        for number, (category, band, title, why) in enumerate(some):
            words = {"title": title, "what_and_why": why, "language": language}
            answers = {**words, "categories": [categories[category]], "envelope": dice.choice(envelopes)}
            answers |= place(language, number, dice) | cost(band, dice)
            moment = since + timedelta(hours=dice.randrange(days * 24))
            picture = drawn(dice) if number % PHOTO_OF_EVERY == 0 else b""
            made.append(propose(dice.choice(people), budget, answers, dice, moment, picture))
    return made


def propose(
    person: Person,
    budget: Budget,
    answers: dict[str, object],
    dice: random.Random,
    moment: datetime,
    picture: bytes = b"",
    group: CitizenGroup | None = None,
) -> Proposal:
    key = uuid.UUID(int=dice.getrandbits(128), version=4)
    draft = save_draft(actor=person, budget=budget, key=key, at=moment, answers=answers | {"group": group})
    if picture:
        alt = ALTS[draft.language]
        add_photo(actor=person, proposal=draft, data=picture, alt=alt, may_publish=True, at=moment)
    return submit(actor=person, proposal=draft, at=moment)


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
    pen = ImageDraw.Draw(image)
    for left in range(0, SIZE[0], STEP):
        for top in range(0, SIZE[1], STEP):
            box = (left, top, left + STEP, top + STEP)
            shape = dice.choice((pen.ellipse, pen.rectangle, lambda box, fill: pen.pieslice(box, 0, 90, fill)))
            shape(box, fill=dice.choice(tones))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def give_supports(made: list[Proposal], people: list[Person], dice: random.Random, at: datetime) -> None:
    for proposal in made[::SUPPORTED_OF_EVERY]:
        for person in dice.sample(people, dice.randint(1, MOST_SUPPORTS)):
            support(actor=person, proposal=proposal, at=at - timedelta(hours=dice.randrange(1, 40)))
