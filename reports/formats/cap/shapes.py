"""Polygons and circles, from how CAP writes them."""

from __future__ import annotations

from reports.formats.cap.message import Circle, Point

FEWEST = 4
"""Points of a polygon, the last of which is the first again."""


def polygon_of(text: str) -> tuple[Point, ...] | None:
    """ "54.1,36.1 54.9,36.1 54.5,37.0 54.1,36.1"; one left open is closed. None for nonsense."""
    points = [_point(pair) for pair in text.split()]
    known = [point for point in points if point is not None]
    if len(known) < len(points) or not known:
        return None
    closed = known if known[0] == known[-1] else [*known, known[0]]
    return tuple(closed) if len(closed) >= FEWEST else None


def circle_of(text: str) -> Circle | None:
    """ "54.5,36.2 10": a point, and kilometres around it. None for nonsense."""
    point, _, radius = text.strip().rpartition(" ")
    centre, kilometres = _point(point.strip()), _number(radius)
    if centre is None or kilometres is None or kilometres < 0:
        return None
    return Circle(centre, kilometres)


def _point(pair: str) -> Point | None:
    latitude, _, longitude = pair.partition(",")
    north, east = _number(latitude), _number(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None
    return north, east


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None  # neither is NaN
