"""Where people meet. Days are counted from the day on which the town is loaded."""

from datetime import time

from cms_pages.models import EventPage
from site_config.demo.words.pairs import both, listed, picture, same, text

EVENTS = {
    "title": both("Events", "Rendez-vous"),
    "slug": both("events", "rendez-vous"),
    "introduction": both(
        "Come as you are. Every place is step-free, and somebody is there to write for you.",
        "Venez comme vous êtes. Chaque lieu est de plain-pied, et quelqu’un peut écrire pour vous.",
    ),
    "search_description": both(
        "Workshops, help desks and polling places in Rivemont.", "Ateliers, permanences et bureaux de vote à Rivemont."
    ),
}

MEETINGS = (
    {
        "days": 9,
        "hours": (time(18), time(20, 30)),
        "kind": EventPage.Kind.WORKSHOP,
        "title": both("Workshop: from an idea to a project", "Atelier : d’une idée à un projet"),
        "slug": both("workshop", "atelier"),
        "introduction": both(
            "An evening with an engineer, a gardener and your neighbours: bring an idea, leave with a sketch and a price.",
            "Une soirée avec une ingénieure, un jardinier et vos voisins : venez avec une idée, repartez avec un croquis et un "
            "prix.",
        ),
        "place": both("Market hall", "Halles"),
        "address": same("3 rue des Halles, Rivemont"),
        "latitude": 47.214,
        "longitude": -1.557,
        "accessibility": both(
            "Step-free, wide toilets, hearing loop. French sign language on request. Child care for free.",
            "Accès de plain-pied, toilettes adaptées, boucle magnétique. Langue des signes sur demande. Garderie gratuite.",
        ),
        "seats": 24,
        "picture": picture("workshop"),
        "body": [
            ("heading", both("The evening", "La soirée")),
            listed(
                both("6 p.m.: soup, and who we are", "18 h : une soupe, et qui nous sommes"),
                both("6.30 p.m.: five tables, five ideas", "18 h 30 : cinq tables, cinq idées"),
                both("8 p.m.: each table shows its sketch", "20 h : chaque table montre son croquis"),
            ),
        ],
    },
    {
        "days": 2,
        "hours": (time(14), time(17)),
        "kind": EventPage.Kind.DESK,
        "title": both("Help desk at the town hall", "Permanence à la mairie"),
        "slug": both("help-desk", "permanence"),
        "introduction": both(
            "Questions, help with an account, ideas written down for you. No appointment needed.",
            "Des questions, de l’aide pour un compte, une idée à écrire. Sans rendez-vous.",
        ),
        "place": both("Town hall, ground floor", "Mairie, rez-de-chaussée"),
        "address": same("1 place du Pont, Rivemont"),
        "latitude": 47.2155,
        "longitude": -1.5525,
        "accessibility": both(
            "Ramp at the side entrance. We speak French, English and some Arabic.",
            "Rampe à l’entrée latérale. Nous parlons français, anglais et un peu arabe.",
        ),
        "seats": None,
        "picture": None,
        "body": [],
    },
    {
        "days": 12,
        "hours": (time(10), time(18)),
        "kind": EventPage.Kind.POLLING_PLACE,
        "title": both("Polling place at the Mill school", "Bureau de vote à l’école du Moulin"),
        "slug": both("polling-place", "bureau-de-vote"),
        "introduction": both(
            "Vote on paper or on our device, in the booth, in secret. Bring your letter or an identity card.",
            "Votez sur papier ou sur notre appareil, dans l’isoloir, en secret. Apportez votre lettre ou une pièce d’identité.",
        ),
        "place": both("The Mill school", "École du Moulin"),
        "address": same("8 chemin du Moulin, Rivemont"),
        "latitude": 47.222,
        "longitude": -1.564,
        "accessibility": both(
            "Step-free, a low table in the booth, ballots in large print and in easy words.",
            "Accès de plain-pied, isoloir à table basse, bulletins en gros caractères et en facile à lire.",
        ),
        "seats": None,
        "picture": picture("ballot"),
        "body": [
            text(
                both(
                    "Somebody you trust may come into the booth with you. Our team reads out, but never fills in.",
                    "Une personne de confiance peut vous accompagner dans l’isoloir. Notre équipe lit à voix haute, mais ne "
                    "remplit jamais.",
                )
            ),
        ],
    },
    {
        "days": -70,
        "hours": (time(19), time(21)),
        "kind": EventPage.Kind.OTHER,
        "title": both("Opening evening", "Soirée de lancement"),
        "slug": both("opening", "lancement"),
        "introduction": both(
            "The mayor, the rules, and the first ideas.", "La maire, les règles et les premières idées."
        ),
        "place": both("Market hall", "Halles"),
        "address": same("3 rue des Halles, Rivemont"),
        "latitude": None,
        "longitude": None,
        "accessibility": both("Step-free, hearing loop.", "Accès de plain-pied, boucle magnétique."),
        "seats": None,
        "picture": None,
        "body": [],
    },
)

# Who has signed up for the workshop; what they need is told to nobody but those who prepare it.
SIGN_UPS = (
    ("Jeanne Morel", ""),
    ("Karim Haddad", "Garderie pour deux enfants"),
    ("Rosa Pires", ""),
    ("Yann Le Goff", "Boucle magnétique"),
    ("Mei Tanaka", ""),
)
