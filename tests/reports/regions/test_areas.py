"""Outlines and codes of areas lead to regions, or to none; never to one that is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.regions.areas import MOST_CROSSINGS, Areas
from reports.regions.geocodes import codings, plain_name
from reports.regions.locations import City, Locations, load_locations

if TYPE_CHECKING:
    from reports.regions import Catalog

AREAS = Areas(load_locations())
NEAR_OBNINSK = [(54.95, 36.30), (55.20, 36.30), (55.20, 36.75), (54.95, 36.75), (54.95, 36.30)]


def box(south: float, west: float, north: float, east: float) -> list[tuple[float, float]]:
    return [(south, west), (north, west), (north, east), (south, east), (south, west)]


def test_an_outline_is_in_the_regions_of_its_towns() -> None:
    assert AREAS.in_polygon(NEAR_OBNINSK) == ("RU-KLU",)
    assert AREAS.in_polygon(box(54.0, 36.0, 54.7, 37.9)) == ("RU-KLU", "RU-TUL")
    assert "RU-MOW" in AREAS.in_polygon(box(55.6, 37.4, 55.9, 37.8))


def test_the_way_around_an_outline_does_not_matter() -> None:
    assert AREAS.in_polygon(NEAR_OBNINSK[::-1]) == ("RU-KLU",)


def test_a_notch_without_towns_is_left_out() -> None:
    towns = Areas(Locations([City("A", 1, 1), City("B", 1, 3), City("C", 1, 5)]))
    notched = [(0, 0), (0, 6), (2, 6), (2, 4), (0.5, 4), (0.5, 2), (2, 2), (2, 0), (0, 0)]
    assert towns.in_polygon(notched) == ("A", "C")


def test_an_outline_over_the_180th_meridian_does_not_go_around_the_globe() -> None:
    east_of_it = box(64, 170, 68, -169)
    assert AREAS.in_polygon(east_of_it) == ("RU-CHU",)
    assert AREAS.in_polygon([(n, e % 360 - 360) for n, e in east_of_it]) == ("RU-CHU",)


def test_an_area_without_a_town_is_in_the_region_of_the_nearest_and_not_a_far_one() -> None:
    assert AREAS.in_polygon(box(54.56, 36.20, 54.565, 36.205)) == ("RU-KLU",)
    assert AREAS.in_polygon(box(75.5, 130.0, 75.6, 130.1)) == ()


def test_an_area_abroad_is_in_no_region() -> None:
    assert AREAS.in_polygon(box(48.7, 2.2, 49.0, 2.5)) == ()
    assert AREAS.in_circle((52.23, 21.01), 5) == ()


def test_an_outline_around_a_pole_or_too_ragged_is_in_no_region() -> None:
    around = [(60.0, float(east)) for east in range(-180, 180, 60)]
    ragged = [(41.0 if at % 2 else 70.0, 30 + at / 100) for at in range(1000)]
    assert AREAS.in_polygon(around) == ()
    assert len(ragged) * len(load_locations().cities) > MOST_CROSSINGS
    assert AREAS.in_polygon(ragged) == ()


def test_a_circle_is_in_the_regions_of_its_towns_or_of_the_nearest() -> None:
    assert AREAS.in_circle((54.51, 36.26), 0) == ("RU-KLU",)
    assert AREAS.in_circle((54.19, 37.62), 12) == ("RU-TUL",)
    assert len(AREAS.in_circle((54.51, 36.26), 30_000)) == 110
    assert AREAS.in_circle((75.5, 130.0), 1) == ()


POINTS = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=8)


@given(POINTS)
def test_no_outline_makes_it_stumble(points: list[tuple[float, float]]) -> None:
    assert set(AREAS.in_polygon(points)) <= {city.region for city in load_locations().cities}


@pytest.mark.parametrize(
    ("name", "value", "region"),
    [
        *[(name, "RU-KLU", "RU-KLU") for name in ("ISO3166-2", "ISO 3166-2", "iso_3166_2")],
        ("ISO-3166-2", "ua-63", "UA-63"),
        *[("OKTMO", value, "RU-KLU") for value in ("29000000", "29701000", "29701000001")],
        *[("OKATO", value, "RU-KLU") for value in ("29", "29000000000", "29401")],
        *[("OKTMO", "11800000", "RU-NEN"), ("OKATO", "11100000000", "RU-NEN")],
        *[("OKTMO", "71900000", "RU-YAN"), ("OKATO", "71140000000", "RU-YAN")],
        *[("OKTMO", "71701000", "RU-TYU"), ("ОКАТО", "71401000000", "RU-TYU")],
        *[("KATOTTG", "UA63000000000041885", "UA-63"), ("KOATUU", "6310100000", "UA-63")],
        *[("КАТОТТГ", "UA80000000000093317", "UA-30"), ("KOATUU", "4400000000", "UA-09")],
    ],
)
def test_a_code_leads_to_its_region(catalog: Catalog, name: str, value: str, region: str) -> None:
    assert codings()[plain_name(name)].region(value, catalog.regions.keys()) == region


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("ISO3166-2", "RU"), ("ISO3166-2", "RU-XXX"), ("ISO3166-2", "KZ-ALM")],
        *[("OKTMO", "55000000"), ("OKTMO", "2970100"), ("OKTMO", "Kaluga"), ("OKATO", "71131000")],
        *[("KATOTTG", "6300000000"), ("KATOTTG", "UA99000000000000000"), ("KOATUU", "")],
    ],
)
def test_a_code_that_is_not_known_leads_to_none(catalog: Catalog, name: str, value: str) -> None:
    assert codings()[plain_name(name)].region(value, catalog.regions.keys()) is None


def test_every_region_has_a_code_of_its_countrys_classifier(catalog: Catalog) -> None:
    classifiers = ("oktmo", "okato", "katottg", "koatuu")
    listed = {code for name in classifiers for code in codings()[name].starts.values() if code}
    assert listed == set(catalog.regions)
