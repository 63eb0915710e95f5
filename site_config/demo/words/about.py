"""Who stands behind it and where to get help; questions and answers."""

from site_config.demo.words.pairs import both, budget, page, rich, same, shown, text

ABOUT = {
    "title": both("Who we are", "Qui sommes-nous"),
    "slug": both("about", "qui-sommes-nous"),
    "search_description": both(
        "The team of Rivemont's participatory budget, and where to find it.",
        "L’équipe du budget participatif de Rivemont, et où la trouver.",
    ),
    "introduction": both(
        "Three people at the town hall, thirty volunteers, and a council that has promised to build what wins.",
        "Trois personnes à la mairie, trente bénévoles et un conseil qui a promis de construire ce qui gagne.",
    ),
    "recipient": "budget@rivemont.example",
    "body": [
        (
            "picture",
            shown(
                "town",
                both(
                    "Drawing: Rivemont on both banks of the river, hills behind it.",
                    "Dessin : Rivemont sur les deux rives, des collines derrière.",
                ),
            ),
        ),
        ("heading", both("What guides us", "Ce qui nous guide")),
        text(
            both(
                "<b>In the open.</b> Rules, answers, costs and ballots are published; whoever doubts can recount.",
                "<b>Au grand jour.</b> Règles, réponses, coûts et bulletins sont publiés ; qui doute peut recompter.",
            ),
            both(
                "<b>With everybody.</b> No step needs the internet, and no page needs a good connection.",
                "<b>Avec tout le monde.</b> Aucune étape n’exige internet, aucune page une bonne connexion.",
            ),
            both(
                "<b>Together.</b> What wins is built with those who had the idea.",
                "<b>Ensemble.</b> Ce qui gagne est construit avec celles et ceux qui en ont eu l’idée.",
            ),
        ),
        ("heading", both("The team", "L’équipe")),
        (
            "person",
            {
                "name": same("Amina Berthier"),
                "task": both("Leads the participatory budget", "Responsable du budget participatif"),
                "words": both("Answers when a deadline is unclear.", "Répond quand une échéance n’est pas claire."),
                "picture": None,
            },
        ),
        (
            "person",
            {
                "name": same("Luc Ferrand"),
                "task": both("Field officer", "Animateur de terrain"),
                "words": both(
                    "At the market on Saturdays, with forms and coffee.",
                    "Au marché le samedi, avec des formulaires et du café.",
                ),
                "picture": None,
            },
        ),
        (
            "person",
            {
                "name": same("Sofia Lindqvist"),
                "task": both("Engineer", "Ingénieure"),
                "words": both("Puts a price on every idea, and says why.", "Chiffre chaque idée, et dit pourquoi."),
                "picture": None,
            },
        ),
        ("heading", both("Where to find us", "Où nous trouver")),
        (
            "contact",
            {
                "name": both("Participation office", "Bureau de la participation"),
                "address": both(
                    "Town hall, ground floor, 1 place du Pont, Rivemont",
                    "Mairie, rez-de-chaussée, 1 place du Pont, Rivemont",
                ),
                "telephone": "02 00 00 00 00",
                "email": "budget@rivemont.example",
                "hours": both(
                    "Wednesdays from 2 to 5 p.m., step-free", "Le mercredi de 14 h à 17 h, accès de plain-pied"
                ),
            },
        ),
        (
            "place",
            {
                "name": both("Town hall", "Mairie"),
                "address": same("1 place du Pont, Rivemont"),
                "latitude": 47.2155,
                "longitude": -1.5525,
            },
        ),
        (
            "place",
            {
                "name": both("Market hall", "Halles"),
                "address": same("3 rue des Halles, Rivemont"),
                "latitude": 47.214,
                "longitude": -1.557,
            },
        ),
        ("heading", both("Elsewhere, already decided", "Ailleurs, déjà décidé")),
        text(
            both(
                "Before Rivemont, others have voted. This result is a real one, recounted here from its published ballots.",
                "D’autres ont voté avant Rivemont. Ce résultat est réel, recompté ici à partir des bulletins publiés.",
            )
        ),
        ("results", {"budget": budget("toulouse-2019")}),
    ],
}


def question(words: str, *answer: str) -> tuple[str, dict[str, str]]:
    return "accordion", {"question": words, "answer": rich(*answer)}


QUESTIONS = {
    "title": both("Questions and answers", "Questions et réponses"),
    "slug": both("questions", "questions-reponses"),
    "search_description": both(
        "What people ask about the participatory budget of Rivemont.",
        "Ce que l’on demande au sujet du budget participatif de Rivemont.",
    ),
    "introduction": both(
        "What we are asked at the market. Is yours missing? Write to us.",
        "Ce que l’on nous demande au marché. La vôtre n’y est pas ? Écrivez-nous.",
    ),
    "body": [
        ("heading", both("Ideas", "Les idées")),
        question(
            both("Who can propose something?", "Qui peut proposer quelque chose ?"),
            both(
                "Everybody who lives in Rivemont, of any age and any nationality. Children propose with a parent or their "
                "school.",
                "Toute personne qui habite Rivemont, quels que soient son âge et sa nationalité. Les enfants proposent avec "
                "un parent ou leur école.",
            ),
        ),
        question(
            both("What kind of idea fits?", "Quel genre d’idée convient ?"),
            both(
                "Something that can be built or bought, that belongs to the town's tasks, and that many can use.",
                "Ce qui se construit ou s’achète, qui relève des compétences de la ville, et qui sert à beaucoup de monde.",
            ),
            both(
                "A concert is not an investment; a stage is one.",
                "Un concert n’est pas un investissement ; une scène en est un.",
            ),
        ),
        question(
            both("Do I have to know what it costs?", "Dois-je connaître le prix ?"),
            both(
                "No. “I don't know” is an answer. The town's services put a price on every idea that can be built.",
                "Non. « Je ne sais pas » est une réponse. Les services de la ville chiffrent chaque idée réalisable.",
            ),
        ),
        question(
            both("My idea was refused. What now?", "Mon idée a été refusée. Et maintenant ?"),
            both(
                "The reason is public, and its author hears it first. Write to the participation office if you think it is "
                "wrong.",
                "Le motif est public, et l’auteur l’apprend en premier. Écrivez au bureau de la participation si vous le "
                "pensez erroné.",
            ),
        ),
        ("heading", both("The vote", "Le vote")),
        question(
            both("Is my vote secret?", "Mon vote est-il secret ?"),
            both(
                "Yes. The ballot is kept apart from the list of those who voted, and once the box is sealed nobody can join "
                "the two.",
                "Oui. Le bulletin est conservé à part de la liste des votants et, une fois l’urne scellée, personne ne peut "
                "rapprocher les deux.",
            ),
        ),
        question(
            both("Can I change my vote?", "Puis-je changer mon vote ?"),
            both(
                "Yes, until the vote closes. Only the last one counts.",
                "Oui, jusqu’à la clôture. Seul le dernier compte.",
            ),
        ),
        question(
            both("How do I know that it was counted?", "Comment savoir s’il a été compté ?"),
            both(
                "You get a receipt with a code. After the closing all codes are published: look for yours.",
                "Vous recevez un reçu avec un code. Après la clôture, tous les codes sont publiés : cherchez le vôtre.",
            ),
        ),
        question(
            both("I am not online.", "Je n’ai pas internet."),
            both(
                "Vote on paper, at a polling place or by post. Somebody of our team can read everything out to you.",
                "Votez sur papier, dans un bureau de vote ou par courrier. Quelqu’un de l’équipe peut tout vous lire.",
            ),
        ),
        ("heading", both("Afterwards", "Ensuite")),
        question(
            both("What if a project costs more than planned?", "Et si un projet coûte plus cher que prévu ?"),
            both(
                "Its page says so, with the reason and a new date. The town pays the difference or shows what is left out.",
                "Sa page le dit, avec le motif et une nouvelle date. La ville paie la différence ou montre ce qui est retiré.",
            ),
        ),
        question(
            both("When is it built?", "Quand est-ce construit ?"),
            both(
                "Most projects within two years. Follow one, and we write to you when something happens.",
                "La plupart en moins de deux ans. Suivez un projet, et nous vous écrivons quand il avance.",
            ),
        ),
        (
            "call_to_action",
            {
                "text": both("Your question is not here?", "Votre question n’est pas là ?"),
                "link_text": both("Ask us", "Posez-la-nous"),
                "page": page("about"),
            },
        ),
    ],
}
