"""What is in force and what is over: alerts by region, restrictions by airport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Kind
from reports.reading.passages import proof, targets
from reports.reading.scope import Scope
from reports.reading.senses import Sense
from reports.reading.sentences import PREDICATES
from reports.reading.statements import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.scope import Place
    from reports.reading.sentences import Clause, Sentence


_Status = tuple[Kind, list["Clause"], Scope]
LONGEST_HEADLINE = 10
"""Tokens."""


def alerts(passage: Passage) -> Iterator[Event]:
    """Alerts announced or in force, and those that are over."""
    if not passage.sentence.has(Sense.ALERT):
        return
    for kind, clauses, scope in _settled(passage, _alert_status):
        kinds = frozenset().union(*(targets(clause) for clause in clauses))
        first = clauses[0]
        signs = [s for c in clauses for s in c.of(Sense.ALERT, Sense.ALERT_ON, Sense.ALERT_OFF)]
        basis = proof(passage, [(s.first, s.last) for s in signs], scope)
        yield Event(kind, scope, first.start, kinds or targets(passage.sentence), proof=basis)


def _alert_status(passage: Passage, clause: Clause) -> Kind | None:
    if clause.has(Sense.ALERT_OFF):
        return Kind.ALL_CLEAR
    if clause.has(Sense.ALERT_ON) and not clause.has(Sense.DOWNED):
        return Kind.AIR_ALERT
    if clause.has(Sense.ALERT) and _is_headline(passage.sentence):
        return Kind.AIR_ALERT
    return None


def _is_headline(sentence: Sentence) -> bool:
    """ "Ракетная опасность!", "Air raid alert in ...": announced without a verb."""
    short = sentence.end - sentence.start <= LONGEST_HEADLINE
    return short and sentence.senses.isdisjoint(PREDICATES - {Sense.ALERT} | {Sense.NOT})


def airports(passage: Passage, *, at_airports: bool) -> Iterator[Event]:
    """Airports closed or restricted, and those open again.

    `at_airports`: the source speaks of nothing else, so cities stand for their airports.
    """
    sentence = passage.sentence
    if not at_airports and not sentence.has(Sense.AIRPORT) and not _names_airport(passage):
        return
    for kind, clauses, scope in _settled(passage, _airport_status):
        start, end = clauses[0].start, clauses[-1].end
        near = [place for place in scope.places if start <= place.first < end] or scope.places
        senses = (Sense.CLOSED, Sense.RESTRICTION, Sense.LIFTED, Sense.REOPENED, Sense.AIRPORT)
        signs = [(s.first, s.last) for c in clauses for s in c.of(*senses)]
        for region in scope.regions:
            here = Scope((region,), tuple(p for p in near if region in p.regions))
            yield Event(
                kind,
                here,
                start,
                airports=_codes(here.places),
                proof=proof(passage, signs, here),
            )


def _names_airport(passage: Passage) -> bool:
    return any(place.flies for place in passage.places)


def _airport_status(passage: Passage, clause: Clause) -> Kind | None:
    restrictions = passage.sentence.has(Sense.RESTRICTION)
    if clause.has(Sense.REOPENED) or (clause.has(Sense.LIFTED) and restrictions):
        return Kind.AIRPORT_REOPENED
    named = clause.has(Sense.RESTRICTION) and not passage.sentence.has(Sense.LIFTED)
    in_force = clause.has(Sense.ALERT_ON) and restrictions
    return Kind.AIRPORT_RESTRICTION if named or in_force or clause.has(Sense.CLOSED) else None


def _codes(places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for place in places for code in place.airports))


def _settled(
    passage: Passage, status: Callable[[Passage, Clause], Kind | None]
) -> Iterator[_Status]:
    """Each status with the clauses and places it holds for.

    Places wait for the status that follows them; a status without places of its own replaces
    the one before ("was closed and has since reopened").
    """
    found: list[_Status] = []
    waiting: list[Clause] = []
    for _, clause, scope in passage.told():
        waiting.append(clause)
        kind = status(passage, clause)
        if kind is None:
            if found and _goes_on(passage, clause, found[-1][1][-1].end):
                found[-1] = _extended(passage, found[-1], waiting)
                waiting = []
            continue
        named = _named(passage, waiting)
        if found and not named:
            before = found.pop()
            found.append((kind, [*before[1], *waiting], before[2]))
        else:
            found.append((kind, waiting, named or scope))
        waiting = []
    if found and waiting:
        found[-1] = _extended(passage, found[-1], waiting)
    yield from found


def _goes_on(passage: Passage, clause: Clause, told: int) -> bool:
    """Whether a clause goes on with a list of places that began before token `told`."""
    return any(group.first < told and clause.start < group.last for group in passage.groups)


def _extended(passage: Passage, found: _Status, clauses: Sequence[Clause]) -> _Status:
    kind, before, scope = found
    named = _named(passage, clauses)
    return kind, [*before, *clauses], _joined(scope, named) if named else scope


def _named(passage: Passage, clauses: Sequence[Clause]) -> Scope | None:
    if not clauses:
        return None
    start, end = clauses[0].start, clauses[-1].end
    places = [p for p in passage.places if start <= p.first < end and p.regions]
    regions = tuple(dict.fromkeys(code for place in places for code in place.regions))
    return Scope(regions, tuple(places)) if regions else None


def _joined(scope: Scope, more: Scope) -> Scope:
    regions = tuple(dict.fromkeys([*scope.regions, *more.regions]))
    return Scope(regions, (*scope.places, *more.places))
