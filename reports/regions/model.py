"""Regions, airports, and what finding them in words comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model import Language, Span
    from reports.placed import Why


@dataclass(frozen=True, slots=True)
class Region:
    """An ISO 3166-2 subdivision. `code` is an opaque key, never shown to people."""

    code: str
    name: Mapping[Language, str]
    """What people read: "Калужская область", "Kaluga Region"."""
    city: Mapping[Language, str]
    """The main city: "Калуга", "Kaluga"."""
    timezone: str
    """IANA name of the main city's time zone."""


@dataclass(frozen=True, slots=True)
class Airport:
    """A civil airport. `regions` are those it serves, first the one it is counted to."""

    icao: str
    iata: str | None
    name: Mapping[Language, str]
    regions: tuple[str, ...]


class Place(StrEnum):
    """What kind of place a text names."""

    REGION = "region"
    CITY = "city"
    DISTRICT = "district"
    AIRPORT = "airport"
    HUB = "hub"
    """Several airports of one city under one name: "Московский авиаузел"."""
    GROUP = "group"
    """Several regions under one name: a federal district. Never fanned out silently."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a text names.

    `span` is in the folded text (`Folded.text`); `Folded.span` leads to the verbatim words.
    One region is settled; several are namesakes, the best known first (all members of a group).
    """

    span: Span
    what: Place
    regions: tuple[str, ...]
    airports: tuple[str, ...] = ()
    """ICAO codes, for an airport or a hub."""
    clear: bool = False
    """The first of several namesakes is by far the largest, or a region's main city."""
    known: bool = False
    """An airport, or a town that is known far from its region: nobody means another by it."""
    shy: bool = False
    """A word that seldom names a place: it counts only where a region or the source says so."""
    why: Why | None = None
    """What settled it among namesakes, or left it open or out; None where only its words did."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a name that a person typed comes to.

    `exact` is followed at once; `near` (at most four, best first) is asked about. Neither:
    nothing like it is known.
    """

    typed: str
    exact: str | None = None
    near: tuple[str, ...] = ()
