"""Which part of a text a drill or a test of sirens rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.assertion import telling
from reports.reading.dates import When
from reports.reading.occasions import opens_paragraph
from reports.reading.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.dates import Calendar
    from reports.reading.passages import Passage

_OTHER_DAY = (When.PAST, When.LATE, When.AHEAD)


def ruled_by_drills(passages: Sequence[Passage], calendar: Calendar) -> set[int] | None:
    """The sentences that only tell of drills; None where the whole text may.

    A drill rules the whole text, for its scenario sounds like news. Beside news it rules its
    sentence and what follows up to another place, if it is about another place than the news,
    or about another day and the news came before it.
    """
    drills = [at for at, passage in enumerate(passages) if passage.sentence.has(Sense.DRILL)]
    if not drills:
        return set()
    ruled = _ruled(passages, drills)
    news = [at for at, p in enumerate(passages) if at not in ruled and telling(p) is not None]
    regions = {code for at in news for code in _regions(passages[at])}
    named = _named(passages)
    for at in drills:
        apart = bool(named[at]) and named[at].isdisjoint(regions)
        if not apart and (not news or at < news[-1] or not _of_other_day(passages[at], calendar)):
            return None
    return ruled if news else None


def _ruled(passages: Sequence[Passage], drills: Sequence[int]) -> set[int]:
    """The drills' sentences, and what follows them up to another place."""
    ruled: set[int] = set()
    for drill in drills:
        here = _regions(passages[drill])
        for at in range(drill, len(passages)):
            passage = passages[at]
            if at in ruled:
                break
            if passage.places and here.isdisjoint(_regions(passage)):
                break
            ruled.add(at)
    return ruled


def _named(passages: Sequence[Passage]) -> list[set[str]]:
    """The regions that each sentence names, or what stands before it in its paragraph."""
    named: list[set[str]] = []
    for passage in passages:
        here = {code for place in passage.places for code in place.regions}
        goes_on = named and not here and not opens_paragraph(passage)
        named.append(named[-1] if goes_on else here)
    return named


def _of_other_day(drill: Passage, calendar: Calendar) -> bool:
    sentence = drill.sentence
    return (
        sentence.has(Sense.NEXT, Sense.DAY_BEFORE, Sense.TO_COME)
        or calendar.when(sentence) in _OTHER_DAY
    )


def _regions(passage: Passage) -> set[str]:
    return {code for scope in passage.scopes for code in scope.regions}
