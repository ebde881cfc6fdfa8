"""What rules find in a text before it is gathered into incidents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.model import Bound

if TYPE_CHECKING:
    from reports.model import Kind, Said, Target
    from reports.reading.scope import Scope


class How(StrEnum):
    """How a figure relates to the earlier ones about the same region."""

    NEW = "new"
    MORE = "more"
    TOTAL = "total"
    AGAIN = "again"
    """Speaks of persons who were counted before, if any were."""
    PART = "part"
    """Speaks of some of those who were counted before, if any were."""
    IN_CARE = "in_care"
    """Speaks of persons in hospital: counted where nothing else tells how many were hurt."""


Proof = tuple[tuple[int, int], ...]
"""Token ranges that prove something."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One field of an incident, as one clause states it."""

    name: str
    said: Said
    scope: Scope
    at: int
    number: int | None = None
    how: How = How.NEW
    proof: Proof = ()
    broad: bool = False
    """Said of casualties in general, so a stated injury outweighs it."""
    bound: Bound = Bound.EXACT
    added: bool = False
    """On top of those told before this report."""
    who: str = ""
    """The one person it speaks of, to recognise them when named again; "" for anybody."""
    spot: frozenset[str] = frozenset()
    """The towns and districts where the story stands; empty in a whole region."""
    struck: bool = False
    """Its sentence tells of a strike, so it may speak of new persons."""


@dataclass(frozen=True, slots=True)
class Event:
    """Evidence that something of a kind happened in a place."""

    kind: Kind
    scope: Scope
    at: int
    targets: frozenset[Target] = frozenset()
    airports: tuple[str, ...] = ()
    proof: Proof = ()
    unrelated: bool = False
    """The text says that no attack caused it."""
    where: frozenset[str] = frozenset()
    """The towns and districts that it is narrowed down to."""
    stands: bool = False
    """A danger said to remain in force."""
    usual: bool = False
    """Of an airport: it works as ever; that it was closed is for others to tell."""
