import pytest

from participation.counting.groups import ballots_from_groups


def test_groups_become_rows():
    ballots = ballots_from_groups([([0, 2], None, 3), ([], None, 2), ([1], None, 1)])
    assert (ballots.starts.tolist(), ballots.choices.tolist(), ballots.copies.tolist()) == (
        [0, 2, 2, 3],
        [0, 2, 1],
        [3, 2, 1],
    )
    assert (ballots.total, ballots.blank, ballots.rows, ballots.points) == (6, 2, 3, None)
    assert ballots.owners.tolist() == [0, 0, 2]


def test_whole_points_are_kept_as_they_are():
    ballots = ballots_from_groups([([0, 1], [2, 3], 1), ([], None, 1)])
    assert (ballots.points.tolist(), ballots.point_scale) == ([2, 3], 1)


@pytest.mark.parametrize(("points", "in_millionths"), [(["2.5"], False), ([2], True)])
def test_points_with_decimals_are_in_millionths(points, in_millionths):
    ballots = ballots_from_groups([([0], points, 1)], in_millionths=in_millionths)
    assert (ballots.points.tolist(), ballots.point_scale) == ([int(float(points[0]) * 10**6)], 10**6)


def test_no_groups_are_an_election_without_ballots():
    ballots = ballots_from_groups([])
    assert (ballots.total, ballots.starts.tolist()) == (0, [0])


@pytest.mark.parametrize("groups", [[([0], [1, 2], 1)], [([0], [1], 1), ([0], None, 1)]])
def test_points_must_match(groups):
    with pytest.raises(ValueError, match="points"):
        ballots_from_groups(groups)
