"""What has happened lately."""

from site_config.demo.words.pairs import both, document, page, picture, same, shown, text

NEWS = {
    "title": both("News", "Actualités"),
    "slug": both("news", "actualites"),
    "introduction": both(
        "What happens between an idea and the opening of a bench.",
        "Ce qui se passe entre une idée et l’inauguration d’un banc.",
    ),
    "search_description": both(
        "News of the participatory budget of Rivemont.", "Les actualités du budget participatif de Rivemont."
    ),
}

ARTICLES = (
    {
        "days_ago": 34,
        "title": both("Three hundred people at the workshops", "Trois cents personnes aux ateliers"),
        "slug": both("workshops", "ateliers"),
        "introduction": both(
            "In the market hall, in two schools and in the home for the elderly, ideas were told and drawn.",
            "Aux halles, dans deux écoles et à la maison de retraite, des idées ont été racontées et dessinées.",
        ),
        "picture": picture("workshop"),
        "body": [
            text(
                both(
                    "Whoever does not write online was helped by our team to put the idea on paper. A third of all proposals "
                    "came in that way.",
                    "Notre équipe a aidé celles et ceux qui n’écrivent pas en ligne à coucher leur idée sur le papier. Un "
                    "tiers des propositions est arrivé ainsi.",
                )
            ),
            ("figure", {"figure": same("312"), "words": both("people came", "personnes présentes")}),
            ("figure", {"figure": same("4"), "words": both("evenings", "soirées")}),
            ("figure", {"figure": same("97"), "words": both("ideas on paper", "idées sur papier")}),
            ("heading", both("At one table", "Autour d’une même table")),
            (
                "picture_and_text",
                {
                    "picture": shown(
                        "trees",
                        both(
                            "Drawing: trees along a street, with a bench in their shade.",
                            "Dessin : des arbres le long d’une rue, un banc à leur ombre.",
                        ),
                    ),
                    "text": "<p>"
                    + both(
                        "The idea of a bench every two hundred metres began with one sentence: “I used to walk to the "
                        "market.” By the end of the evening eleven places were marked on the map, five of them in the shade.",
                        "L’idée d’un banc tous les deux cents mètres est née d’une phrase : « Avant, j’allais au marché à "
                        "pied. » En fin de soirée, onze emplacements étaient marqués sur le plan, dont cinq à l’ombre.",
                    )
                    + "</p>",
                },
            ),
            (
                "quote",
                {
                    "text": both(
                        "I came to complain about the bus. I left with a group that wants to plant an orchard.",
                        "Je venais me plaindre du bus. Je suis repartie avec un groupe qui veut planter un verger.",
                    ),
                    "source": both("A participant", "Une participante"),
                },
            ),
            ("heading", both("Read on, and watch", "À lire et à voir")),
            (
                "document",
                {
                    "document": document("workshops"),
                    "words": both(
                        "All ideas of the four evenings, as a table", "Toutes les idées des quatre soirées, en tableau"
                    ),
                },
            ),
            (
                "embed",
                {
                    "title": both(
                        "PeerTube, where we publish our recordings: what it is",
                        "PeerTube, où nous publions nos enregistrements : de quoi s’agit-il",
                    ),
                    "address": "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
                },
            ),
        ],
    },
    {
        "days_ago": 6,
        "title": both("Twelve ideas are being costed", "Douze idées sont à l’étude"),
        "slug": both("twelve-ideas", "douze-idees"),
        "introduction": both(
            "Engineers, gardeners and the people who had the ideas walked the town together.",
            "Ingénieurs, jardiniers et auteurs des idées ont parcouru la ville ensemble.",
        ),
        "picture": None,
        "body": [
            text(
                both(
                    "Until the vote, every idea gets a price and an answer: can it be built, and if not, why not? The "
                    "answers are public, and their authors are told first.",
                    "D’ici au vote, chaque idée reçoit un prix et une réponse : est-elle réalisable, et sinon pourquoi ? Les "
                    "réponses sont publiques, et les auteurs en sont informés les premiers.",
                )
            ),
            ("heading", both("What a price is made of", "De quoi se compose un prix")),
            text(
                both(
                    "Not only what is bought: also the plans, the permits, and what it takes to look after it for five years. "
                    "A tree costs more to water than to plant.",
                    "Pas seulement l’achat : aussi les plans, les autorisations et cinq ans d’entretien. Un arbre coûte plus "
                    "cher à arroser qu’à planter.",
                )
            ),
        ],
    },
    {
        "days_ago": 2,
        "title": both("Where you can vote", "Où voter"),
        "slug": both("where-to-vote", "ou-voter"),
        "introduction": both(
            "Online from your kitchen table, by post, or in person with somebody to help.",
            "En ligne depuis votre cuisine, par courrier, ou sur place avec de l’aide.",
        ),
        "picture": picture("ballot"),
        "body": [
            text(
                both(
                    "Every household gets a letter with a personal code. It opens the ballot once, on a phone, on a computer, "
                    "or at a polling place.",
                    "Chaque foyer reçoit une lettre avec un code personnel. Il ouvre le bulletin une seule fois, sur un "
                    "téléphone, un ordinateur ou dans un bureau de vote.",
                )
            ),
            (
                "call_to_action",
                {
                    "text": both(
                        "Polling places, help desks and opening hours",
                        "Bureaux de vote, permanences et horaires d’ouverture",
                    ),
                    "link_text": both("See where we meet", "Voir les rendez-vous"),
                    "page": page("events"),
                },
            ),
        ],
    },
)
