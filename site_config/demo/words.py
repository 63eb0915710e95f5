"""What the demo town's pages say, and the same in French."""

HOME = {
    "title": "You decide what Rivemont builds",
    "summary": "Rivemont's participatory budget: people propose, the town checks, everybody votes, anybody may recount.",
    "introduction": "Every year Rivemont sets part of its budget aside. Its people propose what to do with it, vote on the "
    "projects, and see the winners built.",
    "heading": "A count that anybody can check",
    "text": "Every result here comes with the anonymous ballots and a short script. Download both, run one command, and "
    "you get the winners that the town published, or you know that something is wrong.",
}

PROCESS = {
    "title": "How it works",
    "summary": "What participatory budgeting is, step by step, and how people are accompanied.",
    "introduction": "Participatory budgeting gives people a direct say in how their town spends public money.",
    "body": [
        ("heading", "What is participatory budgeting?"),
        (
            "text",
            "The town decides what share of its budget it hands over to its people. They propose what to do with it. The "
            "proposals that can be built are put to the vote, and the town builds the winners.",
        ),
        (
            "text",
            "Many people have lost trust in politics. A town that lets them decide, and then keeps its word for all to see, "
            "can win some of that trust back: the commitments made together are respected by everybody.",
        ),
        ("heading", "Step by step"),
        (
            "step",
            {
                "title": "A share is set aside",
                "text": "The council votes how much money people decide on, and by which rules.",
            },
        ),
        (
            "step",
            {
                "title": "People propose",
                "text": "Anybody hands in ideas: online, at a workshop, or on paper with somebody's help.",
            },
        ),
        (
            "step",
            {
                "title": "The town checks and costs",
                "text": "Its services look at every proposal: can it be built, what does it cost? Each answer has a public reason.",
            },
        ),
        (
            "step",
            {"title": "Everybody votes", "text": "In secret, online or on paper. Nobody can find out what you chose."},
        ),
        (
            "step",
            {
                "title": "The ballots are counted in the open",
                "text": "The ballots are published without names, so that anybody can recount them.",
            },
        ),
        (
            "step",
            {"title": "The winners are built", "text": "Every project shows its dates, its cost, and how far it is."},
        ),
        ("heading", "Nobody is left out"),
        (
            "text",
            "Because it decides over public money, such a process must include everybody, also people who are rarely online. "
            "Teams go out into the neighbourhoods, explain how it works, gather as many ideas as they can, and help people "
            "turn an idea into a project that can really be built.",
        ),
        ("heading", "Support and consulting"),
        (
            "text",
            "A consultation has to be carried and brought to life, and that takes time and particular skills: writing, "
            "newsletters, workshops that draw on what everybody knows. Where a town does not have them at hand, it can be "
            "accompanied, with an offer made to measure.",
        ),
        ("heading", "Tools that belong to everybody"),
        (
            "text",
            "Consul, first made for Madrid, showed that a whole city can propose, support and decide with free software, in every "
            "neighbourhood. This site follows that road: its source is open, its data are open, and its count can be checked.",
        ),
    ],
}

NEWS = {
    "title": "News",
    "introduction": "What happens between an idea and the opening of a bench.",
    "summary": "News of the participatory budget of Rivemont.",
    "articles": [
        {
            "title": "Twelve ideas are being costed",
            "slug": "twelve-ideas",
            "days_ago": 6,
            "introduction": "Engineers, gardeners and the people who had the ideas walked the town together.",
            "text": "Until the vote, every idea gets a price and an answer: can it be built, and if not, why not? The answers "
            "are public, and their authors are told first.",
        },
        {
            "title": "Three hundred people at the workshops",
            "slug": "workshops",
            "days_ago": 34,
            "introduction": "In the market hall, in two schools and in the home for the elderly, ideas were told and drawn.",
            "text": "Whoever does not write online was helped by our team to put the idea on paper. A third of all proposals "
            "came in that way.",
        },
    ],
}

FRENCH = {
    "news": "actualites",
    "twelve-ideas": "douze-idees",
    "workshops": "ateliers",
    "News": "Actualités",
    "What happens between an idea and the opening of a bench.": "Ce qui se passe entre une idée et l’inauguration d’un banc.",
    "News of the participatory budget of Rivemont.": "Les actualités du budget participatif de Rivemont.",
    "Twelve ideas are being costed": "Douze idées sont à l’étude",
    "Engineers, gardeners and the people who had the ideas walked the town together.": "Ingénieurs, jardiniers et auteurs "
    "des idées ont parcouru la ville ensemble.",
    "Until the vote, every idea gets a price and an answer: can it be built, and if not, why not? The answers are public, and "
    "their authors are told first.": "D’ici au vote, chaque idée reçoit un prix et une réponse : est-elle réalisable, et sinon "
    "pourquoi ? Les réponses sont publiques, et les auteurs en sont informés les premiers.",
    "Three hundred people at the workshops": "Trois cents personnes aux ateliers",
    "In the market hall, in two schools and in the home for the elderly, ideas were told and drawn.": "Aux halles, dans deux "
    "écoles et à la maison de retraite, des idées ont été racontées et dessinées.",
    "Whoever does not write online was helped by our team to put the idea on paper. A third of all proposals came in that "
    "way.": "Notre équipe a aidé celles et ceux qui n’écrivent pas en ligne à coucher leur idée sur le papier. Un tiers des "
    "propositions est arrivé ainsi.",
    "home": "accueil",
    "how-it-works": "comment-ca-marche",
    "You decide what Rivemont builds": "Vous décidez de ce que Rivemont construit",
    HOME[
        "summary"
    ]: "Le budget participatif de Rivemont : les habitants proposent, la ville étudie, tout le monde vote, chacun "
    "peut recompter.",
    HOME[
        "introduction"
    ]: "Chaque année, Rivemont réserve une part de son budget. Ses habitants proposent comment l’employer, "
    "votent pour les projets et voient les lauréats se construire.",
    "A count that anybody can check": "Un dépouillement que chacun peut vérifier",
    HOME[
        "text"
    ]: "Chaque résultat publié ici est accompagné des bulletins anonymes et d’un court programme. Téléchargez les deux, "
    "lancez une commande : vous obtenez les lauréats publiés par la ville, ou vous savez que quelque chose ne va pas.",
    "How it works": "Comment ça marche",
    PROCESS["summary"]: "Ce qu’est un budget participatif, étape par étape, et comment les habitants sont accompagnés.",
    PROCESS[
        "introduction"
    ]: "Le budget participatif donne aux habitants un pouvoir direct sur l’argent public de leur ville.",
    "What is participatory budgeting?": "Qu’est-ce qu’un budget participatif ?",
    PROCESS["body"][1][
        1
    ]: "La ville fixe la part de son budget qu’elle confie à ses habitants. Ils proposent comment l’employer. Les "
    "propositions réalisables sont soumises au vote, et la ville construit les lauréates.",
    PROCESS["body"][2][
        1
    ]: "Beaucoup de gens ne font plus confiance à la politique. Une ville qui les laisse décider, puis tient parole "
    "aux yeux de tous, peut regagner une part de cette confiance : les engagements pris ensemble sont respectés par tous.",
    "Step by step": "Étape par étape",
    "A share is set aside": "Une part est réservée",
    "The council votes how much money people decide on, and by which rules.": "Le conseil vote le montant confié aux "
    "habitants et les règles du jeu.",
    "People propose": "Les habitants proposent",
    "Anybody hands in ideas: online, at a workshop, or on paper with somebody's help.": "Chacun dépose ses idées : en ligne, en "
    "atelier, ou sur papier avec de l’aide.",
    "The town checks and costs": "La ville étudie et chiffre",
    "Its services look at every proposal: can it be built, what does it cost? Each answer has a public reason.": "Ses services "
    "examinent chaque proposition : est-elle réalisable, combien coûte-t-elle ? Chaque réponse est motivée publiquement.",
    "Everybody votes": "Tout le monde vote",
    "In secret, online or on paper. Nobody can find out what you chose.": "À bulletin secret, en ligne ou sur papier. Personne "
    "ne peut savoir ce que vous avez choisi.",
    "The ballots are counted in the open": "Le dépouillement est public",
    "The ballots are published without names, so that anybody can recount them.": "Les bulletins sont publiés sans aucun nom, "
    "pour que chacun puisse les recompter.",
    "The winners are built": "Les lauréats sont construits",
    "Every project shows its dates, its cost, and how far it is.": "Chaque projet affiche ses dates, son coût et son avancement.",
    "Nobody is left out": "Personne n’est oublié",
    PROCESS["body"][11][
        1
    ]: "Parce qu’elle engage l’argent public, une telle démarche doit inclure tout le monde, y compris celles et "
    "ceux qui sont peu en ligne. Des équipes vont dans les quartiers, expliquent le principe, recueillent le plus d’idées possible et "
    "aident à transformer une idée en un projet réellement constructible.",
    "Support and consulting": "Accompagnement et conseil",
    PROCESS["body"][13][
        1
    ]: "Une concertation doit être portée et animée, et cela demande du temps et des compétences particulières : "
    "rédaction, lettres d’information, ateliers d’intelligence collective. Quand une ville ne les a pas sous la main, elle peut être "
    "accompagnée, avec une offre sur mesure.",
    "Tools that belong to everybody": "Des outils qui appartiennent à tous",
    PROCESS["body"][15][
        1
    ]: "Consul, né à Madrid, a montré qu’une ville entière peut proposer, soutenir et décider avec un logiciel libre, "
    "dans chaque quartier. Ce site suit cette voie : son code est ouvert, ses données sont ouvertes, son dépouillement est vérifiable.",
}
