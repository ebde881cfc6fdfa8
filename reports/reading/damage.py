"""Damage: stated, denied, or not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.accounts import wrecks
from reports.reading.denial import is_answered_none, of_nouns, of_verb
from reports.reading.passages import proof
from reports.reading.senses import Sense
from reports.reading.sentences import PREDICATES
from reports.reading.statements import Statement
from reports.reading.wounds import wounding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

_TELLING = frozenset(
    {
        Sense.DAMAGE_NOUN,
        Sense.CONSEQUENCES,
        Sense.DAMAGED,
        Sense.DOWNED,
        Sense.FIRE,
        Sense.HURT,
        Sense.INTACT,
    }
)
_PERSONS = (Sense.PERSON, Sense.PEOPLE)


def damage(passage: Passage) -> Iterator[Statement]:
    """What a sentence says of damage."""
    for index, clause, scope in passage.told():
        if clause.senses.isdisjoint(_TELLING):
            continue
        for sign, said in _found(passage, index, clause):
            basis = proof(passage, [_reach(clause, sign, said)], scope)
            yield Statement("damage", said, scope, sign.first, proof=basis)


def _found(passage: Passage, index: int, clause: Clause) -> Iterator[tuple[Sign, Said]]:
    nouns = list(clause.of(Sense.DAMAGE_NOUN))
    if nouns:
        said = of_nouns(passage.sentence.clauses, index)
        if said is Said.NOT_SAID and not clause.has(Sense.DATA, Sense.CLARIFIED):
            said = Said.NOT_SAID if clause.has(Sense.SIGNIFICANT, Sense.NOT) else Said.STATED
        if said is not Said.NOT_SAID:
            yield nouns[0], said
    yield from _by_consequences(passage, index, clause)
    for verb in _verbs(clause):
        if not _only_grass(clause, verb):
            none = is_answered_none(passage.sentence.clauses, index)
            yield verb, Said.DENIED if none else of_verb(clause, verb)
    yield from _intact(passage.sentence.clauses, index)


def _by_consequences(passage: Passage, index: int, clause: Clause) -> Iterator[tuple[Sign, Said]]:
    """ "Без последствий" denies damage; "без последствий для людей" does not."""
    for sign in clause.of(Sense.CONSEQUENCES):
        said = of_nouns(passage.sentence.clauses, index)
        people_only = clause.has(Sense.PEOPLE) and not clause.has(Sense.THING)
        if said is Said.DENIED and not people_only and not _tells_nobody(clause):
            yield sign, said


def _tells_nobody(clause: Clause) -> bool:
    """ "Nobody has spoken of the aftermath"."""
    return clause.has(Sense.NOBODY) and not clause.has(Sense.NO, Sense.NOT)


def _verbs(clause: Clause) -> Iterator[Sign]:
    """The signs that say that something broke or burns."""
    broken = clause.has(Sense.THING) and not clause.has_target and not _counts_targets(clause)
    wounds = {sign.first for sign in wounding(clause)}
    for sign in clause.signs:
        if sign.first in wounds:
            continue
        senses = sign.senses
        if Sense.DOWNED in senses:
            if broken or wrecks(clause, sign):
                yield sign
        elif Sense.DAMAGED in senses or _burns(clause, sign) or _suffered(clause, sign):
            yield sign


def _burns(clause: Clause, sign: Sign) -> bool:
    return Sense.FIRE in sign.senses and not clause.has(Sense.NOT, Sense.NO)


def _suffered(clause: Clause, sign: Sign) -> bool:
    """ "Пострадали крыша и забор"."""
    if Sense.HURT not in sign.senses or not clause.has(Sense.THING):
        return False
    return not clause.has(*_PERSONS) or _both_denied(clause, sign)


def _both_denied(clause: Clause, sign: Sign) -> bool:
    """ "Здания и люди не пострадали"."""
    if of_verb(clause, sign) is not Said.DENIED:
        return False
    things = {at for s in clause.of(Sense.THING) for at in (s.first, s.last)}
    people = {at for s in clause.of(*_PERSONS) for at in (s.first, s.last)}
    return any(
        (s.first in things and s.last in people) or (s.first in people and s.last in things)
        for s in clause.of(Sense.AND, Sense.NO, Sense.NOT)
    )


def _counts_targets(clause: Clause) -> bool:
    return any(q.counted in {"targets", "bare", "persons"} for q in clause.quantities)


def _only_grass(clause: Clause, verb: Sign) -> bool:
    burnt = not verb.senses.isdisjoint({Sense.FIRE, Sense.DAMAGED})
    return burnt and clause.has(Sense.GRASS) and not clause.has(Sense.THING)


def _intact(clauses: Sequence[Clause], index: int) -> Iterator[tuple[Sign, Said]]:
    """ "Постройки целы", "люди целы, постройки тоже"."""
    clause = clauses[index]
    if clause.has(Sense.THING):
        for sign in clause.of(Sense.INTACT):
            yield sign, Said.DENIED
    after = clauses[index + 1] if index + 1 < len(clauses) else clause
    if after.has(Sense.SAME) and after.has(Sense.THING) and not after.has(*PREDICATES):
        for sign in list(clause.of(Sense.INTACT))[:1]:
            yield sign, Said.DENIED


def _reach(clause: Clause, sign: Sign, said: Said) -> tuple[int, int]:
    """The words that prove it: a denial needs its clause, damage what broke."""
    if said is not Said.STATED:
        return clause.start, clause.end
    things = [s for s in clause.of(Sense.THING) if abs(s.first - sign.first) <= 4]
    around = [sign, *things]
    return min(s.first for s in around), max(s.last for s in around)
