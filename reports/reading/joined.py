"""What several blocks of one CAP message tell, put together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import FACTS, Incident, Kind, Said

if TYPE_CHECKING:
    from collections.abc import Iterable


def together(told: Iterable[Iterable[Incident]]) -> tuple[Incident, ...]:
    """One incident for each region and kind: what is told later adds what was not said before."""
    known: dict[tuple[str, Kind], Incident] = {}
    for incident in (one for block in told for one in block):
        key = incident.region, incident.kind
        known[key] = _expanded(known[key], incident) if key in known else incident
    return tuple(known.values())


def clash(told: Iterable[Iterable[Incident]]) -> bool:
    """Whether one block says that an alert holds in a region, and another that it is over."""
    said: defaultdict[tuple[str, Kind], set[int]] = defaultdict(set)
    for number, block in enumerate(told):
        for one in block:
            said[one.region, one.kind].add(number)
    over = {region: blocks for (region, kind), blocks in said.items() if kind is Kind.ALL_CLEAR}
    return any(
        len(blocks | said.get((region, Kind.AIR_ALERT), set())) > 1
        for region, blocks in over.items()
        if (region, Kind.AIR_ALERT) in said
    )


def _expanded(known: Incident, later: Incident) -> Incident:
    more = {
        name: getattr(later, name) for name in FACTS if getattr(known, name).said is Said.NOT_SAID
    }
    airports = tuple(dict.fromkeys((*known.airports, *later.airports)))
    evidence = tuple(dict.fromkeys((*known.evidence, *later.evidence)))
    target = known.target or later.target
    return replace(known, **more, airports=airports, evidence=evidence, target=target)
