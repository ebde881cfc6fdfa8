"""Areas on the map, as other systems draw them, and the regions of the towns in them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reports.regions.locations import KM_OF_DEGREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.regions.locations import City, Locations

    Point: TypeAlias = tuple[float, float]
    Edge: TypeAlias = tuple[Point, Point]

NEAR = 15.0
"""Kilometres from the middle of an area without a town to the town that tells its region."""

FARTHEST = 20_000.0
"""Kilometres: no point of the globe is farther from another."""

MOST_COMPARED = 1_000_000
"""Comparisons of a town with an edge or a middle, which take about half a second. Outlines that
follow borders stay far below; only those that run up and down the map again and again do not.
"""


@dataclass(slots=True)
class Effort:
    """What may still be spent on the areas of one message."""

    left: int = MOST_COMPARED

    def spent(self, compared: int) -> bool:
        """Whether so many comparisons can still be afforded; they are taken off then."""
        if compared > self.left:
            return False
        self.left -= compared
        return True


class Areas:
    """Finds the regions of areas by their towns. Points are latitude and longitude in degrees."""

    def __init__(self, locations: Locations) -> None:
        self._locations = locations
        self._cities = locations.cities
        self._latitudes = [city.latitude for city in locations.cities]

    def in_polygon(self, outline: Sequence[Point], effort: Effort) -> tuple[str, ...]:
        """The regions of the towns inside, or of the town nearest to the middle of an area that
        has none. Sides are straight in degrees and never go the long way around the globe. Nothing
        for an outline around a pole, or where that is beyond the effort.
        """
        edges = _edges(_unrolled(outline))
        if edges is None or not effort.spent(self._crossings(edges)):
            return ()
        inside = self._inside(edges)
        return _regions(inside) if inside else self._nearest(*_middle(edges))

    def in_circle(self, centre: Point, kilometres: float, effort: Effort) -> tuple[str, ...]:
        """The regions of the towns inside, or of the one nearest to the middle."""
        degrees = max(kilometres, NEAR) / KM_OF_DEGREE
        band = ((centre[0] - degrees, 0.0), (centre[0] + degrees, 0.0))
        if not effort.spent(len(self._beside(band))):
            return ()
        found = self._locations.within(min(kilometres, FARTHEST), *centre)
        return _regions([city for _, city in found]) if found else self._nearest(*centre)

    def _nearest(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """None where those around leave it open on which side of a border that is."""
        if not self._locations.within(NEAR, latitude, longitude):
            return ()
        exact = self._locations.locate(latitude, longitude).exact
        return (exact,) if exact else ()

    def _crossings(self, edges: Sequence[Edge]) -> int:
        return sum(len(self._beside(edge)) for edge in edges)

    def _beside(self, edge: Edge) -> range:
        """The towns between the latitudes of an edge's ends."""
        south, north = sorted((edge[0][0], edge[1][0]))
        return range(bisect_left(self._latitudes, south), bisect_left(self._latitudes, north))

    def _inside(self, edges: Sequence[Edge]) -> list[City]:
        """Towns from which an odd number of edges are to the east."""
        west = min(start[1] for start, _ in edges)
        odd: set[int] = set()
        for edge in edges:
            (south, left), (north, right) = edge
            for at in self._beside(edge):
                city = self._cities[at]
                along = (city.latitude - south) / (north - south)
                if west + (city.longitude - west) % 360 < left + along * (right - left):
                    odd ^= {at}
        return [self._cities[at] for at in sorted(odd)]


def _unrolled(outline: Sequence[Point]) -> Iterator[Point]:
    """The outline with longitudes that go on over the 180th meridian instead of jumping."""
    last = outline[0][1] if outline else 0.0
    for latitude, longitude in outline:
        last += (longitude - last + 180) % 360 - 180
        yield latitude, last


def _edges(points: Iterator[Point]) -> list[Edge] | None:
    """The sides; None where they do not come back to where they started."""
    story = list(points)
    closed = bool(story) and abs(story[0][1] - story[-1][1]) < 180
    return list(zip(story, [*story[1:], story[0]], strict=True)) if closed else None


def _middle(edges: Sequence[Edge]) -> Point:
    corners = {start for start, _ in edges}
    latitude = sum(point[0] for point in corners) / len(corners)
    longitude = sum(point[1] for point in corners) / len(corners)
    return latitude, (longitude + 180) % 360 - 180


def _regions(cities: Sequence[City]) -> tuple[str, ...]:
    return tuple(sorted({city.region for city in cities if city.region}))
