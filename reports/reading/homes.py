"""The region that a source speaks for, and what that says about the places it names."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reports.placed import Why
from reports.regions import Place
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model import Report
    from reports.reading.scope import Regions
    from reports.regions import Catalog, Mention
    from reports.text import Folded

MOST_NAMES = 1000
_LOCAL_ROLES = frozenset({"governor", "mayor", "mchs", "municipality", "opshtab"})
_OF_TOWNS = frozenset({"mayor", "municipality"})
_CITIES_AND_SURROUNDINGS = (
    frozenset({"RU-MOW", "RU-MOS"}),
    frozenset({"RU-SPE", "RU-LEN"}),
    frozenset({"UA-30", "UA-32"}),
    frozenset({"UA-40", "UA-43"}),
)


_QUOTES = dict.fromkeys(map(ord, '«»“”„"'))
""" "Администрация МО «Ухта»": in an office's own name its place may stand in quotes."""


class Homes:
    """Homes of sources, and their places told from namesakes elsewhere."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        # Sources are few, and each signs all its reports with the same name.
        self._named_by = lru_cache(MOST_NAMES)(self._read_name)

    def of(self, report: Report) -> Regions:
        """The source's one region: as the operator listed it, or as the source's name says."""
        listed = report.source.regions
        if listed:
            return listed if len(listed) == 1 else ()
        name = report.source.name
        # "Сочи официально": what opens a sentence may be an ordinary word, so the town is marked.
        return (
            self._named_by(name)
            or self._named_by(f"г. {name}")
            or self._named_by(name.translate(_QUOTES))
        )

    def _read_name(self, name: str) -> Regions:
        found = self._catalog.settle(self._catalog.mentions(fold(name)))
        settled = [mention for mention in found if len(mention.regions) == 1]
        whole = [mention for mention in settled if mention.what is Place.REGION]
        codes = {mention.regions[0] for mention in whole or settled}
        return tuple(codes) if len(codes) == 1 else ()

    def places(self, report: Report, folded: Folded, home: Regions) -> list[Mention]:
        """The places that a text names, also those that are marked as left out.

        A source that speaks for one region and names a small town elsewhere may mean a town of
        its own that the catalog lacks. Where the text speaks of the home region as well, such a
        namesake is left out; else it is left open. A town that is known is never doubted.
        """
        found = self._catalog.settle(self._catalog.mentions(folded), home)
        if not home or report.source.role not in _LOCAL_ROLES:
            return found
        near = {*home, *_around(home[0]), *_whole_regions(found)}
        found = [_left_out(m) if _is_a_village(m, near) else m for m in found]
        of_home = any(m.regions == home for m in found)
        of_town = report.source.role in _OF_TOWNS
        doubted = (_doubted(m, home) if _may_be_a_namesake(m, near) else m for m in found)
        if of_town:
            doubted = (_settled_at(m, home) if m.why is Why.FAR else m for m in doubted)
        return [_left_out(m) if of_home and _is_open_town(m) else m for m in doubted]


def _is_a_village(mention: Mention, near: set[str]) -> bool:
    """A village with the name of an airport elsewhere: nothing is said of flights."""
    elsewhere = mention.what is Place.AIRPORT and near.isdisjoint(mention.regions)
    return elsewhere and not mention.known


def _may_be_a_namesake(mention: Mention, near: set[str]) -> bool:
    if mention.what not in {Place.CITY, Place.DISTRICT} or mention.known:
        return False
    return near.isdisjoint(mention.regions)


def _doubted(mention: Mention, home: Regions) -> Mention:
    return replace(mention, regions=(*mention.regions, *home), why=Why.FAR)


def _settled_at(mention: Mention, home: Regions) -> Mention:
    """A town speaks of its own districts and suburbs, whatever bears their names elsewhere."""
    return replace(mention, regions=home, clear=True, why=Why.HOME)


def _left_out(mention: Mention) -> Mention:
    return replace(mention, why=Why.LEFT_OUT)


def _is_open_town(mention: Mention) -> bool:
    return mention.what is Place.CITY and len(mention.regions) > 1 and not mention.known


def _around(code: str) -> Iterable[str]:
    return (other for pair in _CITIES_AND_SURROUNDINGS if code in pair for other in pair)


def _whole_regions(found: Iterable[Mention]) -> Iterable[str]:
    return (m.regions[0] for m in found if m.what is Place.REGION and len(m.regions) == 1)
