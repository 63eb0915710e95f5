"""The boundaries that the map of a budget's projects draws under its markers."""

import pytest

from participation.models import District
from tests.factories.participation import make_budget, make_district, make_envelope
from tests.frontend_templates.pages import read

ADDRESS = "/en/budgets/town/districts.geojson"
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def features(visitor) -> list[dict]:
    response = visitor.get(ADDRESS)
    assert response["Content-Type"] == "application/geo+json"
    collection = response.json()
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def test_the_districts_of_the_budget_with_their_names(visitor, town):
    District.objects.update(boundary=SQUARE)
    assert features(visitor) == [{"type": "Feature", "properties": {"name": "North"}, "geometry": SQUARE}]


def test_a_district_with_two_envelopes_is_there_once(visitor, town):
    make_envelope(town, slug="north-green", title="Green", district=District.objects.get(name="North"))
    District.objects.update(boundary=SQUARE)
    assert len(features(visitor)) == 1


def test_districts_of_other_budgets_are_not(visitor, town):
    make_envelope(make_budget(slug="other"), district=make_district("Elsewhere"))
    District.objects.update(boundary=SQUARE)
    assert [one["properties"]["name"] for one in features(visitor)] == ["North"]


@pytest.mark.parametrize("boundary", [None, [], "a river", {}, {"type": "Point", "coordinates": [0, 0]}])
def test_what_is_no_area_is_passed_over(visitor, town, boundary):
    District.objects.update(boundary=boundary)
    assert features(visitor) == []


def test_the_map_knows_where_they_are(visitor, town):
    [drawn] = read(visitor.get("/en/budgets/town/projects/?view=map")).all("osp-map")
    assert drawn["data-districts"] == ADDRESS
