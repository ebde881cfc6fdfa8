"""An update that says what holds instead of what its publisher said before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reports.incidents.merge import merge, one_event
from reports.incidents.weighing import without
from reports.model import FACTS, Fact, Incident, Kind, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

_THREATS = frozenset({Kind.AIR_ALERT, Kind.ALL_CLEAR})


def whole(said: Incident) -> Incident:
    """`said` with figures that come on top of none: they stand for what was said before."""
    return replace(
        said, **{name: replace(getattr(said, name), added=False, earlier=()) for name in FACTS}
    )


def supersede(known: Incident, said: Incident, held: Collection[str], *, alone: bool) -> Incident:
    """What is known once `said` replaces it: its figures and target count, gaps are filled.

    `held` names the fields that a person corrected. `alone`: nobody else spoke of it, so that an
    alert's new target takes the place of the old one.
    """
    left: dict[str, Any] = {
        name: without(getattr(known, name), _of_the_publisher(getattr(said, name)))
        for name in FACTS
        if name not in held and _replaces(getattr(known, name), getattr(said, name))
    }
    merged = merge(replace(known, **left), said, held=frozenset(held))
    new_target = alone and said.kind in _THREATS
    return replace(merged, target=said.target) if new_target else merged


def pairs(
    said: Iterable[Incident], known: Mapping[int, Incident], alone: Collection[int]
) -> dict[Incident, int]:
    """Which of the known incidents, by number, each of those said is. Each is one at most.

    `alone`: those of which nobody else spoke; there also the target may be another than before.
    """
    found: dict[Incident, int] = {}

    def pair(alike: Callable[[int, Incident, Incident], bool]) -> None:
        for one in said:
            free = (number for number in known if number not in found.values())
            number = next((n for n in free if alike(n, known[n], one)), None)
            if one not in found and number is not None:
                found[one] = number

    said = list(said)
    pair(lambda _, old, new: one_event(old, new) and old.target is new.target)
    pair(lambda _, old, new: one_event(old, new))
    pair(lambda number, old, new: number in alone and _place(old) == _place(new))
    return found


def _of_the_publisher(new: Fact) -> Callable[[Fact], bool]:
    """Of which words it takes the place: those of its publisher, and of nobody known."""
    return lambda old: old.by is None or (new.by is not None and old.by.source == new.by.source)


def _replaces(old: Fact, new: Fact) -> bool:
    counted = new.number is not None or old.number is None
    return new.said is Said.DENIED or (new.said is Said.STATED and counted)


def _place(incident: Incident) -> tuple[str, Kind, bool]:
    return incident.region, incident.kind, incident.recap
