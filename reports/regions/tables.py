"""The packaged data: what `tools/build_catalog.py` wrote, and the words around names."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.model import Language
from reports.regions.model import Airport, Place, Region

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDINGS = frozenset(
    [
        *("ий", "ый", "ой", "ого", "его", "ому", "ему", "им", "ым", "ом", "ем", "ая", "яя", "ую"),
        *("юю", "ою", "ей", "ое", "ее", "ие", "ые", "их", "ых", "ими", "ыми"),
    ]
)


class Entry(NamedTuple):
    """A place that a name may mean. `people` is 0 where it is unknown or does not matter."""

    what: Place
    regions: tuple[str, ...]
    airports: tuple[str, ...]
    people: int
    flags: str


Heads = dict[str, tuple[str, ...]]
"""What an adjective, or an English name before "region", means: codes by kind of head."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All names, ready to be looked up by their folded words joined by blanks."""

    regions: Mapping[str, Region]
    airports: Mapping[str, Airport]
    airport_cities: Mapping[str, str]
    """Russian names of the cities, by ICAO code."""
    names: Mapping[str, tuple[Entry, ...]]
    nominatives: frozenset[str]
    lengths: Mapping[str, int]
    """By first word: the most words that a name starting so has, where it has more than one."""
    adjectives: Mapping[str, Heads]
    cores: Mapping[str, Heads]
    typed: Mapping[str, str]


def load_tables() -> Tables:
    """Reads the packaged file; about 30 ms."""
    raw = json.loads(_file("catalog.json"))
    names, nominatives = _names(raw["places"])
    adjectives, cores = _heads(raw["adjectives"]), _heads(raw["cores"])
    return Tables(
        regions={code: _region(code, row) for code, row in raw["regions"].items()},
        airports={icao: _airport(icao, row) for icao, row in raw["airports"].items()},
        airport_cities={icao: row[4] for icao, row in raw["airports"].items()},
        names=names,
        nominatives=nominatives,
        lengths=_lengths(names, adjectives, cores),
        adjectives=adjectives,
        cores=cores,
        typed=raw["typed"],
    )


def load_words() -> dict[str, dict[str, str]]:
    """The words around names, as in words.toml."""
    return tomllib.loads(_file("words.toml"))


def stem(word: str) -> str | None:
    """A Russian adjective without its ending; None for what cannot be one."""
    for length in (3, 2):
        if word[-length:] in ENDINGS:
            return word[:-length]
    return None


def _file(name: str) -> str:
    return resources.files(__package__ or "reports.regions").joinpath(name).read_text("utf-8")


def _region(code: str, row: list[str]) -> Region:
    russian, english, city_ru, city_en, timezone = row
    return Region(
        code=code,
        name={Language.RU: russian, Language.EN: english},
        city={Language.RU: city_ru, Language.EN: city_en},
        timezone=timezone,
    )


def _airport(icao: str, row: list[str]) -> Airport:
    iata, regions, russian, english, _city = row
    name = {Language.RU: russian, Language.EN: english}
    return Airport(icao, iata or None, name, tuple(regions.split()))


def _names(rows: list[list[Any]]) -> tuple[dict[str, tuple[Entry, ...]], frozenset[str]]:
    """The places by every form of their names, and the nominatives. Kept short for its speed."""
    names: dict[str, tuple[Entry, ...]] = {}
    nominatives = []
    for what, regions, airports, people, flags, forms in rows:
        alone = (Entry(_kind(what), _codes(regions), _codes(airports), people, flags),)
        start, *ends = forms.split("|")
        spelled = [start + end for end in ends]
        nominatives.append(spelled[0])
        for form in spelled:
            names[form] = names[form] + alone if form in names else alone
    return names, frozenset(nominatives)


@cache
def _kind(what: str) -> Place:
    return Place(what)


@cache
def _codes(codes: str) -> tuple[str, ...]:
    return tuple(codes.split())


def _heads(raw: dict[str, dict[str, str]]) -> dict[str, Heads]:
    return {
        name: {head: _codes(codes) for head, codes in heads.items()} for name, heads in raw.items()
    }


def _lengths(*tables: Mapping[str, object]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    for table in tables:
        for name in table:
            if " " in name:
                first, *rest = name.split(" ")
                lengths[first] = max(lengths.get(first, 1), 1 + len(rest))
    return lengths
