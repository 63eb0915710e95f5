"""Support and consulting for other towns, and a budget that was accompanied.

Of the reference no more is said than its offer says: whose budget it was, and when it was written about.
"""

from datetime import date

from site_config.demo.words.pairs import both, page, picture, same, text

OFFER = {
    "title": both("Support and consulting", "Accompagnement et conseil"),
    "slug": both("support", "accompagnement"),
    "search_description": both(
        "Support for towns and others that start a participatory budget: method, workshops, writing, tools.",
        "Un accompagnement pour les communes et tous ceux qui lancent un budget participatif : méthode, ateliers, "
        "rédaction, outils.",
    ),
    "introduction": both(
        "A participatory budget has to be carried and brought to life. That takes time and particular skills; where they "
        "are missing, we lend them.",
        "Un budget participatif se porte et s’anime. Cela demande du temps et des compétences particulières ; là où elles "
        "manquent, nous les apportons.",
    ),
    "recipient": "support@rivemont.example",
    "body": [
        ("heading", both("What we do with you", "Ce que nous faisons avec vous")),
        (
            "card",
            {
                "title": both("Set it up", "Cadrer"),
                "text": both(
                    "How much money, which districts, who may vote, by which rule: we prepare the regulations with your "
                    "council.",
                    "Quel montant, quels quartiers, qui vote, selon quelle règle : nous préparons le règlement avec votre "
                    "conseil.",
                ),
                "page": None,
                "picture": None,
            },
        ),
        (
            "card",
            {
                "title": both("Go where people are", "Aller vers les habitants"),
                "text": both(
                    "Markets, schools, homes for the elderly: field teams explain, listen, and write ideas down.",
                    "Marchés, écoles, résidences pour personnes âgées : des équipes de terrain expliquent, écoutent et "
                    "notent les idées.",
                ),
                "page": None,
                "picture": None,
            },
        ),
        (
            "card",
            {
                "title": both("Turn ideas into projects", "Des idées aux projets"),
                "text": both(
                    "Workshops in which neighbours and your services give an idea a place, a plan and a price.",
                    "Des ateliers où voisins et services municipaux donnent à une idée un lieu, un plan et un prix.",
                ),
                "page": None,
                "picture": None,
            },
        ),
        (
            "card",
            {
                "title": both("Tell the story", "Faire savoir"),
                "text": both(
                    "Articles, newsletters, posters and booklets, in all the languages of your town.",
                    "Articles, lettres d’information, affiches et livrets, dans toutes les langues de votre ville.",
                ),
                "page": None,
                "picture": None,
            },
        ),
        ("heading", both("Made to measure", "Sur mesure")),
        text(
            both(
                "Some towns need a hand for one evening, others company for a whole year. We begin with a talk: what has "
                "been tried, who was missing, what must be different this time.",
                "Certaines communes ont besoin d’un coup de main pour une soirée, d’autres d’une présence toute l’année. "
                "Nous commençons par un échange : ce qui a été tenté, qui manquait, ce qui doit changer cette fois.",
            ),
        ),
        (
            "quote",
            {
                "text": both(
                    "We thought we needed a website. What we needed first was somebody to sit down with people.",
                    "Nous pensions avoir besoin d’un site. Il nous fallait d’abord quelqu’un pour s’asseoir avec les gens.",
                ),
                "source": both("A deputy mayor of Rivemont, invented", "Une adjointe au maire de Rivemont, inventée"),
            },
        ),
        ("heading", both("Free software, open to other tools", "Un logiciel libre, ouvert à d’autres outils")),
        text(
            both(
                "The site you are reading is free software: your town owns its data and can leave with them. Where a debate "
                "needs another tool, we say so. DemocracyOS is made for debating texts, Consul for petitions and debates "
                "at the scale of a city.",
                "Le site que vous lisez est un logiciel libre : vos données vous appartiennent et vous pouvez partir avec. "
                "Quand un débat demande un autre outil, nous le disons. DemocracyOS est fait pour débattre de textes, "
                "Consul pour les pétitions et les débats à l’échelle d’une ville.",
            ),
        ),
    ],
}

REFERENCE = {
    "title": both("RIVP: a participatory budget", "RIVP : un budget participatif"),
    "slug": same("rivp"),
    "search_description": both(
        "The participatory budget of RIVP in 2017, and how such a budget is accompanied.",
        "Le budget participatif de la RIVP en 2017, et comment un tel budget s’accompagne.",
    ),
    "introduction": both(
        "The first reference of this offer: the participatory budget of RIVP, in spring 2017.",
        "La première référence de cette offre : le budget participatif de la RIVP, au printemps 2017.",
    ),
    "client": same("RIVP"),
    "date": date(2017, 3, 29),
    "picture": picture("workshop"),
    "body": [
        ("heading", both("Open to everybody", "Ouvert à tous")),
        text(
            both(
                "What decides on public money must leave nobody out. So the principles are explained where people are, and "
                "as many of them as possible are encouraged to propose something.",
                "Ce qui décide d’argent public ne doit laisser personne de côté. On explique donc les principes là où les "
                "gens se trouvent, et l’on encourage le plus grand nombre à proposer.",
            )
        ),
        ("heading", both("From an idea to an investment", "De l’idée à l’investissement")),
        text(
            both(
                "An idea is then worked on with its authors until it is a project that can be built and voted on.",
                "Une idée se travaille ensuite avec ses auteurs, jusqu’à devenir un projet que l’on peut voter et réaliser.",
            )
        ),
        (
            "call_to_action",
            {
                "text": both(
                    "A process has to be facilitated and brought to life: that takes time, and skills of its own.",
                    "Une démarche s’anime et se fait vivre : cela demande du temps et des compétences.",
                ),
                "link_text": both("Tell us about yours", "Parlez-nous de la vôtre"),
                "page": page("support"),
            },
        ),
    ],
}
