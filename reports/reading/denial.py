"""Whether consequences are stated, denied, not reported, or only named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import CONSEQUENCE_NOUNS, PREDICATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

_VERBS = (Sense.HURT, Sense.WOUNDED, Sense.KILLED, Sense.DAMAGED, Sense.DOWNED, Sense.HIT)
_OF_THE_AIR = frozenset({*TARGETS, Sense.ATTACK, Sense.SHELLING})
_WEIGHTY = PREDICATES | CONSEQUENCE_NOUNS | _OF_THE_AIR | {Sense.NO, Sense.NOBODY, Sense.NO_DATA}
_OF_PERSONS = frozenset(
    {*_VERBS[:3], Sense.HURT_NOUN, Sense.WOUNDED_NOUN, Sense.KILLED_NOUN, Sense.PERSON}
)
_DENIABLE = CONSEQUENCE_NOUNS | {*_VERBS[:4], Sense.NO_DATA}
_REACH = 3
"""Clauses across which a list of nouns or an aside may stretch."""
_ANSWER = 2
"""Tokens: "casualties: none"."""
_LONGEST_ASIDE = 5
_NOT_BEFORE = 3
"""Most tokens between "not" and its verb: "никто серьезно не пострадал"."""


def of_nouns(clauses: Sequence[Clause], index: int) -> Said:
    """What is said of the consequences that a clause names by nouns.

    A list, and an aside in it, may put the denial into another clause: "пострадавших,
    по первым данным, нет". NOT_SAID where they are only named.
    """
    clause = clauses[index]
    return (
        _own(clause)
        or _figure_follows(clauses, index)
        or _corrected(clauses, index)
        or _from_later(clauses, index)
        or _from_earlier(clauses, index)
        or (Said.STATED if clause.has(Sense.EXISTS) else Said.NOT_SAID)
    )


def of_verb(clause: Clause, verb: Sign) -> Said:
    """Whether a clause states or denies what its verb says.

    Of "suffered no injuries" the verb says nothing; its noun does.
    """
    after = next((s for s in clause.signs if s.first == verb.last), None)
    none = after is not None and Sense.WITHOUT not in after.senses
    if after is not None and none and after.senses & {Sense.NO, Sense.NOBODY}:
        return Said.DENIED if Sense.NOBODY in after.senses else Said.NOT_SAID
    for sign in clause.signs:
        if sign.first >= verb.first:
            break
        if Sense.WITHOUT in sign.senses and verb.first - sign.last > 1:
            continue
        if Sense.NO_DATA in sign.senses and _is_unheard_of(clause, sign, verb):
            return Said.NONE_REPORTED
        if Sense.NOBODY in sign.senses or Sense.NO in sign.senses:
            if _is_about_its_cause(clause, sign, verb):
                continue
            return Said.DENIED
        if Sense.NOT in sign.senses and verb.first - sign.last < _NOT_BEFORE:
            return Said.DENIED
    return Said.STATED


def _is_unheard_of(clause: Clause, none: Sign, verb: Sign) -> bool:
    """ "No reports of people hurt or buildings damaged": not "no word after it hit a house"."""
    harm = not verb.senses.isdisjoint(_VERBS[:4])
    return harm and not _is_about_its_cause(clause, none, verb)


def is_answered_none(clauses: Sequence[Clause], index: int) -> bool:
    """ "Разрушенных домов — ноль", "damaged buildings: none"."""
    after = clauses[index + 1] if index + 1 < len(clauses) else None
    if after is None or after.opener not in {"—", ":"} or after.end - after.start > _ANSWER:
        return False
    return after.has(Sense.NO, Sense.NOBODY)


def is_denied_beyond_aside(clauses: Sequence[Clause], index: int) -> bool:
    """ "Nobody, he added, was hurt": the aside parts a verb from its subject."""
    if index < 2 or {clauses[index].opener, clauses[index - 1].opener} != {","}:
        return False
    head, aside = clauses[index - 2 : index]
    if aside.end - aside.start > _LONGEST_ASIDE or aside.has(*PREDICATES) or not head.signs:
        return False
    last = head.signs[-1]
    return last.last == head.end and Sense.NOBODY in last.senses


def is_denied(clause: Clause, sign: Sign) -> bool:
    """Whether a clause denies what a sign of it says, be it noun or verb."""
    if of_verb(clause, sign) is Said.DENIED:
        return True
    denials = (s for s in clause.signs if s.senses & {Sense.NO, Sense.NO_DATA, Sense.NOT})
    return not all(_is_about_its_cause(clause, s, sign) for s in denials)


def _is_about_its_cause(clause: Clause, no: Sign, sign: Sign) -> bool:
    """ "No one was hurt *in the attack*": what is denied came before, and not its cause."""
    if not sign.senses.isdisjoint(_OF_PERSONS):
        return False
    between = [s for s in clause.signs if no.first <= s.first < sign.first]
    named = (at for at, s in enumerate(between) if not s.senses.isdisjoint(_DENIABLE))
    first = next(named, len(between))
    return any(Sense.CAUSE in s.senses for s in between[first + 1 :])


def is_absent(clause: Clause, sign: Sign) -> bool:
    """ "БПЛА не зафиксировано", "no drones were": none of what the sign names was there."""
    signs = [s for s in clause.signs if s.senses & _WEIGHTY]
    at = signs.index(sign) if sign in signs else len(signs)
    before = signs[at - 1] if 0 < at < len(signs) else None
    none = before is not None and before.senses & {Sense.NO, Sense.NOBODY}
    if before is not None and none and sign.first - before.last <= 1:
        return True
    for index, after in enumerate(signs[at + 1 :], at + 1):
        if Sense.WITHOUT in after.senses:
            return False
        if after.senses & {Sense.NO, Sense.NO_DATA}:
            following = signs[index + 1] if index + 1 < len(signs) else None
            return following is None or following.senses.isdisjoint(CONSEQUENCE_NOUNS)
        if after.senses.isdisjoint(_OF_THE_AIR):
            return False
    return False


def _own(clause: Clause) -> Said | None:
    if clause.has(Sense.NO_DATA):
        return Said.NONE_REPORTED
    if clause.has(Sense.DATA):
        absent = clause.has(Sense.NO, Sense.NOT)
        return Said.NONE_REPORTED if absent else Said.NOT_SAID
    if clause.has(Sense.NO, Sense.NOBODY) or _none_of(clause):
        return _weighed(clause)
    if clause.has(Sense.CLARIFIED):
        return Said.NOT_SAID
    if clause.has(Sense.EXISTS) and not clause.has(Sense.NOT):
        return Said.STATED
    return Said.STATED if _has_persons(clause) else None


def _none_of(clause: Clause) -> bool:
    """ "Ни погибших, ни раненых": "not" right before the noun."""
    nouns = {sign.first for sign in clause.of(*CONSEQUENCE_NOUNS)}
    return any(sign.last in nouns for sign in clause.of(Sense.NOT))


def _weighed(clause: Clause) -> Said:
    """A denial, unless it denies only what is serious, or denies that anything was reported."""
    if clause.has(Sense.SIGNIFICANT):
        return Said.NOT_SAID
    nouns = [sign.first for sign in clause.of(*CONSEQUENCE_NOUNS)]
    reported = [sign.first for sign in clause.of(Sense.REPORTED)]
    after = bool(nouns and reported and reported[-1] > nouns[0])
    return Said.NONE_REPORTED if after else Said.DENIED


def _figure_follows(clauses: Sequence[Clause], index: int) -> Said | None:
    """ "Число жертв — двое", "пострадавшие: женщина": they stand after a dash or a colon."""
    after = clauses[index + 1] if index + 1 < len(clauses) else None
    if after is None or after.opener not in {"—", ":"}:
        return None
    if after.signs and Sense.PERSON in after.signs[0].senses and not after.has(*PREDICATES):
        return Said.STATED
    if not after.quantities:
        return None
    return Said.STATED if after.quantities[0].first - after.start <= 1 else None


def _corrected(clauses: Sequence[Clause], index: int) -> Said | None:
    """ "Раненых уже не двое, а трое"."""
    after = clauses[index + 1] if index + 1 < len(clauses) else None
    if after is None or not any(q.replaced for q in clauses[index].quantities):
        return None
    return Said.STATED if after.quantities and not after.has(*PREDICATES) else None


def _from_later(clauses: Sequence[Clause], index: int) -> Said | None:
    for clause in clauses[index + 1 : index + 1 + _REACH]:
        none = clause.has(Sense.NOBODY) and clause.end - clause.start <= _ANSWER
        answers = clause.opener == ":" and (none or clause.has(Sense.NO))
        if clause.opener not in {",", "и", "—", "(", ")"} and not answers:
            return None
        if none or clause.has(*CONSEQUENCE_NOUNS, Sense.NO, Sense.NO_DATA):
            found = _own(clause)
            if found in {Said.DENIED, Said.NONE_REPORTED} and not clause.has(*_VERBS):
                return found
            if found:
                return None
        elif clause.quantities or clause.has(*_VERBS):
            return None
    return None


def _from_earlier(clauses: Sequence[Clause], index: int) -> Said | None:
    clause = clauses[index]
    only_nouns = not clause.has(*_VERBS) and not clause.quantities
    short = clause.end - clause.start <= _REACH + 1 and clause.opener in {",", "и"}
    if not (clause.has(Sense.SAME) or (only_nouns and short)):
        return None
    for before in reversed(clauses[max(0, index - _REACH) : index]):
        if before.has(*CONSEQUENCE_NOUNS) or (clause.has(Sense.SAME) and before.has(Sense.FIRE)):
            found = _own(before)
            return found if found in {Said.DENIED, Said.NONE_REPORTED} else None
    return None


def _has_persons(clause: Clause) -> bool:
    return any(not q.replaced and q.counted != "nothing" for q in clause.quantities)
