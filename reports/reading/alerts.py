"""Dangers of the air: announced, in force, over, or in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.model import Kind, Said
from reports.reading.denial import is_absent, of_verb
from reports.reading.endings import (
    Ending,
    Words,
    ended_at_an_hour,
    ending,
    is_above,
    is_denied_or_asked,
)
from reports.reading.exceptions import is_excepted, with_exceptions
from reports.reading.headlines import is_headline, opens_with_an_end
from reports.reading.passages import proof, targets
from reports.reading.senses import Sense
from reports.reading.sentences import PREDICATES
from reports.reading.shelter import called_to_shelter, names_a_danger
from reports.reading.statements import Event
from reports.reading.statuses import Doubt, doubts, settled
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.scope import Scope
    from reports.reading.sentences import Clause, Sentence
    from reports.reading.statuses import Status
    from reports.reading.wordings import Sign

_OFF = Words((Sense.ALERT_OFF,), Sense.OFF_NAMED)
_OF_ALERTS = (Sense.ALERT, Sense.DANGER, Sense.ALERT_ON, Sense.ALERT_OFF, Sense.OFF_NAMED)
_SUBJECTS = (Sense.ALERT, Sense.DANGER, Sense.ALL_CLEAR, Sense.OFF_NAMED, Sense.FALSE_ALARM)
_OTHER_TOPICS = (PREDICATES - {Sense.ALERT_OFF}) | {Sense.AIRPORT, Sense.RESTRICTION, Sense.RULE}
_DOUBT = Doubt(Kind.ALL_CLEAR)
_OTHER_PLACES = frozenset({"*"})
_LEVEL = ("уров", "level")
_STEM = 5
"""Letters of a place's name that its cases share."""
_LONGER_THAN_SMALL = 4
"""Letters: "в", "для" are no word that says which danger it is."""


@dataclass(frozen=True, slots=True)
class Air:
    """What else the text speaks of: it tells what a bare "danger" is."""

    of_alerts: bool = False
    of_ends: bool = False
    """ "Отбой", whatever ended."""
    of_war: bool = False
    """Drones, missiles, air defence."""


def alerts(passage: Passage, air: Air, before: Passage | None = None) -> Iterator[Event | Doubt]:
    """Alerts announced or in force, those that are over, and what leaves a doubt.

    `before`: the sentence before; where it spoke of an alert, this one need not name it.
    """
    sentence = passage.sentence
    if sentence.has(Sense.APPROACH) and any(map(_approaches, sentence.clauses)):
        yield _DOUBT
    if coming := called_to_shelter(passage, before):
        yield coming
        return
    going_on = before is not None and before.sentence.has(Sense.ALERT) and _goes_on(passage)
    named = before.sentence if before and going_on else sentence
    if not (going_on or sentence.has(*_SUBJECTS)) or _closes_airports(passage):
        return
    if not going_on and not _is_of_the_air(passage, air):
        ends = any(ending(passage, clause, _OFF) for clause in sentence.clauses)
        of_danger = (ends and sentence.has(Sense.DANGER)) or names_a_danger(passage)
        if of_danger or sentence.has(Sense.ALL_CLEAR, Sense.STANDS):
            yield _DOUBT
        return
    yield from doubts(passage, _doubt)
    for kind, clauses, scope in _statuses(passage):
        kinds = frozenset().union(*(targets(clause) for clause in clauses))
        signs = [(s.first, s.last) for c in clauses for s in c.of(*_OF_ALERTS)]
        for where in (scope, passage.more) if passage.more.regions else (scope,):
            yield Event(
                kind,
                where,
                clauses[0].start,
                kinds or targets(named),
                proof=proof(passage, signs, where),
                where=_names(passage, where, clauses),
                stands=kind is Kind.AIR_ALERT and sentence.has(Sense.STANDS, Sense.EXCEPT),
            )


def _statuses(passage: Passage) -> Iterator[Status]:
    for status in settled(passage, _status):
        yield from with_exceptions(passage, status)


def _goes_on(passage: Passage) -> bool:
    """ "В 07:20 объявлена снова": after an alert, a verb and hardly another word."""
    sentence = passage.sentence
    said = sentence.has(Sense.ALERT_ON, Sense.ALERT_OFF) and not sentence.has(Sense.WAS_SHUT)
    if not said or sentence.has(*_OTHER_TOPICS):
        return False
    known = {at for sign in sentence.signs for at in range(sign.first, sign.last)}
    known |= {at for place in passage.places for at in range(place.first, place.last)}
    rest = (at for at in range(sentence.start, sentence.end) if at not in known)
    return sum(passage.tokens[at].form is Form.WORD for at in rest) <= 1


def _closes_airports(passage: Passage) -> bool:
    """ "План «Ковёр»" is a danger where nothing else is said, and at an airport its closure."""
    sentence = passage.sentence
    if not sentence.has(Sense.AIRPORT) and not any(place.flies for place in passage.places):
        return False
    of_airports = {Sense.RESTRICTION, Sense.REOPENED}
    return not any(sign.senses.isdisjoint(of_airports) for sign in sentence.of(*_SUBJECTS))


def _names(passage: Passage, scope: Scope, clauses: Sequence[Clause]) -> frozenset[str]:
    """The beginnings of the names of towns and districts, alike in every case."""
    if any(clause.has(Sense.OTHERS) for clause in clauses):
        return _OTHER_PLACES
    finer = (place.first for place in scope.places if place.finer)
    return frozenset(passage.tokens[at].text[:_STEM] for at in finer)


def _approaches(clause: Clause) -> bool:
    """Drones are on their way, and no danger is declared."""
    coming = clause.of(Sense.APPROACH) if clause.has_target else iter(())
    return any(of_verb(clause, s) is Said.STATED and not is_absent(clause, s) for s in coming)


def _is_of_the_air(passage: Passage, air: Air) -> bool:
    """An alert, "отбой опасности", or "all clear" as the whole of what is said."""
    sentence = passage.sentence
    if (
        sentence.has(Sense.WEATHER, Sense.ORDINARY)
        and not sentence.has_target
        and _only_a_level(passage)
    ):
        return False
    if sentence.has(Sense.ALERT, Sense.FALSE_ALARM):
        return True
    of_danger = sentence.has(Sense.DANGER)
    if of_danger and (
        air.of_alerts or air.of_ends or sentence.has(Sense.ALL_CLEAR, Sense.OFF_NAMED)
    ):
        return True
    if of_danger and air.of_war and _is_bare_danger(passage):
        return True
    named = sentence.has(Sense.ALL_CLEAR) or (air.of_alerts and sentence.has(Sense.OFF_NAMED))
    if named and (air.of_alerts or air.of_war):
        return True
    return opens_with_an_end(passage) and not sentence.quantities


def _only_a_level(passage: Passage) -> bool:
    """ "Жёлтый уровень опасности": of what, the words beside it say."""
    named = passage.sentence.of(Sense.ALERT)
    return not passage.sentence.has_target and all(
        any(token.text.startswith(_LEVEL) for token in passage.tokens[s.first : s.last])
        for s in named
    )


def _is_bare_danger(passage: Passage) -> bool:
    """ "Опасность снята": no word beside it says that it is another one, as "подтопления" does."""
    sentence = passage.sentence
    known = {at for sign in sentence.signs for at in (sign.first, sign.last - 1)}
    known |= {at for place in passage.places for at in (place.first, place.last - 1)}
    return any(
        _is_no_other_word(passage, sign.first - 1, known)
        and _is_no_other_word(passage, sign.last, known)
        and _has_its_verb(passage, clause, sign)
        for clause in sentence.clauses
        for sign in clause.of(Sense.DANGER)
    )


def _has_its_verb(passage: Passage, clause: Clause, danger: Sign) -> bool:
    """ "Опасность снята", "the danger is over"; not "raised alarm", "remains a threat"."""
    verbs = list(clause.of(Sense.ALERT_ON, Sense.ALERT_OFF, Sense.STANDS))
    if any(verb.first >= danger.last for verb in verbs):
        return True
    before = (passage.tokens[verb.first] for verb in verbs if verb.last == danger.first)
    return any(not token.text.isascii() for token in before)


def _is_no_other_word(passage: Passage, at: int, known: set[int]) -> bool:
    if not passage.sentence.start <= at < passage.sentence.end or at in known:
        return True
    token = passage.tokens[at]
    return token.form is not Form.WORD or len(token.text) < _LONGER_THAN_SMALL


def _doubt(passage: Passage, clause: Clause) -> Doubt | None:
    if passage.sentence.has(Sense.FALSE_ALARM):
        return Doubt(Kind.ALL_CLEAR, retracts=True)
    end = ending(passage, clause, _OFF)
    if end in {Ending.OPEN, Ending.FALSE}:
        return Doubt(Kind.ALL_CLEAR, retracts=end is Ending.FALSE)
    named = clause.has(Sense.ALERT, Sense.DANGER)
    on = list(clause.of(Sense.ALERT_ON)) or list(clause.of(Sense.ALERT, Sense.DANGER))[-1:]
    denied = any(is_denied_or_asked(passage, clause, sign) for sign in on)
    absent = not clause.has(Sense.ALERT_ON) and clause.has(Sense.NO)
    return _DOUBT if named and (denied or absent) else None


def _status(passage: Passage, clause: Clause) -> Kind | None:
    end = ending(passage, clause, _OFF)
    named = clause.has(Sense.ALERT, Sense.DANGER)
    if end is Ending.STATED or (named and ended_at_an_hour(passage, clause)):
        return Kind.ALL_CLEAR
    if end is Ending.DENIED:
        return Kind.AIR_ALERT
    if passage.sentence.has(Sense.FALSE_ALARM) or end is Ending.FALSE:
        return None
    if _is_on(passage, clause) or is_excepted(passage, clause, _OFF):
        return Kind.AIR_ALERT
    alone = is_headline(passage) or _has_places_of_its_own(passage, clause)
    return Kind.AIR_ALERT if named and not end and alone else None


def _has_places_of_its_own(passage: Passage, clause: Clause) -> bool:
    """ "Ракетная опасность: Курск; отбой: Тула": what is over elsewhere is not over here."""
    clauses = passage.sentence.clauses
    before = any(c.has(Sense.ALERT_OFF) for c in clauses if c.end <= clause.start)
    if before and clause.opener in {"—", ":"}:
        return any(group.last == clause.start - 1 for group in passage.groups)
    if before and clause.opener in {",", ";", "и"}:
        return any(group.first >= clause.start for group in passage.groups)
    off = next((c for c in clauses if c.start >= clause.end and c.has(Sense.ALERT_OFF)), None)
    if off is None:
        return False
    mine = any(clause.start <= g.first and g.last <= off.start for g in passage.groups)
    return mine and any(group.first >= off.start for group in passage.groups)


def _is_on(passage: Passage, clause: Clause) -> bool:
    if clause.has(Sense.DOWNED, Sense.ALL_CLEAR) or _is_mistaken(passage.sentence):
        return False
    if clause.has(Sense.ALERT) and any(is_above(passage, clause, s) for s in clause.signs):
        return True
    on = clause.of(Sense.ALERT_ON)
    return any(not is_denied_or_asked(passage, clause, sign) for sign in on)


def _is_mistaken(sentence: Sentence) -> bool:
    """ "The siren sounded by mistake"; "the alert, wrongly called off, stands" is none."""
    return sentence.has(Sense.MISTAKEN) and not sentence.has(Sense.STANDS)
