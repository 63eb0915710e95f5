"""What the page of the running budget says in each of its phases."""

from site_config.demo.words.pairs import both, page, text

BUDGET = {
    "title": both("Rivemont decides", "Rivemont décide"),
    "slug": both("rivemont-decides", "rivemont-decide"),
    "informing": [
        ("heading", both("Get to know it", "Faites connaissance")),
        text(
            both(
                "In every district somebody explains what the money can be spent on, and what it cannot.",
                "Dans chaque quartier, quelqu’un explique à quoi l’argent peut servir, et à quoi il ne peut pas.",
            )
        ),
    ],
    "proposing": [
        ("heading", both("It is your turn", "À vous de jouer")),
        text(
            both(
                "An idea needs three things: what, where, and who benefits. The price can wait.",
                "Une idée demande trois choses : quoi, où et pour qui. Le prix peut attendre.",
            )
        ),
    ],
    "valuating": [
        ("heading", both("What happens now", "Ce qui se passe maintenant")),
        text(
            both(
                "The town's services visit each place, ask the neighbours, and put a price on what can be built. Ideas that "
                "resemble each other are brought together, with the consent of their authors.",
                "Les services de la ville se rendent sur chaque lieu, interrogent les riverains et chiffrent ce qui est "
                "réalisable. Les idées voisines sont réunies, avec l’accord de leurs auteurs.",
            )
        ),
        (
            "call_to_action",
            {
                "text": both(
                    "Your idea needs a plan? Come to the workshop.",
                    "Votre idée a besoin d’un plan ? Venez à l’atelier.",
                ),
                "link_text": both("The next dates", "Les prochaines dates"),
                "page": page("events"),
            },
        ),
    ],
    "voting": [
        ("heading", both("Vote, in secret", "Votez, en secret")),
        text(
            both(
                "With the code of your letter, or with your account. You can change your vote until the last evening.",
                "Avec le code de votre lettre, ou avec votre compte. Vous pouvez changer votre vote jusqu’au dernier soir.",
            )
        ),
    ],
    "counting": [
        ("heading", both("Counted in the open", "Compté en public")),
        text(
            both(
                "The box is sealed. Come and watch, or wait for the ballots and count them yourself.",
                "L’urne est scellée. Venez voir, ou attendez les bulletins et comptez vous-même.",
            )
        ),
    ],
    "delivering": [
        ("heading", both("Now it is built", "Place aux travaux")),
        text(
            both(
                "Each winner has a page with its dates and what has been spent. If something is late, it says so.",
                "Chaque lauréat a une page avec ses dates et ses dépenses. Un retard y est annoncé.",
            )
        ),
    ],
    "otherwise": [
        ("heading", both("Between two phases", "Entre deux étapes")),
        text(
            both(
                "Nothing to hand in right now. The dates above say when it goes on.",
                "Rien à déposer pour l’instant. Les dates ci-dessus disent quand la suite commence.",
            )
        ),
    ],
}
