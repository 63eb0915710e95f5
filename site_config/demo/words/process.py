"""What participatory budgeting is, in usual and in easy words."""

from site_config.demo.words.pairs import both, page, shown, text


def step(title: str, words: str) -> tuple[str, dict[str, str]]:
    return "step", {"title": title, "text": words}


PROCESS = {
    "title": both("How it works", "Comment ça marche"),
    "slug": both("how-it-works", "comment-ca-marche"),
    "search_description": both(
        "What participatory budgeting is, step by step, and how people are accompanied.",
        "Ce qu’est un budget participatif, étape par étape, et comment les habitants sont accompagnés.",
    ),
    "introduction": both(
        "Participatory budgeting gives people a direct say in how their town spends public money.",
        "Le budget participatif donne aux habitants un pouvoir direct sur l’argent public de leur ville.",
    ),
    "body": [
        ("heading", both("What is participatory budgeting?", "Qu’est-ce qu’un budget participatif ?")),
        text(
            both(
                "The town decides what share of its budget it hands over to its people. They propose what to do with it. "
                "The proposals that can be built are put to the vote, and the town builds the winners.",
                "La ville fixe la part de son budget qu’elle confie à ses habitants. Ils proposent comment l’employer. "
                "Les propositions réalisables sont soumises au vote, et la ville construit les lauréates.",
            ),
            both(
                "Many people have lost trust in politics. A town that lets them decide, and then keeps its word for all "
                "to see, can win some of that trust back: the commitments made together are respected by everybody.",
                "Beaucoup de gens ne font plus confiance à la politique. Une ville qui les laisse décider, puis tient "
                "parole aux yeux de tous, peut regagner une part de cette confiance : les engagements pris ensemble sont "
                "respectés par tous.",
            ),
        ),
        ("heading", both("Step by step", "Étape par étape")),
        step(
            both("A share is set aside", "Une part est réservée"),
            both(
                "The council votes how much money people decide on, and by which rules.",
                "Le conseil vote le montant confié aux habitants et les règles du jeu.",
            ),
        ),
        step(
            both("People propose", "Les habitants proposent"),
            both(
                "Anybody hands in ideas: online, at a workshop, or on paper with somebody's help.",
                "Chacun dépose ses idées : en ligne, en atelier, ou sur papier avec de l’aide.",
            ),
        ),
        step(
            both("The town checks and costs", "La ville étudie et chiffre"),
            both(
                "Its services look at every proposal: can it be built, what does it cost? Each answer has a public reason.",
                "Ses services examinent chaque proposition : est-elle réalisable, combien coûte-t-elle ? Chaque réponse "
                "est motivée publiquement.",
            ),
        ),
        step(
            both("Everybody votes", "Tout le monde vote"),
            both(
                "In secret, online or on paper. Nobody can find out what you chose.",
                "À bulletin secret, en ligne ou sur papier. Personne ne peut savoir ce que vous avez choisi.",
            ),
        ),
        step(
            both("The ballots are counted in the open", "Le dépouillement est public"),
            both(
                "The ballots are published without names, so that anybody can recount them.",
                "Les bulletins sont publiés sans aucun nom, pour que chacun puisse les recompter.",
            ),
        ),
        step(
            both("The winners are built", "Les lauréats sont construits"),
            both(
                "Every project shows its dates, its cost, and how far it is.",
                "Chaque projet affiche ses dates, son coût et son avancement.",
            ),
        ),
        ("heading", both("Where we are now", "Où nous en sommes")),
        ("budget_facts", {"budget": None}),
        ("phase_timeline", {"budget": None}),
        ("heading", both("Nobody is left out", "Personne n’est oublié")),
        (
            "picture_and_text",
            {
                "picture": shown(
                    "house",
                    both(
                        "Drawing: a neighbourhood house with a ramp, and people in front of it.",
                        "Dessin : une maison de quartier avec une rampe, et des habitants devant.",
                    ),
                ),
                "text": "<p>"
                + both(
                    "Because it decides over public money, such a process must include everybody, also people who are "
                    "rarely online. Teams go out into the neighbourhoods, explain how it works, gather as many ideas as "
                    "they can, and help people turn an idea into a project that can really be built.",
                    "Parce qu’elle engage l’argent public, une telle démarche doit inclure tout le monde, y compris celles "
                    "et ceux qui sont peu en ligne. Des équipes vont dans les quartiers, expliquent le principe, "
                    "recueillent le plus d’idées possible et aident à transformer une idée en un projet réellement "
                    "constructible.",
                )
                + "</p>",
            },
        ),
        ("heading", both("Three ways to take part", "Trois façons de participer")),
        (
            "table",
            {
                "caption": both("What you can do online, at a desk and on paper", "En ligne, au guichet et sur papier"),
                "table": {
                    "data": [
                        [
                            "",
                            both("Online", "En ligne"),
                            both("At a desk", "Au guichet"),
                            both("On paper", "Sur papier"),
                        ],
                        [
                            both("Propose an idea", "Proposer"),
                            both("At any hour", "À toute heure"),
                            both("With somebody who writes", "Avec quelqu’un qui écrit"),
                            both("The form from the town hall", "Le formulaire de la mairie"),
                        ],
                        [
                            both("Support an idea", "Soutenir"),
                            both("With an account", "Avec un compte"),
                            both("With an identity card", "Avec une pièce d’identité"),
                            both("Not possible", "Impossible"),
                        ],
                        [
                            both("Vote", "Voter"),
                            both("With your code or account", "Avec votre code ou votre compte"),
                            both("In the booth", "Dans l’isoloir"),
                            both("By post", "Par courrier"),
                        ],
                    ],
                    "table_header_choice": "both",
                    "first_row_is_table_header": True,
                    "first_col_is_header": True,
                },
            },
        ),
        ("heading", both("Tools that belong to everybody", "Des outils qui appartiennent à tous")),
        text(
            both(
                "Consul, first made for Madrid, showed that a whole city can propose, support and decide with free "
                "software, in every neighbourhood. This site follows that road: its source is open, its data are open, and "
                "its count can be checked.",
                "Consul, né à Madrid, a montré qu’une ville entière peut proposer, soutenir et décider avec un logiciel "
                "libre, dans chaque quartier. Ce site suit cette voie : son code est ouvert, ses données sont ouvertes, son "
                "dépouillement est vérifiable.",
            )
        ),
        (
            "call_to_action",
            {
                "text": both("Still a question?", "Encore une question ?"),
                "link_text": both("Questions and answers", "Questions et réponses"),
                "page": page("questions"),
            },
        ),
    ],
    "easy_body": [
        text(
            both("The town has money.", "La ville a de l’argent."),
            both(
                "You say what the town does with a part of it.", "Vous dites à quoi une partie de cet argent va servir."
            ),
            both("This is called a participatory budget.", "Cela s’appelle un budget participatif."),
        ),
        ("heading", both("What happens?", "Que se passe-t-il ?")),
        step(
            both("You have an idea", "Vous avez une idée"),
            both(
                "You tell us your idea. You can write it or say it. We help you.",
                "Vous nous dites votre idée. Vous pouvez l’écrire ou la dire. Nous vous aidons.",
            ),
        ),
        step(
            both("The town looks at the idea", "La ville regarde l’idée"),
            both(
                "Can we build it? What does it cost? The town answers everybody.",
                "Peut-on le faire ? Combien cela coûte-t-il ? La ville répond à tout le monde.",
            ),
        ),
        step(
            both("You vote", "Vous votez"),
            both(
                "You choose the ideas that you like. Nobody knows what you choose.",
                "Vous choisissez les idées qui vous plaisent. Personne ne sait ce que vous choisissez.",
            ),
        ),
        step(
            both("The town builds", "La ville construit"),
            both("The town builds the ideas that win.", "La ville réalise les idées qui gagnent."),
        ),
        (
            "picture",
            shown(
                "ballot",
                both("Drawing: a hand-drawn ballot goes into a box.", "Dessin : un bulletin glisse dans une urne."),
            ),
        ),
        ("heading", both("Who can help you?", "Qui peut vous aider ?")),
        text(
            both("Come to the town hall.", "Venez à la mairie."),
            both("We are there every Wednesday afternoon.", "Nous y sommes chaque mercredi après-midi."),
            both(
                "You can also call us: 02 00 00 00 00.",
                "Vous pouvez aussi nous appeler : 02 00 00 00 00.",
            ),
        ),
    ],
}
