"""The places of a text as they are explained: what each became, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.placed import Placed, Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.evidence import Spans
    from reports.reading.passages import Passage
    from reports.reading.scope import Named, Place

_OUT = frozenset({Why.LEFT_OUT, Why.COMMON, Why.ASIDE, Why.AIRPORTS_NAME, Why.DIVERTED})


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A text before rules look for facts in it: its places, and its sentences with theirs."""

    spans: Spans
    named: Named
    passages: Sequence[Passage]


def placed(text: LaidOut) -> tuple[Placed, ...]:
    """The places that a text names, in its order."""
    near = {place.first for passage in text.passages for place in passage.places}
    counted = {
        place.first
        for passage in text.passages
        for group in passage.groups
        for place in group.places
    }
    found = [_placed(place, place.why, text.spans) for place in text.named.left_out]
    for place in text.named.places:
        why = _why(place, counted=place.first in counted) if place.first in near else Why.DIVERTED
        found.append(_placed(place, why, text.spans))
    return tuple(sorted(found, key=lambda place: place.span.start))


def _why(place: Place, *, counted: bool) -> Why:
    """Why a place is where it is, also one that the lists of its sentence went on without."""
    if not counted and place.common:
        return Why.COMMON
    return Why.LEFT_OUT if place.regions and not counted else place.why


def _placed(place: Place, why: Why, spans: Spans) -> Placed:
    (span,) = spans(((place.first, place.last),))
    if why in _OUT:
        return Placed(span, (), why)
    return Placed(span, place.regions, why, place.candidates)
