"""The regions that a CAP message is for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reports.regions import Place
from reports.regions.areas import Areas, Effort
from reports.regions.geocodes import codings, plain_name
from reports.regions.locations import load_locations
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.formats.cap import Area
    from reports.regions import Catalog, Mention

_NO_NAME = "?"


@dataclass(frozen=True, slots=True)
class Targeted:
    """The regions of several areas together, and the names of the areas that are not known."""

    regions: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def __add__(self, other: Targeted) -> Targeted:
        """Both, each region and each name once."""
        return Targeted(
            tuple(dict.fromkeys((*self.regions, *other.regions))),
            tuple(dict.fromkeys((*self.unknown, *other.unknown))),
        )


class Targets:
    """Finds the regions of areas: by their codes, or else where they lie, or else by their names.

    An area inside a region stands for the region.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @cached_property
    def _map(self) -> Areas:
        return Areas(load_locations())  # most messages have codes, and need no map

    def of_each(self, blocks: Iterable[Sequence[Area]]) -> list[Targeted]:
        """The areas of each block of a message together."""
        effort = Effort()
        return [sum((self._of(area, effort) for area in areas), Targeted()) for areas in blocks]

    def _of(self, area: Area, effort: Effort) -> Targeted:
        known, unknown = self._by_codes(area)
        if known:
            return Targeted(known, unknown)
        drawn, called = tuple(dict.fromkeys(self._by_map(area, effort))), self._by_name(area)
        # Where the two have nothing in common, one is wrong: degrees in the wrong order may lead
        # to another region.
        apart = drawn and called and set(drawn).isdisjoint(called)
        found = () if apart else drawn or called
        return Targeted(found) if found else Targeted((), (area.description or _NO_NAME,))

    def _by_codes(self, area: Area) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Regions, and the codes of systems known here that lead to none."""
        known, unknown = [], []
        for name, value in area.geocodes:
            coding = codings().get(plain_name(name))
            region = coding.region(value, self._catalog.regions.keys()) if coding else None
            if region:
                known.append(region)
            elif coding:
                unknown.append(f"{name} {value}")
        return tuple(dict.fromkeys(known)), tuple(unknown)

    def _by_map(self, area: Area, effort: Effort) -> Iterator[str]:
        for outline in area.polygons:
            yield from self._map.in_polygon(outline, effort)
        for circle in area.circles:
            yield from self._map.in_circle(circle.centre, circle.radius, effort)

    def _by_name(self, area: Area) -> tuple[str, ...]:
        """The regions that the name settles; none where it leaves any place open."""
        found = self._catalog.settle(self._catalog.mentions(fold(area.description)))
        found = [mention for mention in found if mention.what is not Place.AIRPORT]
        if not all(map(_is_settled, found)):
            return ()
        return tuple(dict.fromkeys(code for mention in found for code in mention.regions))


def _is_settled(mention: Mention) -> bool:
    return len(mention.regions) == 1 and not mention.shy
