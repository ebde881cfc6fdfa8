"""Outlines and codes of areas lead to regions, or to none; never to one that is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.regions.areas import MOST_COMPARED, Areas, Effort
from reports.regions.geocodes import codings, plain_name
from reports.regions.locations import City, Locations, load_locations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.regions import Catalog

ALL = Areas(load_locations())
NEAR_OBNINSK = [(54.95, 36.30), (55.20, 36.30), (55.20, 36.75), (54.95, 36.75), (54.95, 36.30)]


def inside(outline: Sequence[tuple[float, float]], areas: Areas = ALL) -> tuple[str, ...]:
    return areas.in_polygon(outline, Effort())


def around(latitude: float, longitude: float, kilometres: float) -> tuple[str, ...]:
    return ALL.in_circle((latitude, longitude), kilometres, Effort())


def box(south: float, west: float, north: float, east: float) -> list[tuple[float, float]]:
    return [(south, west), (north, west), (north, east), (south, east), (south, west)]


def test_an_outline_is_in_the_regions_of_its_towns() -> None:
    assert inside(NEAR_OBNINSK) == ("RU-KLU",)
    assert inside(box(54.0, 36.0, 54.7, 37.9)) == ("RU-KLU", "RU-TUL")
    assert "RU-MOW" in inside(box(55.6, 37.4, 55.9, 37.8))


def test_the_way_around_an_outline_does_not_matter() -> None:
    assert inside(NEAR_OBNINSK[::-1]) == ("RU-KLU",)


def test_a_notch_without_towns_is_left_out() -> None:
    towns = Areas(Locations([City("A", 1, 1), City("B", 1, 3), City("C", 1, 5)]))
    notched = [(0, 0), (0, 6), (2, 6), (2, 4), (0.5, 4), (0.5, 2), (2, 2), (2, 0), (0, 0)]
    assert inside(notched, towns) == ("A", "C")


def test_an_outline_over_the_180th_meridian_does_not_go_around_the_globe() -> None:
    east_of_it = box(64, 170, 68, -169)
    assert inside(east_of_it) == ("RU-CHU",)
    assert inside([(n, e % 360 - 360) for n, e in east_of_it]) == ("RU-CHU",)


def test_an_area_without_a_town_is_in_the_region_of_the_nearest_and_not_a_far_one() -> None:
    assert inside(box(54.56, 36.20, 54.565, 36.205)) == ("RU-KLU",)
    assert inside(box(75.5, 130.0, 75.6, 130.1)) == ()


def test_an_area_without_a_town_on_a_border_is_in_no_region() -> None:
    assert inside(box(54.70, 37.04, 54.701, 37.041)) == ()
    assert around(54.70, 37.04, 0.1) == ()


def test_an_area_abroad_is_in_no_region() -> None:
    assert inside(box(48.7, 2.2, 49.0, 2.5)) == ()
    assert around(52.23, 21.01, 5) == ()


def test_an_outline_around_a_pole_or_too_ragged_is_in_no_region() -> None:
    polar = [(60.0, float(east)) for east in range(-180, 180, 60)]
    ragged = [(41.0 if at % 2 else 70.0, 30 + at / 100) for at in range(1000)]
    assert inside(polar) == ()
    assert inside(ragged) == ()


def test_a_circle_is_in_the_regions_of_its_towns_or_of_the_nearest() -> None:
    assert around(54.51, 36.26, 0) == ("RU-KLU",)
    assert around(54.19, 37.62, 12) == ("RU-TUL",)
    assert len(around(54.51, 36.26, 30_000)) == 110
    assert around(75.5, 130.0, 1) == ()


def test_a_message_with_ever_more_areas_costs_no_more_than_an_effort() -> None:
    effort = Effort()
    found = [ALL.in_circle((55.0, 60.0), 900, effort) for _ in range(1000)]
    assert (bool(found[0]), found[-1]) == (True, ())
    assert 0 <= effort.left < MOST_COMPARED / 100


POINTS = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=8)


@given(POINTS)
def test_no_outline_makes_it_stumble(points: list[tuple[float, float]]) -> None:
    assert set(inside(points)) <= {city.region for city in load_locations().cities}


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
