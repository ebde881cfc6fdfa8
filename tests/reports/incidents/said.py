"""Short ways to say who said what, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reports.incidents.merge import merge, voiced
from reports.model import Fact, Incident, Kind, Said, Span, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable

NIGHT = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)
ATTACK = Incident("RU-KLU", Kind.AIR_ATTACK)
DENIED = Fact(Said.DENIED)
NOBODY = Fact(Said.DENIED, evidence=(Span(0, 6),))
"""As a report says of deaths and injuries in the same words."""


def number(n: int) -> Fact:
    return Fact(Said.STATED, n)


def added(n: int) -> Fact:
    return Fact(Said.STATED, n, added=True)


def says(source: str, minute: int, **facts: Fact) -> Incident:
    """What that source says so many minutes after three; the governor's is the region's own."""
    at = NIGHT + timedelta(minutes=minute)
    voice = Voice(source, source.capitalize(), at, f"{source}-{minute}", source == "governor")
    return voiced(replace(ATTACK, **facts), voice)  # type: ignore[arg-type]  # facts by name


def known(told: Iterable[Incident]) -> Incident:
    """What is known after all that, in the order in which it came in."""
    first, *others = told
    latest, found = _at(first), first
    for one in others:
        found = merge(found, one, newer=_at(one) >= latest)
        latest = max(latest, _at(one))
    return found


def _at(one: Incident) -> datetime:
    facts = (one.destroyed, one.killed, one.injured, one.damage)
    return max((fact.by.at for fact in facts if fact.by), default=NIGHT)
