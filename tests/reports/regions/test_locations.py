"""A point on the map is in a region, may be in one of several, or is outside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.regions import Catalog, Located
from reports.regions.locations import City, Locations
from reports.regions.tables import load_tables
from reports.text import fold

NOT_HERE = Located()


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ((54.51, 36.26), "RU-KLU"),
        ((55.10, 36.61), "RU-KLU"),
        ((55.752, 37.618), "RU-MOW"),
        ((55.485, 37.307), "RU-MOW"),  # Troitsk, of the city since 2012
        ((59.94, 30.31), "RU-SPE"),
        ((54.71, 20.50), "RU-KGD"),
        ((44.95, 34.10), "UA-43"),
        ((44.60, 33.52), "UA-40"),
        ((44.614, 33.61), "UA-40"),  # Inkerman
        ((44.51, 33.60), "UA-40"),  # Balaklava
        ((50.45, 30.52), "UA-30"),
        ((49.99, 36.23), "UA-63"),
        ((64.73, 177.50), "RU-CHU"),
        ((66.16, -169.81), "RU-CHU"),
        ((73.51, 80.55), "RU-KYA"),
    ],
)
def test_a_point_in_a_town_is_in_the_towns_region(
    catalog: Catalog, point: tuple[float, float], code: str
) -> None:
    assert catalog.locate(*point) == Located(exact=code)


@pytest.mark.parametrize(
    ("point", "near"),
    [
        ((53.10, 35.10), ("RU-BRY", "RU-ORL")),
        ((55.846, 37.36), ("RU-MOS", "RU-MOW")),  # at the edge of Moscow
        ((55.98, 37.18), ("RU-MOW", "RU-MOS")),  # Zelenograd, an island of the city's
        ((59.377, 28.19), ("RU-LEN",)),  # Narva, over the river
    ],
)
def test_where_the_neighbours_disagree_it_is_asked_about(
    catalog: Catalog, point: tuple[float, float], near: tuple[str, ...]
) -> None:
    assert catalog.locate(*point) == Located(near=near)


@pytest.mark.parametrize(
    "point",
    [(52.23, 21.01), (53.90, 27.56), (51.17, 71.43), (60.17, 24.94), (54.69, 25.28), (47.01, 28.86),
     (51.5, -0.1), (0.0, 0.0), (90.0, 0.0), (78.0, 150.0)],
)  # fmt: skip
def test_abroad_and_far_from_every_town_is_outside(
    catalog: Catalog, point: tuple[float, float]
) -> None:
    assert catalog.locate(*point) == NOT_HERE


@pytest.mark.parametrize("wrong", [90.1, -91.0, float("nan"), float("inf"), -float("inf")])
def test_what_is_no_point_on_the_globe_is_outside(catalog: Catalog, wrong: float) -> None:
    assert catalog.locate(wrong, 36.26) == NOT_HERE
    assert catalog.locate(54.51, wrong * 2) == NOT_HERE


def test_every_region_is_found_in_the_middle_of_its_towns(catalog: Catalog) -> None:
    cities = catalog._locations.within(20_000, 55.0, 60.0)[::3]
    found = {catalog.locate(city.latitude, city.longitude).exact for _, city in cities}
    assert found - {None} == set(catalog.regions)


def test_no_town_is_taken_for_another_regions(catalog: Catalog) -> None:
    for _, city in catalog._locations.within(300, 53.0, 35.0):
        located = catalog.locate(city.latitude, city.longitude)
        assert city.region in (located.exact or city.region, *located.near)


def test_reading_a_report_needs_no_map() -> None:
    catalog = Catalog(load_tables())
    catalog.settle(catalog.mentions(fold("В Калуге и Туле тихо")))
    assert "_locations" not in vars(catalog)


def test_the_180th_meridian_is_no_edge(catalog: Catalog) -> None:
    either_side = {catalog.locate(66.3, east) for east in (179.99, 180.0, -180.0, -179.99)}
    assert either_side == {Located(exact="RU-CHU")}


def test_four_regions_are_offered_at_most_and_the_nearest_first() -> None:
    around = Locations(City(f"R{number}", 60.0, 30 + number / 9) for number in range(6))
    assert around.locate(60.0, 29.9).near == ("R0", "R1", "R2", "R3")


def test_in_the_middle_of_a_town_far_off_neighbours_do_not_count() -> None:
    towns = [City("A", 60.0, 30.0), *(City("B", 60.2, 30 + number / 50) for number in range(4))]
    assert Locations(towns).locate(60.01, 30.0) == Located(exact="A")
    assert Locations(towns).locate(60.08, 30.0) == Located(near=("A", "B"))


@settings(max_examples=200)
@given(st.floats(), st.floats())
def test_any_two_numbers_are_taken(catalog: Catalog, latitude: float, longitude: float) -> None:
    located = catalog.locate(latitude, longitude)
    assert len(located.near) <= 4
    assert {located.exact, *located.near} <= {None, *catalog.regions}


@settings(max_examples=50)
@given(st.floats(42, 72), st.floats(-180, 180))
def test_no_city_is_nearer_than_those_that_are_found(
    catalog: Catalog, latitude: float, longitude: float
) -> None:
    cities = catalog._locations.within(20_000, latitude, longitude)
    for km in (15, 250):
        expected = [one for one in cities if one[0] <= km]
        assert catalog._locations.within(km, latitude, longitude) == expected
