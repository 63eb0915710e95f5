"""The demo town's current budget: its phases lie around the day on which it is loaded."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Locale

from participation.choices import BudgetStatus, PhaseKind, VoteType
from participation.counting.rules import rule_named
from participation.models import (
    BallotBox,
    BallotBoxText,
    Budget,
    BudgetText,
    Category,
    CategoryText,
    District,
    Envelope,
    EnvelopeText,
    Phase,
    PhaseText,
    Project,
    ProjectText,
)

EUROS = 100

DISTRICTS = {
    "Rivemont Nord": [
        [-1.568, 47.228],
        [-1.552, 47.2265],
        [-1.537, 47.229],
        [-1.535, 47.239],
        [-1.545, 47.243],
        [-1.569, 47.238],
    ],
    "Rivemont Sud": [
        [-1.568, 47.203],
        [-1.553, 47.2045],
        [-1.538, 47.202],
        [-1.536, 47.194],
        [-1.547, 47.19],
        [-1.57, 47.194],
    ],
}

PHASES = (
    (
        PhaseKind.INFORMING,
        -75,
        -60,
        "Getting to know it",
        "S’informer",
        "Meetings in every district.",
        "Des réunions dans chaque quartier.",
    ),
    (
        *(PhaseKind.PROPOSING, -60, -30, "Your ideas", "Vos idées"),
        *("Everybody hands in ideas, online or on paper.", "Chacun dépose ses idées, en ligne ou sur papier."),
    ),
    (
        *(PhaseKind.VALUATING, -30, 12, "The town checks and costs", "La ville étudie et chiffre"),
        *("The services check every idea and put a price on it.", "Les services étudient chaque idée et la chiffrent."),
    ),
    (PhaseKind.VOTING, 12, 33, "The vote", "Le vote", "Everybody in Rivemont chooses.", "Tout Rivemont choisit."),
    (
        PhaseKind.COUNTING,
        33,
        36,
        "The count",
        "Le dépouillement",
        "The ballots are counted in the open.",
        "Les bulletins sont comptés en public.",
    ),
    (
        PhaseKind.DELIVERING,
        36,
        400,
        "Building",
        "Les travaux",
        "The winners are built.",
        "Les projets lauréats sont construits.",
    ),
)

CATEGORIES = {
    "nature": ("Nature", "Nature"),
    "mobility": ("Getting around", "Se déplacer"),
    "culture": ("Culture", "Culture"),
    "sport": ("Sport and play", "Sport et jeu"),
    "solidarity": ("Living together", "Vivre ensemble"),
}


@dataclass(frozen=True)
class Idea:
    envelope: str
    category: str
    euros: int
    english: str
    french: str
    why: str
    pourquoi: str
    latitude: float
    longitude: float


IDEAS = (
    Idea(
        "town",
        "nature",
        60_000,
        "Two hundred trees along the ring road",
        "Deux cents arbres le long du boulevard",
        "Shade in summer and less noise for the houses behind.",
        "De l’ombre en été et moins de bruit pour les maisons derrière.",
        47.219,
        -1.553,
    ),
    Idea(
        "town",
        "mobility",
        85_000,
        "A safe cycle crossing at the station",
        "Une traversée cyclable sûre à la gare",
        "Four hundred children cross here every morning.",
        "Quatre cents enfants traversent ici chaque matin.",
        47.217,
        -1.542,
    ),
    Idea(
        "town",
        "culture",
        45_000,
        "A stage for everybody in the covered market",
        "Une scène ouverte dans les halles",
        "Schools, choirs and bands have nowhere to play.",
        "Écoles, chorales et groupes n’ont nulle part où jouer.",
        47.214,
        -1.557,
    ),
    Idea(
        "town",
        "solidarity",
        38_000,
        "A repair café with a tool library",
        "Un café de réparation avec outilthèque",
        "Things last longer and neighbours meet.",
        "Les objets durent et les voisins se rencontrent.",
        47.213,
        -1.549,
    ),
    Idea(
        "town",
        "sport",
        72_000,
        "A swimming place in the river",
        "Un lieu de baignade dans la rivière",
        "With a lifeguard in July and August.",
        "Avec un surveillant en juillet et en août.",
        47.208,
        -1.561,
    ),
    Idea(
        "town",
        "nature",
        24_500,
        "Rainwater gardens in five schoolyards",
        "Des jardins de pluie dans cinq cours d’école",
        "They cool the yards and keep cellars dry.",
        "Ils rafraîchissent les cours et gardent les caves au sec.",
        47.222,
        -1.564,
    ),
    Idea(
        "north",
        "sport",
        30_000,
        "A playground for all ages in North Park",
        "Une aire de jeu pour tous les âges au parc Nord",
        "Swings for small children, parallel bars for their grandparents.",
        "Balançoires pour les petits, barres pour les grands-parents.",
        47.236,
        -1.551,
    ),
    Idea(
        "north",
        "mobility",
        18_000,
        "Benches every two hundred metres",
        "Un banc tous les deux cents mètres",
        "So that walking to the shops stays possible at any age.",
        "Pour aller à pied aux commerces à tout âge.",
        47.233,
        -1.558,
    ),
    Idea(
        "north",
        "solidarity",
        22_000,
        "A kitchen for the neighbourhood house",
        "Une cuisine pour la maison de quartier",
        "Cooking together is the easiest way to get to know each other.",
        "Cuisiner ensemble, c’est se connaître.",
        47.238,
        -1.546,
    ),
    Idea(
        "south",
        "nature",
        27_000,
        "An orchard on the old railway land",
        "Un verger sur l’ancienne voie ferrée",
        "Forty fruit trees that everybody may pick from.",
        "Quarante arbres fruitiers en libre cueillette.",
        47.196,
        -1.552,
    ),
    Idea(
        "south",
        "culture",
        15_000,
        "Bookcases in the bus shelters",
        "Des boîtes à livres dans les abribus",
        "Take one, leave one, while you wait.",
        "Prendre un livre, en laisser un, en attendant.",
        47.199,
        -1.545,
    ),
    Idea(
        "south",
        "sport",
        33_000,
        "Lights for the running track",
        "L’éclairage de la piste de course",
        "Women told us they stop running in October.",
        "Des femmes nous disent ne plus courir dès octobre.",
        47.194,
        -1.560,
    ),
)


def make_current_budget(at: datetime) -> Budget:
    budget = Budget.objects.create(
        slug="rivemont",
        status=BudgetStatus.PUBLISHED,
        currency="EUR",
        municipal_budget_minor=46_000_000 * EUROS,
        share_minor=400_000 * EUROS,
    )
    say(
        BudgetText,
        budget,
        en={
            "title": "Rivemont decides",
            "introduction": "400,000 euros for projects that the people of Rivemont choose.",
        },
        fr={"title": "Rivemont décide", "introduction": "400 000 euros pour des projets choisis par les Rivemontois."},
    )
    make_phases(budget, at)
    make_projects(budget)
    return budget


def say(text: type, identity, *, en: dict[str, str], fr: dict[str, str]) -> None:
    for code, words in (("en", en), ("fr", fr)):
        text.objects.create(identity=identity, locale=Locale.objects.get(language_code=code), **words)


def make_phases(budget: Budget, at: datetime) -> None:
    today = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    for kind, start, end, title, titre, text, texte in PHASES:
        phase = Phase.objects.create(
            budget=budget, kind=kind, starts_at=today + timedelta(days=start), ends_at=today + timedelta(days=end)
        )
        say(PhaseText, phase, en={"title": title, "description": text}, fr={"title": titre, "description": texte})


def make_projects(budget: Budget) -> None:
    envelopes = make_envelopes(budget)
    categories = {slug: make_category(slug, *names) for slug, names in CATEGORIES.items()}
    for number, idea in enumerate(IDEAS, start=1):
        project = Project.objects.create(
            budget=budget,
            envelope=envelopes[idea.envelope],
            public_number=number,
            recorded_order=number,
            cost_minor=idea.euros * EUROS,
            latitude=idea.latitude,
            longitude=idea.longitude,
        )
        project.categories.add(categories[idea.category])
        say(
            ProjectText,
            project,
            en={"title": idea.english, "description": idea.why},
            fr={"title": idea.french, "description": idea.pourquoi},
        )


def make_envelopes(budget: Budget) -> dict[str, Envelope]:
    town_box = make_box(budget, "town", "The whole town", "Toute la ville")
    district_box = make_box(budget, "districts", "One district of your choice", "Un quartier de votre choix")
    north, south = (make_district(name, outline) for name, outline in DISTRICTS.items())
    return {
        "town": make_envelope(budget, town_box, "town", 240_000, None, "The whole town", "Toute la ville"),
        "north": make_envelope(budget, district_box, "north", 80_000, north, "Rivemont North", "Rivemont Nord"),
        "south": make_envelope(budget, district_box, "south", 80_000, south, "Rivemont South", "Rivemont Sud"),
    }


def make_district(name: str, outline: list[list[float]]) -> District:
    boundary = {"type": "Polygon", "coordinates": [[*outline, outline[0]]]}
    return District.objects.update_or_create(name=name, defaults={"boundary": boundary})[0]


def make_box(budget: Budget, slug: str, english: str, french: str) -> BallotBox:
    rule = rule_named("equalshares/add1") if slug == "town" else rule_named("greedy")
    box = BallotBox.objects.create(
        budget=budget, slug=slug, vote_type=VoteType.KNAPSACK, limits={"min_length": "1"}, counting_rule=rule.as_json()
    )
    say(BallotBoxText, box, en={"question": english}, fr={"question": french})
    return box


def make_envelope(
    budget: Budget, box: BallotBox, slug: str, euros: int, district: District | None, english: str, french: str
) -> Envelope:
    envelope = Envelope.objects.create(
        budget=budget, ballot_box=box, slug=slug, amount_minor=euros * EUROS, district=district
    )
    say(EnvelopeText, envelope, en={"title": english}, fr={"title": french})
    return envelope


def make_category(slug: str, english: str, french: str) -> Category:
    category, is_new = Category.objects.get_or_create(slug=slug)
    if is_new:
        say(CategoryText, category, en={"name": english}, fr={"name": french})
    return category
