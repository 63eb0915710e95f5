"""The menu and the footer."""

from site_config.demo.words.pairs import Named, both, page


def link(slug: str, words: str = "") -> tuple[str, dict[str, str | Named]]:
    return "page", {"page": page(slug), "words": words}


MENU = [
    link("how-it-works"),
    link("news"),
    link("events"),
    link("support", both("Support", "Accompagnement")),
]
FOOTER = [link("about"), link("questions"), link("accessibility"), link("legal")]
FOOTER_TEXT = both(
    "<b>Town of Rivemont</b>, participation office, 1 place du Pont",
    "<b>Ville de Rivemont</b>, bureau de la participation, 1 place du Pont",
)
