"""The order of rank, and of projects that are alike. Never by id or date."""

from participation.counting.election import Election


def tie_order(election: Election, cheaper_first: bool) -> list[int]:
    """Project indices: the cheaper first where the rule says so, then in the recorded order, that of the election."""
    indices = range(len(election.projects))
    if not cheaper_first:
        return list(indices)
    return sorted(indices, key=lambda index: election.projects[index].cost_minor)


def rank(election: Election, tallies: list[int], cheaper_first: bool) -> list[int]:
    """Project indices by tally, highest first; equal tallies in the order of ties."""
    return sorted(tie_order(election, cheaper_first), key=lambda index: -tallies[index])
