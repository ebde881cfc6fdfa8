"""Incidents of a part of a text, with the spans that they have in the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model import Fact, Incident


def moved(incident: Incident, by: int) -> Incident:
    """The incident of a part that starts so many code points into the whole."""
    return replace(
        incident,
        evidence=_spans(incident.evidence, by),
        destroyed=_fact(incident.destroyed, by),
        killed=_fact(incident.killed, by),
        injured=_fact(incident.injured, by),
        damage=_fact(incident.damage, by),
    )


def _fact(fact: Fact, by: int) -> Fact:
    earlier = tuple(_fact(one, by) for one in fact.earlier)
    return replace(fact, evidence=_spans(fact.evidence, by), earlier=earlier)


def _spans(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple(Span(span.start + by, span.end + by) for span in spans)
