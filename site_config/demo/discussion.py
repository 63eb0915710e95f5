"""What the neighbours of the demo town say to each other's proposals, and what the town answers, by the same actions."""

import random
import uuid
from datetime import datetime, timedelta

from participation.actions.comments import comment_on, rate_comment
from participation.actions.follows import follow
from participation.choices import Mails, Role
from participation.models import Comment, Person, Proposal, RoleAssignment
from site_config.demo.people import DOMAIN

SAID = {
    "en": (
        ("Good idea. Where would the water come from?", "From the roof of the school, perhaps."),
        ("My children would be there every day.", ""),
        ("Please think of people in wheelchairs from the start.", "Agreed: the path must be level."),
        ("Is there no cheaper way?", ""),
    ),
    "fr": (
        ("Très bonne idée, notre rue en a besoin.", "La nôtre aussi !"),
        ("Qui s’en occuperait l’hiver ?", ""),
        ("Il faudrait un banc à côté.", ""),
    ),
    "es": (
        ("Me gusta mucho. ¿Quién lo cuidaría?", "Los vecinos de la plaza."),
        ("Ojalá salga adelante.", ""),
    ),
    "ar": (
        ("فكرة جميلة، نحتاج إليها في حيّنا.", "وفي حيّنا أيضًا."),
        ("من سيعتني بها؟", ""),
    ),
}
ANSWER = {
    "en": "Thank you. We look at the place in March and write here what we find.",
    "fr": "Merci. Nous visiterons le lieu en mars et écrirons ici ce que nous aurons trouvé.",
    "es": "Gracias. Visitaremos el lugar en marzo y escribiremos aquí lo que encontremos.",
    "ar": "شكرًا لكم. سنزور المكان في مارس ونكتب هنا ما نجده.",
}
EVERY, ANSWERED_OF_EVERY = 4, 4


def make_discussion(proposals: list[Proposal], people: list[Person], town: Person, at: datetime) -> None:
    dice = random.Random(proposals[0].title)  # noqa: S311 - invented comments
    for number, proposal in enumerate(proposals[::EVERY]):
        opening, reply = dice.choice(SAID[proposal.language])
        first = say(proposal, dice, opening, people, at)
        if reply:
            say(proposal, dice, reply, people, at, parent=first)
        if number % ANSWERED_OF_EVERY == 0:
            say(proposal, dice, ANSWER[proposal.language], [town], at, officially=True)
        for person in dice.sample([one for one in people if one != first.author], 2):
            rate_comment(actor=person, comment=first, value=1, at=at)
        follow(actor=first.author, subject=proposal, at=at)


def town_hall() -> Person:
    person = Person.objects.create_user(f"town-hall@{DOMAIN}", None, display_name="Rivemont", mails=Mails.NONE)
    RoleAssignment.objects.create(person=person, role=Role.MANAGER)
    return person


def say(
    proposal: Proposal,
    dice: random.Random,
    body: str,
    people: list[Person],
    at: datetime,
    *,
    parent: Comment | None = None,
    officially: bool = False,
) -> Comment:
    return comment_on(
        actor=dice.choice(people),
        proposal=proposal,
        key=uuid.UUID(int=dice.getrandbits(128), version=4),
        body=body,
        language=proposal.language,
        at=at - timedelta(minutes=dice.randrange(1, 60 * 24)),
        parent=parent,
        officially=officially,
    )
