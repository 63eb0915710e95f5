"""Links in what people write. More than a few are advertising."""

import re

LINK = re.compile(r"\bhttps?:|\bwww\.", re.IGNORECASE)
MOST_IN_COMMENT = 3
MOST_IN_PROPOSAL = 5


def links_in(*texts: str) -> int:
    """How many there are in all of them together."""
    return sum(len(LINK.findall(text)) for text in texts)
