"""The region that a source speaks for, and what that says about the places it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.regions import Place
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model import Report
    from reports.reading.scope import Regions
    from reports.regions import Catalog, Mention
    from reports.text import Folded

_LOCAL_ROLES = frozenset({"governor", "mayor", "mchs", "municipality", "opshtab"})
_CITIES_AND_SURROUNDINGS = (
    frozenset({"RU-MOW", "RU-MOS"}),
    frozenset({"RU-SPE", "RU-LEN"}),
    frozenset({"UA-30", "UA-32"}),
    frozenset({"UA-40", "UA-43"}),
)
_STEM = 4


class Homes:
    """Homes of sources, and their places told from namesakes elsewhere."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, report: Report) -> Regions:
        """The source's one region: as the operator listed it, or as the source's name says."""
        listed = report.source.regions
        if listed:
            return listed if len(listed) == 1 else ()
        named = self._catalog.settle(self._catalog.mentions(fold(report.source.name)))
        codes = {mention.regions[0] for mention in named if len(mention.regions) == 1}
        return tuple(codes) if len(codes) == 1 else ()

    def places(self, report: Report, folded: Folded, home: Regions) -> list[Mention]:
        """The places that a text names.

        A local office that names a small town elsewhere, and not its region, means a town of
        its own that the catalog lacks: such a namesake is left out.
        """
        found = self._catalog.settle(self._catalog.mentions(folded), home)
        if not home or report.source.role not in _LOCAL_ROLES:
            return found
        near = {*home, *_around(home[0]), *_whole_regions(found)}
        return [m for m in found if not self._is_namesake(m, folded, near)]

    def _is_namesake(self, mention: Mention, folded: Folded, near: set[str]) -> bool:
        if mention.what not in {Place.CITY, Place.DISTRICT} or near.intersection(mention.regions):
            return False
        name = mention.span.of(folded.text)
        return not any(self._is_main_city(code, name) for code in mention.regions)

    def _is_main_city(self, code: str, name: str) -> bool:
        cities = self._catalog.region(code).city.values()
        return any(fold(city).text[:_STEM] == name[:_STEM] for city in cities)


def _around(code: str) -> Iterable[str]:
    return (other for pair in _CITIES_AND_SURROUNDINGS if code in pair for other in pair)


def _whole_regions(found: Iterable[Mention]) -> Iterable[str]:
    return (m.regions[0] for m in found if m.what is Place.REGION and len(m.regions) == 1)
