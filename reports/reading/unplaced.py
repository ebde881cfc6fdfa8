"""Attacks told of without a place that can be settled, beside consequences that have one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import Kind
from reports.reading.scope import Scope

if TYPE_CHECKING:
    from reports.reading.statements import Event, Statement

_FROM_ABOVE = frozenset({Kind.AIR_ATTACK, Kind.SHELLING})
_ON_THE_GROUND = frozenset({Kind.FIRE, Kind.POWER_OUTAGE, Kind.EXPLOSION})


def settle(events: list[Event], statements: list[Statement]) -> None:
    """Gives attacks without a region, where no other has one, the region of what they did.

    "A drone hit a bus in the Dnipro district. The engine caught fire": the fire is where the
    story stands, so the attack is there.
    """
    above = [event for event in events if event.kind in _FROM_ABOVE]
    if not above or any(event.scope.regions for event in above):
        return
    burning = (event for event in events if event.kind in _ON_THE_GROUND)
    told = (*(event.scope for event in burning), *(s.scope for s in statements))
    regions = {code for scope in told for code in scope.regions}
    if len(regions) == 1:
        there = Scope(tuple(regions))
        for at, event in enumerate(events):
            if event.kind in _FROM_ABOVE:
                events[at] = replace(event, scope=there)
        for at, statement in enumerate(statements):
            if not statement.scope.regions:
                statements[at] = replace(statement, scope=there)
