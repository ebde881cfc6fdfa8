"""Airports: closed or restricted, open again, or in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.model import Kind, Said
from reports.reading.denial import of_verb
from reports.reading.diversions import TAKING
from reports.reading.endings import Ending, Words, ended_at_an_hour, ending, is_asked
from reports.reading.exceptions import with_exceptions
from reports.reading.passages import proof
from reports.reading.scope import NOWHERE, Scope
from reports.reading.senses import Sense
from reports.reading.statements import Event
from reports.reading.statuses import Doubt, doubts, settled
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.reading.passages import Passage
    from reports.reading.scope import Place
    from reports.reading.sentences import Clause
    from reports.reading.statuses import Status
    from reports.reading.wordings import Sign

_WHILE = frozenset({"while", "when", "as", "during", "пока", "когда"})
_ONLY = frozenset({"только", "лишь", "only"})
_ALL = frozenset({"все", "оба", "обе", "all", "both", "они", "they"})
_LISTED = 2
"""Places that make a list."""
_DURING = frozenset({"время", "период", "during", "throughout"})
_DATED = 3
"""Tokens of "время действия ночных"."""
_REOPENED = Words((Sense.REOPENED, Sense.NORMAL), Sense.OPENING_NAMED)
_LIFTED = Words((Sense.REOPENED, Sense.NORMAL, Sense.LIFTED), Sense.OPENING_NAMED)
_OF_AIRPORTS = (Sense.CLOSED, Sense.RESTRICTION, Sense.LIFTED, Sense.REOPENED, Sense.AIRPORT)


@dataclass(frozen=True, slots=True)
class Skies:
    """What is known of airports without the text."""

    at_airports: bool = False
    """The source speaks of nothing else, so cities stand for their airports."""
    only: Mapping[str, str] = field(default_factory=dict)
    """The airports of the regions that have but one."""


def airports(passage: Passage, skies: Skies, *, going_on: bool = False) -> Iterator[Event | Doubt]:
    """Airports closed or restricted, those open again, and what leaves a doubt.

    `going_on`: the sentence before spoke of airports, so that this one need not.
    """
    if not (skies.at_airports or going_on or of_airports(passage)):
        return
    yield from doubts(passage, _doubt)
    for status in settled(passage, _status):
        for each in with_exceptions(passage, status):
            yield from _events(passage, each, skies)


def of_airports(passage: Passage) -> bool:
    """Whether a sentence speaks of airports or names one."""
    if passage.sentence.has(Sense.AIRPORT) or any(place.flies for place in passage.places):
        return True
    return passage.sentence.has(Sense.RESTRICTION) and _is_list_of_airports(passage)


def _is_list_of_airports(passage: Passage) -> bool:
    """ "Ограничения: Калуга, Пенза": cities that have airports, and hardly another word."""
    clauses, places = passage.sentence.clauses, passage.places
    if len(places) < _LISTED or len(clauses) == 1 or clauses[1].opener not in {":", "—"}:
        return False
    if clauses[0].end > places[0].first or not all(place.airports for place in places):
        return False
    known = {at for place in places for at in range(place.first, place.last)}
    rest = (at for at in range(clauses[1].start, passage.sentence.end) if at not in known)
    words = sum(passage.tokens[at].form is Form.WORD for at in rest)
    return words < len(places)


def goes_on_with_airports(passage: Passage) -> bool:
    """ "Нальчик — по согласованию": after others, a city that opens a clause is its airport;
    "все три открылись" are those.
    """
    these = passage.sentence.of(Sense.THESE) if not passage.places else ()
    if any(passage.tokens[sign.first].text in _ALL for sign in these):
        return passage.sentence.has(Sense.REOPENED)
    starts = {clause.start for clause in passage.sentence.clauses}
    named = any(place.airports and place.first in starts for place in passage.places)
    said = (Sense.CLOSED, Sense.REOPENED, Sense.RESTRICTION, Sense.LIFTED)
    return named and passage.sentence.has(*said)


def _events(passage: Passage, status: Status, skies: Skies) -> Iterator[Event]:
    """One event for each region; where none is known, one that belongs nowhere."""
    kind, clauses, scope = status
    start, end = clauses[0].start, clauses[-1].end
    near = [place for place in scope.places if start <= place.first < end]
    usual = _is_usual(passage, clauses)
    if not near and (_of_others(passage, clauses) or (usual and not _speaks_of_airports(clauses))):
        return
    near = near or list(scope.places or scope.flown or scope.listed)
    signs = [(s.first, s.last) for c in clauses for s in c.of(*_OF_AIRPORTS)]
    if not scope.regions and _speaks_of_airports(clauses):
        yield Event(kind, NOWHERE, start)
    for region in scope.regions:
        places = tuple(place for place in near if region in place.regions)
        here = Scope((region,), places, listed=places if scope.listed else ())
        basis = proof(passage, signs, here)
        codes = _codes(places) or _only_one(clauses, skies.only.get(region))
        yield Event(kind, here, start, airports=codes, proof=basis, usual=usual)


def _only_one(clauses: Sequence[Clause], airport: str | None) -> tuple[str, ...]:
    """ "The airport" of a region that has no other."""
    return (airport,) if airport and _speaks_of_airports(clauses) else ()


def _is_usual(passage: Passage, clauses: Sequence[Clause]) -> bool:
    """Whether nothing is said of airports but that they work as ever, and no hour since when."""
    stating = [s for c in clauses for s in c.of(*_LIFTED.stating)]
    if not stating or any(Sense.NORMAL not in sign.senses for sign in stating):
        return False
    since = (s.last for c in clauses for s in c.of(Sense.FROM))
    if any(":" in passage.tokens[at].text for at in since if at < clauses[-1].end):
        return False
    return not any(_stated(c, sense) for c in clauses for sense in (Sense.CLOSED, Sense.WAS_SHUT))


def _of_others(passage: Passage, clauses: Sequence[Clause]) -> bool:
    """ "The other airports", "planes went to Kazan and Ufa, these airports are open"."""
    if any(clause.has(Sense.OTHERS) for clause in clauses):
        return True
    last = clauses[-1]
    taking = (c for c in passage.sentence.clauses if c.start < last.start)
    return last.has(Sense.THESE) and any(clause.has(*TAKING) for clause in taking)


def _speaks_of_airports(clauses: Sequence[Clause]) -> bool:
    return any(clause.has(Sense.AIRPORT) for clause in clauses)


def _names_only_airports(passage: Passage) -> bool:
    """ "Снято: KRR, AAQ": no word of restrictions is needed to know what was lifted."""
    places = passage.places
    of_danger = passage.sentence.has(Sense.ALERT, Sense.DANGER)
    return bool(places) and all(p.airports for p in places) and not of_danger


def _of_restrictions(passage: Passage) -> bool:
    return passage.sentence.has(Sense.RESTRICTION) or _names_only_airports(passage)


def _ending(passage: Passage, clause: Clause) -> Ending | None:
    return ending(passage, clause, _LIFTED if _of_restrictions(passage) else _REOPENED)


def _doubt(passage: Passage, clause: Clause) -> Doubt | None:
    end = _ending(passage, clause)
    if end not in {Ending.OPEN, Ending.FALSE}:
        return None
    stating = clause.has(Sense.REOPENED, Sense.LIFTED)
    return Doubt(Kind.AIRPORT_REOPENED, retracts=stating and end is Ending.FALSE)


def _status(passage: Passage, clause: Clause) -> Kind | None:
    end = _ending(passage, clause)
    if end is Ending.STATED:
        return None if _is_of_one_unnamed(passage, clause) else Kind.AIRPORT_REOPENED
    if end is Ending.DENIED:
        return Kind.AIRPORT_RESTRICTION
    if is_asked(passage) or _is_meanwhile(passage, clause) or _is_over(passage, clause):
        return None
    if ended_at_an_hour(passage, clause):
        return Kind.AIRPORT_REOPENED
    lifted = passage.sentence.has(Sense.LIFTED) and not end
    named = _stated(clause, Sense.RESTRICTION) and not lifted
    in_force = clause.has(Sense.ALERT_ON, Sense.WAS_SHUT) and _of_restrictions(passage)
    if clause.has(Sense.NOT) and clause.has(Sense.ALERT_ON, Sense.WAS_SHUT):
        named = in_force = False
    closed = _stated(clause, Sense.CLOSED)
    return Kind.AIRPORT_RESTRICTION if named or in_force or closed else None


def _is_of_one_unnamed(passage: Passage, clause: Clause) -> bool:
    """ "Открылся только саратовский": not all of those named before."""
    words = {token.text for token in passage.tokens[clause.start : clause.end]}
    here = any(clause.start <= place.first < clause.end for place in passage.places)
    return not (here or words.isdisjoint(_ONLY))


def _is_meanwhile(passage: Passage, clause: Clause) -> bool:
    """ "While the field was shut", "за время ограничений": it only says when."""
    if any(_only_dates(passage, sign) for sign in clause.of(Sense.RESTRICTION)):
        return True
    if any(clause.start <= place.first < clause.end for place in passage.places):
        return False
    return clause.has(Sense.WAS_SHUT) and passage.tokens[clause.start].text in _WHILE


def _only_dates(passage: Passage, sign: Sign) -> bool:
    """ "За время действия ночных ограничений", "during the restrictions"."""
    before = passage.tokens[max(passage.sentence.start, sign.first - _DATED) : sign.first]
    return any(token.text in _DURING for token in before)


def _is_over(passage: Passage, clause: Clause) -> bool:
    """ "It works as usual, no flights were handled since one": the past after the present."""
    before = (c for c in passage.sentence.clauses if c.end <= clause.start)
    return clause.has(Sense.WAS_SHUT) and any(c.has(Sense.NORMAL, Sense.REOPENED) for c in before)


def _stated(clause: Clause, sense: Sense) -> bool:
    """Whether a closure is stated: "не закрыт", "ограничений нет" are none."""
    signs = (sign for sign in clause.of(sense) if of_verb(clause, sign) is not Said.DENIED)
    absent = clause.has(Sense.NO) and not clause.has(Sense.CLOSED)
    return any(True for _ in signs) and not absent


def _codes(places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for place in places for code in place.airports))
