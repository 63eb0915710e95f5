"""What a public site has to say of itself: how accessible it is, who publishes it, what it keeps."""

from site_config.demo.words.pairs import both, listed, text

ACCESSIBILITY = {
    "title": both("Accessibility", "Accessibilité"),
    "slug": both("accessibility", "accessibilite"),
    "search_description": both(
        "How accessible the site of Rivemont's participatory budget is, and whom to tell.",
        "L’accessibilité du site du budget participatif de Rivemont, et à qui signaler un problème.",
    ),
    "introduction": both(
        "Everybody should be able to take part. Here is how far we are, and whom to tell when something stands in your way.",
        "Tout le monde doit pouvoir participer. Voici où nous en sommes, et à qui le dire si quelque chose vous arrête.",
    ),
    "recipient": "accessibility@rivemont.example",
    "conformance": "partial",
    "assessed_by": both(
        "The town's own team, with automatic and manual tests",
        "L’équipe de la ville, par tests automatiques et manuels",
    ),
    "body": [
        ("heading", both("What works", "Ce qui fonctionne")),
        listed(
            both(
                "Every step works by keyboard and without JavaScript.",
                "Chaque étape fonctionne au clavier et sans JavaScript.",
            ),
            both("Text can be enlarged to four times its size.", "Le texte peut être agrandi quatre fois."),
            both(
                "The map is never the only way: a list says the same.",
                "La carte n’est jamais le seul accès : une liste dit la même chose.",
            ),
        ),
        ("heading", both("What is missing", "Ce qui manque")),
        listed(
            both(
                "Some past documents of the council are scanned pictures.",
                "Certains anciens documents du conseil sont des images numérisées.",
            ),
            both("There is no film in sign language yet.", "Il n’y a pas encore de film en langue des signes."),
        ),
        ("heading", both("If nothing helps", "En dernier recours")),
        text(
            both(
                "Tell us, and we answer within a week, or bring you what you need on paper. If that does not help, the "
                "ombudsman of the region takes your complaint.",
                "Dites-le-nous : nous répondons sous une semaine ou vous apportons ce qu’il faut sur papier. Si cela ne suffit "
                "pas, la médiatrice de la région reçoit votre réclamation.",
            )
        ),
    ],
}

LEGAL = {
    "title": both("Legal notice", "Mentions légales"),
    "slug": both("legal", "mentions-legales"),
    "search_description": both(
        "Who publishes this site, who hosts it, and what it keeps about you.",
        "Qui publie ce site, qui l’héberge et ce qu’il conserve à votre sujet.",
    ),
    "introduction": "",
    "publisher": both(
        "Town of Rivemont, 1 place du Pont, Rivemont (an invented town)",
        "Ville de Rivemont, 1 place du Pont, Rivemont (une ville inventée)",
    ),
    "host": both("The town's own machine", "La machine de la ville"),
    "body": [
        ("heading", both("What we keep about you", "Ce que nous conservons à votre sujet")),
        (
            "table",
            {
                "caption": both("What is kept, and until when", "Ce qui est conservé, et jusqu’à quand"),
                "table": {
                    "data": [
                        [both("What", "Quoi"), both("Why", "Pourquoi"), both("Until", "Jusqu’à")],
                        [
                            both("Your account", "Votre compte"),
                            both("To propose and support", "Proposer et soutenir"),
                            both("You erase it", "Vous l’effacez"),
                        ],
                        [
                            both("Messages to us", "Vos messages"),
                            both("To answer", "Vous répondre"),
                            both("One year", "Un an"),
                        ],
                        [
                            both("Sign-ups for events", "Inscriptions aux rendez-vous"),
                            both("To keep a seat", "Garder une place"),
                            both("A month afterwards", "Un mois après"),
                        ],
                        [
                            both("Who has voted", "Qui a voté"),
                            both("So that nobody votes twice", "Éviter les doubles votes"),
                            both("90 days after the count", "90 jours après le dépouillement"),
                        ],
                    ],
                    "table_header_choice": "row",
                    "first_row_is_table_header": True,
                    "first_col_is_header": False,
                },
            },
        ),
        text(
            both(
                "What you voted is kept nowhere together with your name.",
                "Ce que vous avez voté n’est conservé nulle part avec votre nom.",
            )
        ),
        ("heading", both("Cookies", "Cookies")),
        text(
            both(
                "Reading sets none. Signing in sets one that keeps you signed in, and nothing follows you.",
                "La lecture n’en pose aucun. La connexion en pose un, qui vous garde connecté, et rien ne vous suit.",
            )
        ),
        ("heading", both("Free to use", "Libre de droits")),
        text(
            both(
                "The software is under the AGPL, version 3 or later; our texts and drawings may be used by anybody.",
                "Le logiciel est sous AGPL, version 3 ou ultérieure ; nos textes et dessins sont librement réutilisables.",
            )
        ),
    ],
}
