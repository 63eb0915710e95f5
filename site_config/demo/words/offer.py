"""Support and consulting for other towns, and a budget that was accompanied.

What is said of the reference is what those who made it have published: its client, its year, its money, its tool.
"""

from datetime import date

from site_config.demo.words.pairs import both, page, picture, same, text

OFFER = {
    "title": both("Support and consulting", "Accompagnement et conseil"),
    "slug": both("support", "accompagnement"),
    "search_description": both(
        "Support for towns and landlords that start a participatory budget: method, workshops, writing, tools.",
        "Un accompagnement pour les communes et les bailleurs qui lancent un budget participatif : méthode, ateliers, "
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
    "title": both(
        "RIVP: the first participatory budget of a Paris landlord",
        "RIVP : le premier budget participatif d’un bailleur",
    ),
    "slug": same("rivp"),
    "search_description": both(
        "In 2017 the tenants of a Paris housing company decided on projects for their own estates.",
        "En 2017, les locataires d’un bailleur parisien ont décidé de projets pour leurs résidences.",
    ),
    "introduction": both(
        "In 2017 the tenants of ten housing estates in Paris proposed what should change between their front door and the "
        "street, and voted on it.",
        "En 2017, les locataires de dix résidences parisiennes ont proposé ce qui devait changer entre leur porte et la "
        "rue, puis ils ont voté.",
    ),
    "client": same("Régie immobilière de la Ville de Paris (RIVP)"),
    "date": date(2017, 3, 29),
    "address": "https://opensourcepolitics.eu/actualites/"
    "retour-dexperience-sur-le-premier-budget-participatif-de-la-rivp/",
    "picture": picture("estate"),
    "body": [
        (
            "figure",
            {"figure": both("€200,000", "200 000 €"), "words": both("for the tenants' projects", "pour les projets")},
        ),
        ("figure", {"figure": same("10"), "words": both("housing estates", "résidences")}),
        ("figure", {"figure": same("2017"), "words": both("first edition", "première édition")}),
        ("heading", both("Why a landlord?", "Pourquoi un bailleur ?")),
        text(
            both(
                "Paris had had a participatory budget since 2014. Many ideas that came in were about courtyards, entrances "
                "and stairs: places that belong not to the city but to the landlords of its social housing. So one of them "
                "made a budget of its own.",
                "Paris avait son budget participatif depuis 2014. Beaucoup d’idées portaient sur des cours, des halls, des "
                "escaliers : des lieux qui relèvent non de la ville mais de ses bailleurs sociaux. L’un d’eux a donc lancé "
                "le sien.",
            )
        ),
        ("heading", both("How it was done", "Comment")),
        text(
            both(
                "COPAS went to the estates and worked with the tenants; Open Source Politics adapted Consul, the free "
                "platform made in Madrid. Whoever was not online was met on the doorstep.",
                "La coopérative COPAS est allée dans les résidences travailler avec les locataires ; Open Source Politics a "
                "adapté Consul, la plateforme libre née à Madrid. Celles et ceux qui n’étaient pas en ligne ont été "
                "rencontrés au pied des immeubles.",
            )
        ),
        (
            "call_to_action",
            {
                "text": both(
                    "A landlord, a school, a county: the method carries further than town halls.",
                    "Un bailleur, un lycée, un département : la méthode dépasse les mairies.",
                ),
                "link_text": both("Tell us about yours", "Parlez-nous du vôtre"),
                "page": page("support"),
            },
        ),
    ],
}
