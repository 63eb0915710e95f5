"""Three budgets with some two hundred proposals in several languages and states, all made by the same actions."""

import random
import uuid
from datetime import datetime, timedelta

from participation.actions.co_authors import answer_invitation, invite
from participation.actions.groups import make_group
from participation.actions.merging import merge
from participation.actions.moderation import hide, publish_proposal
from participation.actions.proposal_documents import add_document
from participation.actions.proposals import edit, save_draft, withdraw
from participation.actions.regulations import accept_regulations
from participation.choices import GroupKind, Mails
from participation.models import Budget, Person, PriceHint, PriceHintText, Proposal
from site_config.demo.discussion import make_discussion, town_hall
from site_config.demo.editions import NEXT_YEAR, SCHOOLYARDS, SPRING, make_edition
from site_config.demo.handing_in import drawn, give_supports, propose, propose_all
from site_config.demo.paper import plan
from site_config.demo.people import CITIZEN, DOMAIN
from site_config.demo.proposal_words import IDEAS, NAMES, PRICES, SCHOOL_IDEAS, ideas_at
from site_config.demo.town import EUROS, say

SLUG = NEXT_YEAR.slug
DAYS, SPRING_DAYS = 18, 60


def make_proposals(at: datetime) -> None:
    people = [make_neighbour(number, name) for number, name in enumerate(NAMES, start=1)]
    town, moderator = town_hall(), Person.objects.get(email=f"moderator@{DOMAIN}")
    make_price_hints()
    make_next_year(people, town, moderator, at)
    make_spring(people, town, at)
    make_schoolyards(people, moderator, at)


def make_neighbour(number: int, name: str) -> Person:
    """Somebody who proposes, who cannot sign in and gets no mails."""
    return Person.objects.create_user(f"neighbour{number}@{DOMAIN}", None, display_name=name, mails=Mails.NONE)


def make_price_hints() -> None:
    for position, (lowest, highest, english, french) in enumerate(PRICES):
        amounts = {"lowest_minor": lowest * EUROS, "highest_minor": highest * EUROS, "position": position}
        hint = PriceHint.objects.create(currency="EUR", **amounts)
        en, fr = (dict(zip(("what", "unit"), words, strict=True)) for words in (english, french))
        say(PriceHintText, hint, en=en, fr=fr)


def make_next_year(people: list[Person], town: Person, moderator: Person, at: datetime) -> None:
    """Open now. Two are withdrawn, one is hidden, one says more than at first, two are written together."""
    dice = random.Random(2027)  # noqa: S311 - invented proposals
    budget, since = make_edition(NEXT_YEAR, at), at - timedelta(days=DAYS)
    made = propose_all(IDEAS, budget, people, dice, since, DAYS - 2)
    made += propose_all(ideas_at(0), budget, people, dice, since, DAYS - 2)
    give_supports(made, people, dice, at)
    write_together(made[2:4], people, at)
    add_plan(made[2], at)
    make_discussion(made, people, town, at)
    for proposal in made[7:25:12]:
        withdraw(actor=proposal.author, proposal=proposal, at=at)
    hide(actor=moderator, proposal=made[13], reason="The school has an owner who was not asked.", at=at)
    more = {"who_benefits": "Everybody who walks there, and most of all those who walk slowly."}
    edit(actor=made[5].author, proposal=made[5], answers=more, at=at)
    leave_drafts(budget, at)


def make_spring(people: list[Person], town: Person, at: datetime) -> None:
    """The ideas are in: regulations were accepted, two were merged, and the town answers."""
    dice = random.Random(2029)  # noqa: S311 - invented proposals
    budget = make_edition(SPRING, at)
    since = at + timedelta(days=SPRING.days[0] + 1)
    for person in people:
        accept_regulations(actor=person, person=person, regulations=budget.regulations.get(), at=since)
    made = propose_all(ideas_at(1), budget, people, dice, since, SPRING_DAYS)
    give_supports(made, people, dice, at + timedelta(days=SPRING.days[1] - 1))
    for first, second in ((0, 3), (10, 13)):
        merge(actor=town, proposal=made[second], into=made[first], at=at)
    make_discussion(made[:3] + made[4:13] + made[14:], people, town, at)


def make_schoolyards(people: list[Person], moderator: Person, at: datetime) -> None:
    """A class proposes under its name, and a moderator looks first: some wait."""
    dice = random.Random(2030)  # noqa: S311 - invented proposals
    budget, teacher = make_edition(SCHOOLYARDS, at), people[0]
    group = make_group(actor=teacher, kind=GroupKind.CLASS, name="4b, Mill School", is_adult=True, at=at)
    categories = {one.slug: one for one in budget.categories.all()}
    for number, (category, band, title, why) in enumerate(SCHOOL_IDEAS):
        words = {"title": title, "what_and_why": why, "language": "en", "address": "Mill School"}
        answers = {**words, "categories": [categories[category]], "cost_band": band}
        moment = at - timedelta(days=5, hours=number)
        proposal = propose(teacher, budget, answers, dice, moment, drawn(dice), group)
        if number % 3:
            publish_proposal(actor=moderator, proposal=proposal, at=at - timedelta(days=4))


def write_together(proposals: list[Proposal], people: list[Person], at: datetime) -> None:
    for proposal in proposals:
        other = next(one for one in people if one != proposal.author)
        asked = invite(actor=proposal.author, proposal=proposal, whom=other.display_name, at=at)
        answer_invitation(actor=other, invitation=asked, accepted=True, at=at)


def add_plan(proposal: Proposal, at: datetime) -> None:
    title = "A first plan"
    add_document(actor=proposal.author, proposal=proposal, data=plan(), title=title, may_publish=True, at=at)


def leave_drafts(budget: Budget, at: datetime) -> None:
    """One that is finished but for handing in, and one that is only begun."""
    citizen = Person.objects.get(email=f"{CITIZEN}@{DOMAIN}")
    words = {"title": "A slide beside the stairs", "what_and_why": "Going down could be fun.", "whole_area": True}
    for answers in ({**words, "language": "en"}, {"title": "Something with goats", "language": "en"}):
        save_draft(actor=citizen, budget=budget, key=uuid.uuid4(), answers=answers, at=at)
