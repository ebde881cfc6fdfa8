"""Statements and events, gathered into one incident for each region and kind."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import NOT_SAID, Incident, Kind, Said, Target
from reports.reading.dangers import Dangers
from reports.reading.figures import fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reports.model import Fact, Span
    from reports.reading.statements import Event, Proof, Statement

    Spans = Callable[[Proof], tuple[Span, ...]]

_FROM_ABOVE = (Kind.AIR_ATTACK, Kind.SHELLING)
_HARMFUL = (*_FROM_ABOVE, Kind.FIRE, Kind.POWER_OUTAGE, Kind.EXPLOSION)


class Gatherer:
    """Gathers what was found in one text."""

    def __init__(
        self,
        events: Sequence[Event],
        statements: Sequence[Statement],
        spans: Spans,
        named: frozenset[Target] = frozenset(),
    ) -> None:
        self._events = events
        self._statements = statements
        self._spans = spans
        self._context = _targets(events) or set(named)

    def incidents(self) -> list[Incident]:
        """One incident for each region and kind, in the order of the text."""
        found: list[Incident] = []
        for region in dict.fromkeys(code for event in self._events for code in event.scope.regions):
            here = [event for event in self._events if region in event.scope.regions]
            found += self._harmful(region, here)
            found += self._alerts(region, here)
            found += self._airports(region, here)
        return found

    def _harmful(self, region: str, events: Sequence[Event]) -> list[Incident]:
        events = _settled([event for event in events if event.kind in _HARMFUL])
        kinds = list(dict.fromkeys(event.kind for event in events))
        return [
            self._incident(region, kind, [event for event in events if event.kind is kind], events)
            for kind in kinds
        ]

    def _incident(
        self, region: str, kind: Kind, own: Sequence[Event], events: Sequence[Event]
    ) -> Incident:
        mine = [s for s in self._statements if self._belongs(s, region, kind, events)]
        targets = (_targets(own) or self._context) if kind is Kind.AIR_ATTACK else set()
        return Incident(
            region,
            kind,
            _one_target(targets),
            destroyed=self._fact("destroyed", mine),
            killed=self._fact("killed", mine),
            injured=self._fact("injured", mine),
            damage=self._damage(mine, kind, region, events),
            evidence=self._evidence(own),
        )

    def _damage(
        self, mine: Sequence[Statement], kind: Kind, region: str, events: Sequence[Event]
    ) -> Fact:
        """Damage as told; an outage that an attack caused is damage too."""
        told = self._fact("damage", mine)
        if told.said is Said.STATED or kind not in _FROM_ABOVE:
            return told
        outages = [
            event
            for event in self._events
            if event.kind is Kind.POWER_OUTAGE and region in event.scope.regions
            if not event.unrelated and _latest(events, event.at).kind is kind
        ]
        if not outages:
            return told
        return replace(NOT_SAID, said=Said.STATED, evidence=self._evidence(outages))

    def _fact(self, name: str, mine: Sequence[Statement]) -> Fact:
        """ "Two more" adds to earlier reports only where this one gives no figure before it."""
        about = _about(name, mine)
        found = fact(about, self._spans)
        if found.added and any(s.name == name and s.at < about[0].at for s in self._statements):
            return replace(found, added=False)
        return found

    def _belongs(
        self, statement: Statement, region: str, kind: Kind, events: Sequence[Event]
    ) -> bool:
        """Whether a statement tells of this incident: denials of all, the rest of the latest."""
        if region not in statement.scope.regions:
            return False
        if statement.name == "destroyed":
            return kind is Kind.AIR_ATTACK
        if statement.said is not Said.STATED and not _is_yet_to_be_told(kind, statement, events):
            return True
        return _latest(events, statement.at).kind is kind

    def _alerts(self, region: str, events: Sequence[Event]) -> list[Incident]:
        dangers = Dangers()
        for event in events:
            if event.kind in {Kind.AIR_ALERT, Kind.ALL_CLEAR}:
                dangers.take(event)
        return [
            Incident(
                region,
                kind,
                _one_target({target for target, _ in same if target}),
                evidence=self._evidence([event for _, event in same]),
            )
            for kind in (Kind.ALL_CLEAR, Kind.AIR_ALERT)
            if (same := [told for told in dangers.told if told[1].kind is kind])
        ]

    def _airports(self, region: str, events: Sequence[Event]) -> list[Incident]:
        states: dict[str, Event] = {}
        for event in events:
            if event.kind in {Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED}:
                _take_airports(states, event)
        return [
            Incident(
                region,
                kind,
                airports=tuple(code for code, _ in same if code),
                evidence=self._evidence([event for _, event in same]),
            )
            for kind in (Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED)
            if (same := [pair for pair in states.items() if pair[1].kind is kind])
        ]

    def _evidence(self, events: Iterable[Event]) -> tuple[Span, ...]:
        return self._spans(tuple(sorted({part for event in events for part in event.proof})))


def _is_yet_to_be_told(kind: Kind, statement: Statement, events: Sequence[Event]) -> bool:
    """Whether a denial comes between another incident, which it is of, and this one."""
    if not events or statement.at < events[0].at:
        return False
    return all(event.kind is not kind or event.at > statement.at for event in events)


def _latest(events: Sequence[Event], at: int) -> Event:
    """The last of the events before a place in the text, or the first."""
    before = bisect_right(events, at, key=lambda event: event.at)
    return events[max(0, before - 1)]


def _settled(events: list[Event]) -> list[Event]:
    """Fires, outages and explosions belong to the attack that caused them, a fire to the
    explosion.
    """
    above = [event for event in events if event.kind in _FROM_ABOVE]
    others = [e for e in events if e.kind not in _FROM_ABOVE and (e.unrelated or not above)]
    if any(event.kind is Kind.EXPLOSION for event in others):
        others = [event for event in others if event.kind is not Kind.FIRE]
    return sorted((*above, *others), key=lambda event: event.at)


def _about(name: str, statements: Iterable[Statement]) -> list[Statement]:
    """The statements about one field, without a broad denial that an injury outweighs."""
    all_of_them = list(statements)
    hurt = any(s.name == "injured" and s.said is Said.STATED for s in all_of_them)
    return [s for s in all_of_them if s.name == name and not (s.broad and hurt)]


def _targets(events: Iterable[Event]) -> set[Target]:
    return {target for event in events for target in event.targets}


def _one_target(found: set[Target]) -> Target | None:
    """The one kind of target, the finer of two; None for a mixture."""
    if found == {Target.DRONE, Target.FPV_DRONE}:
        return Target.FPV_DRONE
    return next(iter(found)) if len(found) == 1 else None


def _take_airports(states: dict[str, Event], event: Event) -> None:
    """Each airport by its last state; "the airports" without names means those named before.

    One that "works as usual" was never closed, unless the text says so.
    """
    if event.usual and states.keys().isdisjoint(event.airports or states):
        return
    if event.airports:
        named = dict.fromkeys(event.airports, event)
        if "" in states and states[""].kind is event.kind:
            del states[""]
        states.update(named)
        return
    known = [code for code in states if code]
    if event.kind is Kind.AIRPORT_REOPENED and states:
        states.update(dict.fromkeys(known or [""], event))
    elif not known:
        states[""] = event
