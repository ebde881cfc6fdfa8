"""Every name that a person may type for a region, and the nearest ones to a misspelt name."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reports.model import Language
from reports.regions.heads import REGION_KINDS
from reports.regions.latin import in_latin
from reports.regions.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.regions.tables import Entry, Tables

Codes = tuple[str, ...]

SHORTEST_GUESSED = 4
_ENDINGS = {"o": "ая", "r": "ая", "k": "ий", "a": "ий"}
_PREFIX_COSTS = 1.5


class Spellings:
    """Names to region codes, and by nearness of their spelling (OSA distance)."""

    def __init__(self, names: Iterable[tuple[str, Codes]]) -> None:
        self._codes: dict[str, Codes] = {}
        shared: dict[Codes, Codes] = {}  # few differ, of many thousands
        for name, codes in names:
            known = self._codes.get(name, ())
            each_once = tuple(dict.fromkeys((*known, *codes)))
            self._codes[name] = shared.setdefault(each_once, each_once)
        self._guessable = [name for name in self._codes if len(name) >= SHORTEST_GUESSED]
        self._in_order = sorted(self._guessable)

    def exact(self, name: str) -> Codes:
        """The regions of exactly this name, best first."""
        return self._codes.get(name, ())

    def items(self) -> Iterable[tuple[str, Codes]]:
        """All names with their regions."""
        return self._codes.items()

    def near(self, name: str) -> dict[str, float]:
        """Codes by distance, for the names within a typo or two (three in long ones)."""
        if len(name) < SHORTEST_GUESSED:
            return {}
        distances: dict[str, float] = {}
        allowed = 1 + (len(name) > 5) + (len(name) > 9)
        found = process.extract(
            name, self._guessable, scorer=OSA.distance, score_cutoff=allowed, limit=20
        )
        begun = ((known, _PREFIX_COSTS, 0) for known in self._beginning_with(name))
        for known, distance, _ in (*found, *begun):
            for code in self._codes[known]:
                distances[code] = min(distance, distances.get(code, distance))
        return distances

    def _beginning_with(self, name: str) -> Iterator[str]:
        begin = bisect_left(self._in_order, name)
        return takewhile(lambda known: known.startswith(name), islice(self._in_order, begin, None))


def region_spellings(tables: Tables) -> Spellings:
    """The names of regions and their main cities, in all cases, and "калужская"."""
    return Spellings(_region_names(tables))


def town_spellings(tables: Tables) -> Spellings:
    """The names of all other towns, with their namesakes by size."""
    return Spellings(
        (name, tuple(entry.regions[0] for entry in _by_size(entries) if entry.what is Place.CITY))
        for name, entries in tables.names.items()
        if any(entry.what is Place.CITY for entry in entries)
    )


def latin_spellings(spellings: Spellings) -> Spellings:
    """The same names in one plain Latin spelling."""
    return Spellings((in_latin(name), codes) for name, codes in spellings.items())


def _region_names(tables: Tables) -> Iterator[tuple[str, Codes]]:
    yield from ((name, (code,)) for name, code in tables.typed.items())
    for code, region in tables.regions.items():
        for language in Language:
            yield region.name[language].lower().replace("-", " ").replace("ё", "е"), (code,)
    for name, entries in tables.names.items():
        if codes := tuple(entry.regions[0] for entry in entries if _is_region(entry)):
            yield name, codes
    for root, heads in tables.adjectives.items():
        for kind in REGION_KINDS:
            if codes := heads.get(kind, ()):
                yield root + _ENDINGS[kind], codes
    for core, heads in tables.cores.items():
        if core not in tables.names:
            yield core, tuple(code for kind in REGION_KINDS for code in heads.get(kind, ()))


def _is_region(entry: Entry) -> bool:
    return entry.what is Place.REGION or "m" in entry.flags


def _by_size(entries: tuple[Entry, ...]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.people, reverse=True)
