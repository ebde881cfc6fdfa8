"""What happened, and where: attacks, shelling, fires, outages, explosions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reports.model import Kind, Said
from reports.reading.accounts import done_by_target
from reports.reading.assertion import is_only_named, is_order, is_to_come, warns
from reports.reading.denial import is_absent, is_denied, of_verb
from reports.reading.passages import proof, targets
from reports.reading.senses import CASUALTIES, TARGETS, Sense
from reports.reading.sentences import PREDICATES
from reports.reading.statements import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.reading.passages import Passage
    from reports.reading.scope import Scope
    from reports.reading.sentences import Clause, Sentence
    from reports.reading.statements import Proof
    from reports.reading.wordings import Sign

_BY_TARGET = (Sense.HIT, Sense.DEBRIS)
_SEVERAL = re.compile(
    r"(?:пожар|возгорани|взрыв|атак|удар|обстрел|налет)(?:ов|ев|й|ах|ях|ам|ям|ами|ями)"
)
"""Events in the plural, and in no case of a subject."""
_HARM = CASUALTIES | {Sense.DAMAGED}
CONSEQUENCES = _HARM | {Sense.FIRE}
_OTHERS = {
    Sense.SHELLING: Kind.SHELLING,
    Sense.FIRE: Kind.FIRE,
    Sense.OUTAGE: Kind.POWER_OUTAGE,
    Sense.EXPLOSION: Kind.EXPLOSION,
}


_OF_SOMETHING = (Sense.ATTACK, Sense.SHELLING, Sense.EXPLOSION, Sense.DEBRIS, *TARGETS)
_EVENTS = (Sense.ATTACK, Sense.HIT, Sense.DEBRIS, *_OTHERS)
_NAMED = (Sense.ALERT, Sense.PLAIN)
_SAYING = (*_HARM, Sense.DOWNED, Sense.HIT, Sense.OUTAGE, Sense.DEFENCE_AT_WORK)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the whole text is about, as far as one sentence needs to know."""

    of_air_war: bool
    """Drones, missiles or air defence occur somewhere in it."""
    of_harm: bool
    """Somebody was hurt or something broke."""
    told: bool = True
    """A verb or a fresh time tells of something; else nouns must stand as what it is about."""


def events(passage: Passage, subject: Subject) -> Iterator[Event]:
    """The evidence that a sentence gives of something having happened."""
    unrelated = _is_apart(passage.sentence)
    for clause, scope in passage.happened():
        if is_order(passage, clause) or warns(passage, clause):
            continue
        by_attack = not passage.sentence.has(Sense.UNRELATED)
        sign = _attack(passage, clause, subject) if by_attack else None
        if sign and _happened(passage, clause, sign, subject):
            kinds = targets(clause) or targets(passage.sentence)
            basis = _proof(passage, sign, scope)
            yield Event(Kind.AIR_ATTACK, scope, sign.first, kinds, proof=basis)
        for other, kind in _others(passage, clause):
            if not _happened(passage, clause, other, subject):
                continue
            basis = _proof(passage, other, scope)
            event = Event(kind, scope, other.first, proof=basis, unrelated=unrelated)
            yield event
            yield from _spread(passage, event)


def _spread(passage: Passage, event: Event) -> Iterator[Event]:
    """ "Без света: в Туле — 31 дом, в Калуге — 7": what is told of one place, with a figure for
    each of those after it.
    """
    for clause, scope in zip(passage.sentence.clauses, passage.scopes, strict=True):
        here = any(clause.start <= place.first < clause.end for place in scope.places)
        if clause.start <= event.at or not here or scope.regions == event.scope.regions:
            continue
        if clause.has(*PREDICATES, Sense.NO, Sense.NOT, *_OF_SOMETHING):
            return
        if _has_figure(passage, clause):
            yield replace(event, scope=scope, proof=proof(passage, event.proof[:0], scope))


def _has_figure(passage: Passage, clause: Clause) -> bool:
    """Whether a clause has a figure, itself or after a dash."""
    after = next((c for c in passage.sentence.clauses if c.start >= clause.end), None)
    dashed = after is not None and after.opener == "—" and bool(after.quantities)
    return bool(clause.quantities) or dashed


def _happened(passage: Passage, clause: Clause, sign: Sign, subject: Subject) -> bool:
    """Whether it did, as far as the words go: it is not to come, and not only named."""
    if is_to_come(clause, sign):
        return False
    if subject.told:
        return True
    naming = [s for s in passage.sentence.of(*_EVENTS) if s.senses.isdisjoint(_NAMED)]
    return any(not is_only_named(passage, s) for s in naming or [sign])


def _is_apart(sentence: Sentence) -> bool:
    """Whether a sentence says that no attack caused what it tells, or names another cause."""
    if sentence.has(Sense.UNRELATED):
        return True
    above = sentence.has_target or sentence.has(Sense.ATTACK, Sense.DEBRIS, Sense.SHELLING)
    return sentence.has(Sense.ORDINARY) and not above


def sets_apart(passage: Passage) -> bool:
    """Whether a sentence only gives the cause of what the one before it told: "Причина —
    короткое замыкание", "К налету это отношения не имеет".
    """
    return _is_apart(passage.sentence) and not passage.sentence.has(*_OTHERS)


def only_a_noise(before: Passage, passage: Passage) -> bool:
    """Whether a sentence tells that what was heard in the one before it was no danger."""
    harmless = passage.sentence.has(Sense.HARMLESS) and not passage.sentence.has(Sense.EXPLOSION)
    return harmless and not before.sentence.has(*CONSEQUENCES)


def _proof(passage: Passage, sign: Sign, scope: Scope) -> Proof:
    return proof(passage, [(sign.first, sign.last)], scope)


def _attack(passage: Passage, clause: Clause, subject: Subject) -> Sign | None:
    """The wording in a clause that shows an attack from the air."""
    sentence = passage.sentence
    working = next(clause.of(Sense.DEFENCE_AT_WORK), None)
    if working:
        return working
    if _is_of_a_find(sentence) or _only_warns(sentence):
        return None
    acted = any(done_by_target(clause, verb) for verb in clause.of(Sense.DOWNED))
    if acted or (clause.has_target and sentence.has(Sense.ATTACK, *_BY_TARGET, *CONSEQUENCES)):
        named = _told(clause, *TARGETS)
        if named or not clause.has(Sense.ALERT):
            return named
    waves = (sign for sign in sentence.of(Sense.EXPLOSION) if Sense.DEBRIS not in sign.senses)
    by_guns = sentence.has(Sense.SHELLING) or any(waves)
    from_above = subject.of_air_war or (subject.of_harm and _came_down(clause))
    if clause.has(Sense.DEBRIS) and from_above and not by_guns:
        return _told(clause, Sense.DEBRIS)
    serious = subject.of_air_war or subject.of_harm
    by_planes = any(Sense.BOMB in sign.senses for sign in clause.of(Sense.ATTACK))
    if clause.has(Sense.ATTACK) and serious and (by_planes or not clause.has(Sense.SHELLING)):
        return _told(clause, Sense.ATTACK)
    return None


def _came_down(clause: Clause) -> bool:
    """ "Debris came down on a refinery, sparking a fire": it opens what is said, and fell."""
    signs = clause.signs[:3]
    return any(Sense.DEBRIS in a.senses and Sense.HIT in b.senses for a, b in pairwise(signs))


def _is_of_a_find(sentence: Sentence) -> bool:
    """ "Sappers destroyed 12 drones that had not gone off"."""
    return sentence.has(Sense.SAPPERS) and not sentence.has(Sense.ATTACK, Sense.HIT)


def _only_warns(sentence: Sentence) -> bool:
    if not sentence.has(Sense.ALERT):
        return False
    return not any(_told(clause, *_BY_TARGET, Sense.DOWNED) for clause in sentence.clauses)


def _told(clause: Clause, *senses: Sense) -> Sign | None:
    """The first such sign that is not denied."""
    signs = (s for s in clause.of(*senses) if Sense.ALERT not in s.senses)
    told = (s for s in signs if of_verb(clause, s) is Said.STATED)
    return next((s for s in told if not is_absent(clause, s)), None)


def _others(passage: Passage, clause: Clause) -> Iterator[tuple[Sign, Kind]]:
    for sense, kind in _OTHERS.items():
        for sign in clause.of(sense):
            if sense is Sense.OUTAGE:
                none = any(no.last == sign.first for no in clause.of(Sense.NO, Sense.NO_DATA))
            else:
                none = is_denied(clause, sign)
            heard = passage.sentence.has(Sense.HARMLESS) and not passage.sentence.has(*_HARM)
            nothing = clause.has(Sense.ALERT) or heard
            harmless = sense is Sense.EXPLOSION and nothing
            if not none and not harmless and not _is_generic(passage, sign):
                yield sign, kind
                break


def _is_generic(passage: Passage, sign: Sign) -> bool:
    """ "Узнавай о пожарах", "поиск возгораний": events of a sort, and nothing that happened."""
    sentence = passage.sentence
    if not _SEVERAL.fullmatch(passage.tokens[sign.last - 1].text) or sentence.quantities:
        return False
    return not sentence.has(*_SAYING, Sense.FRESH)
