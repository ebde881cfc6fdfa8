"""The killed and the injured: stated with a count, denied, or not reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.counts import Count, count_persons
from reports.reading.denial import of_nouns, of_verb
from reports.reading.passages import proof
from reports.reading.senses import Sense
from reports.reading.statements import How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.reading.passages import Passage
    from reports.reading.scope import Scope
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

_NOUNS = {
    Sense.HURT_NOUN: "injured",
    Sense.WOUNDED_NOUN: "injured",
    Sense.KILLED_NOUN: "killed",
}
_VERBS = {Sense.HURT: "injured", Sense.WOUNDED: "injured", Sense.KILLED: "killed"}
_LONGEST_ASIDE = 3
"""Tokens."""
_SOMEBODY = (Sense.PERSON, Sense.PEOPLE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a passage a rule is at work."""

    passage: Passage
    index: int
    clause: Clause
    scope: Scope


def casualties(passage: Passage) -> Iterator[Statement]:
    """What a sentence says of killed and injured persons."""
    stated: set[str] = set()
    for index, clause, scope in passage.told():
        here = _Place(passage, index, clause, scope)
        yield from _denied(here)
        detail = clause.has(Sense.SUBSET) or clause.opener in {"—", ":"}
        for statement in _stated(here):
            if detail and statement.name in stated:
                continue
            stated.add(statement.name)
            yield statement


def _denied(here: _Place) -> Iterator[Statement]:
    clause = here.clause
    said = of_nouns(here.passage.sentence.clauses, here.index)
    if said in {Said.DENIED, Said.NONE_REPORTED}:
        for noun in clause.of(*_NOUNS):
            yield from _denials(here, noun, said)
    for verb in clause.of(*_VERBS):
        if of_verb(clause, verb) is Said.DENIED and _speaks_of_all(here, verb):
            yield from _denials(here, verb, Said.DENIED)
    for sign in clause.of(Sense.INTACT, Sense.CONSEQUENCES):
        whole = Sense.INTACT in sign.senses or said is Said.DENIED
        if whole and clause.has(Sense.PEOPLE) and not clause.has(Sense.SIGNIFICANT):
            yield from _denials(here, sign, Said.DENIED)


def _denials(here: _Place, sign: Sign, said: Said) -> Iterator[Statement]:
    """One denial; of "пострадавших" or "casualties" it is two: none killed, none injured."""
    deaths = sign.senses & {Sense.KILLED, Sense.KILLED_NOUN}
    wounds = sign.senses & {Sense.WOUNDED, Sense.WOUNDED_NOUN}
    basis = proof(here.passage, [(here.clause.start, here.clause.end)], here.scope)
    if not wounds:
        yield Statement("killed", said, here.scope, sign.first, proof=basis, broad=not deaths)
    if not deaths:
        yield Statement("injured", said, here.scope, sign.first, proof=basis)


def _speaks_of_all(here: _Place, verb: Sign) -> bool:
    """Whether "did not suffer" is said of people, not of one person or of a thing."""
    clause = here.clause
    if clause.has(Sense.NOBODY, Sense.PEOPLE) or _is_none_of_them(clause, verb):
        return True
    if clause.has(Sense.PERSON, Sense.THING):
        return False
    before = here.passage.sentence.clauses[max(0, here.index - 2) : here.index]
    return Sense.ONE_PERSON not in verb.senses and any(
        earlier.has(Sense.PEOPLE, Sense.NOBODY) for earlier in before
    )


def _is_none_of_them(clause: Clause, verb: Sign) -> bool:
    """ "No wounded", "no dead or injured": the participle stands for persons."""
    joined = {s.last: s.first for s in clause.of(*_VERBS, Sense.AND, Sense.STOP)}
    none = {sign.last for sign in clause.of(Sense.NO)}
    at = verb.first
    while at not in none and at in joined:
        at = joined[at]
    return at in none


def _stated(here: _Place) -> Iterator[Statement]:
    clause = here.clause
    if _is_doubted(here):
        return
    verbs = [v for v in clause.of(*_VERBS) if of_verb(clause, v) is Said.STATED]
    if clause.has(Sense.THING) and not _names_persons(clause):
        verbs = [verb for verb in verbs if Sense.HURT not in verb.senses]
    nouns = [] if verbs else list(_stated_nouns(here))
    for sign in _one_for_each(verbs + nouns):
        found = count_persons(here.passage, here.index, sign)
        if found is None:
            continue
        yield _statement(here, sign, found)
    if not verbs and not nouns:
        yield from _in_care(here)


def _is_doubted(here: _Place) -> bool:
    """ "May have died", "возможно, погиб"."""
    if here.clause.has(Sense.MAYBE):
        return True
    aside = here.passage.sentence.clauses[max(0, here.index - 1)]
    return aside.has(Sense.MAYBE) and aside.end - aside.start <= _LONGEST_ASIDE


def _in_care(here: _Place) -> Iterator[Statement]:
    """ "Погиб мужчина, еще двое в больнице": beside a death they were hurt by the same."""
    beside = here.passage.sentence.has(Sense.KILLED, Sense.KILLED_NOUN)
    if not beside or here.clause.has(Sense.SUBSET, Sense.STANDS, Sense.NOT, Sense.NO):
        return
    for sign in list(here.clause.of(Sense.IN_CARE))[:1]:
        found = count_persons(here.passage, here.index, sign)
        if found and found.number:
            yield replace(_statement(here, sign, found), how=How.IN_CARE)


def _stated_nouns(here: _Place) -> Iterator[Sign]:
    said = of_nouns(here.passage.sentence.clauses, here.index)
    return here.clause.of(*_NOUNS) if said is Said.STATED else iter(())


def _names_persons(clause: Clause) -> bool:
    return clause.has(*_SOMEBODY) or any(q.counted == "persons" for q in clause.quantities)


def _one_for_each(signs: list[Sign]) -> list[Sign]:
    """One sign for each field."""
    return list({_name(sign): sign for sign in reversed(signs)}.values())[::-1]


def _name(sign: Sign) -> str:
    for sense, name in {**_VERBS, **_NOUNS}.items():
        if sense in sign.senses:
            return name
    return "injured"


def _statement(here: _Place, sign: Sign, found: Count) -> Statement:
    clause = here.clause
    ambiguous = Sense.HURT_NOUN in sign.senses and here.passage.tokens[sign.first].text.isascii()
    return Statement(
        _name(sign),
        Said.STATED,
        here.scope,
        sign.first,
        number=None if ambiguous else found.number,
        how=_how(here, sign, found),
        bound=found.bound,
        added=found.added,
        proof=proof(here.passage, [(sign.first, sign.last), *found.tokens], here.scope),
        who=found.who or ("" if clause.has(Sense.PERSON) else "?"),
    )


def _how(here: _Place, sign: Sign, found: Count) -> How:
    clause, sentence = here.clause, here.passage.sentence
    opening = sentence.clauses[0]
    if (
        found.grown
        or clause.has(Sense.TOTAL)
        or (opening is not clause and opening.has(Sense.TOTAL) and opening.end - opening.start <= 4)
    ):
        return How.TOTAL
    if clause.has(Sense.MORE):
        return How.MORE
    noun = not sign.senses.isdisjoint(_NOUNS)
    fresh = sentence.has(Sense.HIT, Sense.ATTACK, Sense.SHELLING) or here.scope.finer
    return How.AGAIN if noun and not fresh else How.NEW
