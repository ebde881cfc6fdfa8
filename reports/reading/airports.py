"""Airports: closed or restricted, open again, or in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Kind, Said
from reports.reading.denial import of_verb
from reports.reading.endings import Ending, Words, ending
from reports.reading.passages import proof
from reports.reading.scope import NOWHERE, Scope
from reports.reading.senses import Sense
from reports.reading.statements import Event
from reports.reading.statuses import Doubt, doubts, settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.scope import Place
    from reports.reading.sentences import Clause
    from reports.reading.statuses import Status

_REOPENED = Words((Sense.REOPENED,), Sense.OPENING_NAMED)
_LIFTED = Words((Sense.REOPENED, Sense.LIFTED), Sense.OPENING_NAMED)
_OF_AIRPORTS = (Sense.CLOSED, Sense.RESTRICTION, Sense.LIFTED, Sense.REOPENED, Sense.AIRPORT)


def airports(passage: Passage, *, at_airports: bool) -> Iterator[Event | Doubt]:
    """Airports closed or restricted, those open again, and what leaves a doubt.

    `at_airports`: the source speaks of nothing else, so cities stand for their airports.
    """
    sentence = passage.sentence
    if not at_airports and not sentence.has(Sense.AIRPORT) and not _names_airport(passage):
        return
    yield from doubts(passage, _doubt)
    for status in settled(passage, _status):
        yield from _events(passage, status)


def _events(passage: Passage, status: Status) -> Iterator[Event]:
    """One event for each region; where none is known, one that belongs nowhere."""
    kind, clauses, scope = status
    start, end = clauses[0].start, clauses[-1].end
    near = [place for place in scope.places if start <= place.first < end] or scope.places
    near = near or scope.flown or scope.listed
    signs = [(s.first, s.last) for c in clauses for s in c.of(*_OF_AIRPORTS)]
    if not scope.regions and any(clause.has(Sense.AIRPORT) for clause in clauses):
        yield Event(kind, NOWHERE, start)
    for region in scope.regions:
        places = tuple(place for place in near if region in place.regions)
        here = Scope((region,), places, listed=places if scope.listed else ())
        basis = proof(passage, signs, here)
        yield Event(kind, here, start, airports=_codes(here.places), proof=basis)


def _names_airport(passage: Passage) -> bool:
    return any(place.flies for place in passage.places)


def _ending(passage: Passage, clause: Clause) -> Ending | None:
    restrictions = passage.sentence.has(Sense.RESTRICTION)
    return ending(passage, clause, _LIFTED if restrictions else _REOPENED)


def _doubt(passage: Passage, clause: Clause) -> Doubt | None:
    end = _ending(passage, clause)
    if end not in {Ending.OPEN, Ending.FALSE}:
        return None
    stating = clause.has(Sense.REOPENED, Sense.LIFTED)
    return Doubt(Kind.AIRPORT_REOPENED, retracts=stating and end is Ending.FALSE)


def _status(passage: Passage, clause: Clause) -> Kind | None:
    end = _ending(passage, clause)
    if end is Ending.STATED:
        return Kind.AIRPORT_REOPENED
    if end is Ending.DENIED:
        return Kind.AIRPORT_RESTRICTION
    restrictions = passage.sentence.has(Sense.RESTRICTION)
    lifted = passage.sentence.has(Sense.LIFTED) and not end
    named = _stated(clause, Sense.RESTRICTION) and not lifted
    in_force = clause.has(Sense.ALERT_ON) and restrictions
    closed = _stated(clause, Sense.CLOSED)
    return Kind.AIRPORT_RESTRICTION if named or in_force or closed else None


def _stated(clause: Clause, sense: Sense) -> bool:
    """Whether a closure is stated: "не закрыт", "ограничений нет" are none."""
    signs = (sign for sign in clause.of(sense) if of_verb(clause, sign) is Said.STATED)
    absent = clause.has(Sense.NO) and not clause.has(Sense.CLOSED)
    return any(True for _ in signs) and not absent


def _codes(places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for place in places for code in place.airports))
