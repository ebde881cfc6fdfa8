"""Diverted flights: the places that only took them in are not where anything happened."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reports.reading.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.scope import Place
    from reports.reading.sentences import Clause, Sentence

_JOINING = frozenset({Sense.AND, Sense.STOP})
_BEFORE_ENDS = (Sense.STOP, Sense.FROM, Sense.TO, Sense.AND)
_MARK = 1
TAKING = (Sense.DIVERTED, Sense.WENT, Sense.RECEIVED)
"""What is said of planes that went elsewhere."""
_STATUS = (Sense.CLOSED, Sense.RESTRICTION, Sense.REOPENED, Sense.LIFTED)


def without_diversions(sentence: Sentence, places: Sequence[Place]) -> list[Place]:
    """The places of a sentence that are more than where planes went instead."""
    ends = set(_ends_of_flights(sentence, places)) if sentence.has(Sense.FLIGHT) else set()
    if not places or not (ends or _diverts(sentence, sentence)):
        return list(places)
    taking = {place.first for clause in _diverting(sentence) for place in _took(clause, places)}
    taking |= ends
    kept: list[Place] = []
    for listed in _lists(sentence, places):
        if taking.isdisjoint(place.first for place in listed):
            kept += listed
    return kept


def _lists(sentence: Sentence, places: Sequence[Place]) -> Iterator[list[Place]]:
    """The places in lists: what a comma, "and" and a preposition join."""
    listed = [places[0]]
    for before, after in pairwise(places):
        between = [s for s in sentence.signs if before.last <= s.first < after.first]
        small = all(s.senses & _JOINING and Sense.TIMED not in s.senses for s in between)
        words = sum(sign.last - sign.first for sign in between)
        if small and after.first - before.last <= words + _MARK:
            listed.append(after)
            continue
        yield listed
        listed = [after]
    yield listed


def _ends_of_flights(sentence: Sentence, places: Sequence[Place]) -> Iterator[int]:
    """ "Рейс из Сочи в Казань": where it comes from and goes to, unless it tells more of them."""
    flights = {s.last for c in sentence.clauses if not c.has(*_STATUS) for s in c.of(Sense.FLIGHT)}
    prepositions = {s.last: s.first for s in sentence.of(*_BEFORE_ENDS)}
    for place in places:
        if prepositions.get(place.first, -1) in flights:
            flights.add(place.last)
            yield place.first


def _diverts(stretch: Clause | Sentence, sentence: Sentence) -> bool:
    if stretch.has(Sense.DIVERTED):
        return True
    of_flights = sentence.has(Sense.AIRPORT, Sense.FLIGHT) and not stretch.has_target
    return of_flights and stretch.has(Sense.WENT, Sense.RECEIVED)


def _diverting(sentence: Sentence) -> Iterator[Clause]:
    """The clauses that tell where planes went, and the lists that go on from them."""
    diverting = False
    for clause in sentence.clauses:
        own = _diverts(clause, sentence)
        diverting = own or (diverting and not clause.has(*_STATUS, Sense.ALERT, Sense.DOWNED))
        if diverting:
            yield clause


def _took(clause: Clause, places: Sequence[Place]) -> Iterator[Place]:
    """The places of a clause but for those whose airports it calls closed or open."""
    here = [place for place in places if clause.start <= place.first < clause.end]
    status = [sign.first for sign in clause.of(*_STATUS)]
    verbs = clause.of(*TAKING)
    turn = next((sign.first for sign in verbs), clause.start)
    before = [place for place in here if place.first < turn]
    after = [place for place in here if place.first >= turn]
    if not any(at < turn for at in status):
        yield from before
    told = _of_status(clause, after, [at for at in status if at >= turn])
    yield from (place for place in after if place not in told)


def _of_status(clause: Clause, after: Sequence[Place], status: Sequence[int]) -> Sequence[Place]:
    """ "To Kazan due to the closure of Vnukovo", "to Kazan after Vnukovo closed"."""
    if not status:
        return ()
    closed = [place for place in after if place.first > status[0]]
    return closed or after[_last_run(clause, after) :]


def _last_run(clause: Clause, places: Sequence[Place]) -> int:
    """Where the last list of places begins: what "and" alone joins."""
    ands = {sign.first for sign in clause.of(Sense.AND)}
    at = len(places) - 1
    while at > 0 and set(range(places[at - 1].last, places[at].first)) <= ands:
        at -= 1
    return max(at, 0)
