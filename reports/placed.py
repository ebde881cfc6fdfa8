"""Places that a text names, and why each became its region."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.model import Span


class Why(StrEnum):
    """Why a place became its region, was left open, or was left out."""

    NAMED = "named"
    """It is a region's own name."""
    ONLY_ONE = "only_one"
    """No other place of this name is known."""
    AIRPORT = "airport"
    """An airport, or those of a city: the catalog says which region it counts to."""
    ITS_CITY = "its_city"
    """A district of the city that is named after it."""
    REGION_IN_TEXT = "region_in_text"
    """A namesake in a region that the text names."""
    CITY_IN_TEXT = "city_in_text"
    """A namesake in the region of a city that the text names."""
    HOME = "home"
    """A namesake in the source's own region."""
    SIZE = "size"
    """By far the largest of its namesakes, or a region's main city."""
    HERE = "here"
    """The source speaks of its own region."""
    SEA = "sea"
    """A sea, which belongs to no region unless the source speaks for one."""

    UNSETTLED = "unsettled"
    """Namesakes that nothing settles."""
    FAR = "far"
    """Known only outside the source's region, which may have a small place of this name."""
    GROUP = "group"
    """It stands for several regions."""

    COMMON = "common"
    """A name so common that it says nothing of the region."""
    LEFT_OUT = "left_out"
    """Known only elsewhere, where the text speaks of the source's region as well."""
    ASIDE = "aside"
    """Named for something else than where it happened: a border, a hospital, a direction."""
    AIRPORTS_NAME = "airports_name"
    """In brackets after a city: the name of its airport."""
    DIVERTED = "diverted"
    """It only took in diverted flights."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that a text names: `regions` is what it became, empty where it became none.

    `span` is in the verbatim text. `candidates` are the regions that it may be in, the best
    known first, where it was left open.
    """

    span: Span
    regions: tuple[str, ...]
    why: Why
    candidates: tuple[str, ...] = ()
