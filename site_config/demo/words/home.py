"""The first page. What is known of the running budget, news, events and results stand around its body by themselves."""

from site_config.demo.words.pairs import both, budget, page, text

HOME = {
    "title": both("You decide what Rivemont builds", "Vous décidez de ce que Rivemont construit"),
    "slug": both("home", "accueil"),
    "search_description": both(
        "Rivemont's participatory budget: people propose, the town checks, everybody votes, anybody may recount.",
        "Le budget participatif de Rivemont : les habitants proposent, la ville étudie, tout le monde vote, chacun peut "
        "recompter.",
    ),
    "introduction": both(
        "Every year Rivemont sets part of its budget aside. Its people propose what to do with it, vote on the projects, "
        "and see the winners built.",
        "Chaque année, Rivemont réserve une part de son budget. Ses habitants proposent comment l’employer, votent pour "
        "les projets et voient les lauréats se construire.",
    ),
    "body": [
        ("heading", both("Take part your way", "Participez à votre façon")),
        (
            "card",
            {
                "title": both("Understand it", "Comprendre"),
                "text": both(
                    "Six steps, from the council's decision to the opening. Also in easy words.",
                    "Six étapes, de la décision du conseil à l’inauguration. Aussi en facile à lire.",
                ),
                "page": page("how-it-works"),
                "picture": None,
            },
        ),
        (
            "card",
            {
                "title": both("Meet us", "Nous rencontrer"),
                "text": both(
                    "Workshops, help desks and polling places, near you and without steps.",
                    "Ateliers, permanences et bureaux de vote, près de chez vous et de plain-pied.",
                ),
                "page": page("events"),
                "picture": None,
            },
        ),
        (
            "card",
            {
                "title": both("Ask", "Poser une question"),
                "text": both(
                    "Who may vote? Is it secret? What if a project costs more?",
                    "Qui peut voter ? Est-ce secret ? Et si un projet coûte plus cher ?",
                ),
                "page": page("questions"),
                "picture": None,
            },
        ),
        ("heading", both("Fresh ideas for next year", "Les idées pour l’an prochain")),
        ("proposals", {"budget": budget("rivemont-ideas")}),
        ("heading", both("A count that anybody can check", "Un dépouillement que chacun peut vérifier")),
        text(
            both(
                "Every result here comes with the anonymous ballots and a short script. Download both, run one command, "
                "and you get the winners that the town published, or you know that something is wrong.",
                "Chaque résultat publié ici est accompagné des bulletins anonymes et d’un court programme. Téléchargez les "
                "deux, lancez une commande : vous obtenez les lauréats publiés par la ville, ou vous savez que quelque "
                "chose ne va pas.",
            )
        ),
        (
            "call_to_action",
            {
                "text": both(
                    "Does your town want to let its people decide, too?",
                    "Votre commune veut, elle aussi, laisser décider ?",
                ),
                "link_text": both("See how we help", "Découvrir l’accompagnement"),
                "page": page("support"),
            },
        ),
    ],
}
