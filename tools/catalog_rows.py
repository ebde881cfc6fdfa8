"""What stands in the catalog's tables: places, airports, adjectives, as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tools.inflection import analyzer


@dataclass(frozen=True, slots=True)
class Place:
    """One name of one place, with its forms."""

    what: str
    regions: tuple[str, ...]
    forms: tuple[str, ...]
    airports: tuple[str, ...] = ()
    people: int = 0
    flags: str = ""
    """m main city, w an ordinary word too, j declined like an adjective, c capitals only, s shy,
    o at the opening of a sentence only, i an airport's code.
    """

    def row(self) -> list[Any]:
        stem = common_start(self.forms)
        ends = "|".join([stem, *(form[len(stem) :] for form in self.forms)])
        return [
            self.what,
            " ".join(self.regions),
            " ".join(self.airports),
            self.people,
            self.flags,
            ends,
        ]


def common_start(words: tuple[str, ...]) -> str:
    """The letters that all words begin with."""
    first, last = min(words), max(words)
    same = (place for place, letter in enumerate(first) if letter != last[place : place + 1])
    return first[: next(same, len(first))]


def joined(heads: dict[str, list[str]]) -> dict[str, str]:
    return {head: " ".join(sorted(set(codes))) for head, codes in sorted(heads.items())}


def airport_row(airport: dict[str, Any]) -> list[Any]:
    """IATA, regions, shown names (ru, en), city names (ru, en)."""
    shown = []
    for language in ("ru", "en"):
        own, city = airport.get(language), airport["city"][language]
        shown.append(city if own is None else own if airport.get("alone") else f"{city} ({own})")
    return [airport["iata"], " ".join(airport["regions"]), *shown, airport["city"]["ru"]]


def respellings(district: str) -> list[str]:
    """ "Малоярославецкий" of "Малоярославетский": how it is meant where GeoNames spells by ear."""
    right = re.sub("етский$", "ецкий", district)
    right = re.sub("л(?=ский$)", "ль", right)
    return [right] if right != district else []


def is_word(name: str) -> bool:
    """Whether a name is an ordinary word or a person's name as well."""
    if len(name.split()) > 1 or "-" in name:
        return False
    return any(p.is_known and "Geox" not in p.tag for p in analyzer().parse(name.lower()))
