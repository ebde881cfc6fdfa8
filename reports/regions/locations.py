"""The region around a point on the map, by the cities near it."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import acos, cos, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KM_OF_RADIAN = 6371.0
KM_OF_DEGREE = 111.0
"""Of latitude, and a little less than it is, so that no city near the edge is passed over."""

FARTHEST = 250.0
"""Kilometres. A fifth of Russia's land is over 150 km from any city, so less would be too little. A
fifteenth is over 250 km; there the nearest city's region is the right one three times in four.
"""
NEIGHBOURS = 5
REACHES = (15.0, 60.0, FARTHEST, 4 * FARTHEST)
"""Kilometres within which the neighbours are looked for, one after another until all are there."""
TIMES_NEAREST, AND_KM = 4.0, 5.0
"""Cities so much farther than the nearest one do not make its region doubtful: in the middle of
a large town nobody is asked which of two regions it is in.
"""
MOST_NEAR = 4
PARTS = 1000
"""The packaged coordinates are whole thousandths of a degree."""


@dataclass(frozen=True, slots=True)
class Located:
    """What a point comes to; the point itself is not kept.

    `exact`: the nearest city is one of ours, and so far as those around it are ours, they agree.
    `near` (at most four, the nearest first): it is asked about. Neither: no region known here is
    around that point.
    """

    exact: str | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """`latitude` and `longitude` in degrees; `region` is empty for a city of no known region."""

    region: str
    latitude: float
    longitude: float


class Locations:
    """Cities to measure distances to. They are compared as points of a globe, so that neither
    the 180th meridian nor the far north is an edge.
    """

    def __init__(self, cities: Iterable[City]) -> None:
        by_latitude = sorted(cities, key=lambda city: city.latitude)
        self._latitudes = [city.latitude for city in by_latitude]
        self.cities: Sequence[City] = tuple(by_latitude)
        """From the south to the north."""
        self._cities = [(*_on_globe(city.latitude, city.longitude), city) for city in by_latitude]

    def locate(self, latitude: float, longitude: float) -> Located:
        """The region around a point, in degrees; none for what is no point on the globe."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # NaN is neither
            return Located()
        around = [city.region for city in self._around(latitude, longitude)]
        regions = tuple(dict.fromkeys(filter(None, around)))
        if len(regions) == 1 and around[0]:
            return Located(exact=regions[0])
        return Located(near=regions[:MOST_NEAR])

    def within(self, km: float, latitude: float, longitude: float) -> list[tuple[float, City]]:
        """The cities no farther than that, each after its distance in kilometres, in that order."""
        x, y, z = _on_globe(latitude, longitude)
        first = bisect_left(self._latitudes, latitude - km / KM_OF_DEGREE)
        last = bisect_right(self._latitudes, latitude + km / KM_OF_DEGREE)
        least = cos(km / KM_OF_RADIAN)
        found = [
            (KM_OF_RADIAN * acos(min(1.0, cosine)), city)
            for a, b, c, city in self._cities[first:last]
            if (cosine := x * a + y * b + z * c) >= least
        ]
        return sorted(found, key=lambda one: one[0])

    def _around(self, latitude: float, longitude: float) -> list[City]:
        """The nearest cities, without those that are much farther than the first."""
        found: list[tuple[float, City]] = []
        for reach in REACHES:
            found = self.within(reach, latitude, longitude)[:NEIGHBOURS]
            if len(found) == NEIGHBOURS:
                break
        if not found or found[0][0] > FARTHEST:
            return []
        farthest = found[0][0] * TIMES_NEAREST + AND_KM
        return [city for km, city in found if km <= farthest]


@cache
def load_locations() -> Locations:
    """The packaged cities, as `tools/build_cities.py` wrote them: read once, in about 30 ms."""
    file = resources.files(__package__ or "reports.regions").joinpath("cities.json")
    return Locations(_unpacked(json.loads(file.read_text("utf-8"))["cities"]))


def _unpacked(cities: dict[str, list[int]]) -> Iterator[City]:
    for region, parts in cities.items():
        for latitude, longitude in zip(parts[::2], parts[1::2], strict=True):
            yield City(region, latitude / PARTS, longitude / PARTS)


def _on_globe(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The point of a globe of radius 1."""
    up, around = radians(latitude), radians(longitude)
    return cos(up) * cos(around), cos(up) * sin(around), sin(up)
