"""The killed and the injured: stated with a count, denied, or not reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.counts import HARM, Count, count_bare, count_persons, wounding
from reports.reading.denial import is_denied_beyond_aside, of_nouns, of_verb
from reports.reading.passages import proof
from reports.reading.senses import Sense
from reports.reading.statements import How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_DEATHS = frozenset({Sense.KILLED, Sense.KILLED_NOUN})
_SOMEBODY = (Sense.PERSON, Sense.PEOPLE)


_ORDINALS = {Sense.SECOND: 2, Sense.THIRD: 3, Sense.FOURTH: 4, Sense.FIFTH: 5}
_TELLING = frozenset(
    {
        *_NOUNS,
        *_VERBS,
        Sense.INTACT,
        Sense.CONSEQUENCES,
        Sense.DAMAGED,
        Sense.HIT,
        Sense.IN_CARE,
        Sense.TREATED,
    }
)
_UNSAID = (Sense.DATA, Sense.NO_DATA, Sense.NO, Sense.NOBODY, Sense.NOT, Sense.CONDITION)
_STRIKE = (Sense.HIT, Sense.ATTACK, Sense.SHELLING, Sense.DEBRIS)


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement, the clause that makes it and the words that count its persons."""

    statement: Statement
    index: int
    counted: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a passage a rule is at work."""

    passage: Passage
    index: int
    clause: Clause
    scope: Scope


def casualties(passage: Passage) -> Iterator[Statement]:
    """What a sentence says of killed and injured persons."""
    told: list[_Told] = []
    explained = False
    for index, clause, scope in passage.told():
        here = _Place(passage, index, clause, scope)
        explained = bool(told) and (explained or clause.opener == ":")
        if not clause.senses.isdisjoint(_TELLING):
            yield from _denied(here)
            names = {item.statement.name for item in told}
            detail = explained or _tells_more(here, told)
            stated = _stated(here)
            told += [item for item in stated if not (detail and item.statement.name in names)]
        elif told and clause.opener == "—" and not explained:
            told += _elsewhere(here, told[-1])
    yield from (item.statement for item in told if not _died(item, told, passage))


def _tells_more(here: _Place, told: Sequence[_Told]) -> bool:
    """Whether a clause may only tell more of persons who were counted before it."""
    if here.clause.has(Sense.SUBSET) or here.clause.opener in {"—", ":"}:
        return True
    before = here.passage.sentence.clauses[told[-1].index] if told else here.clause
    return _opens_with_whose(here.clause) and not _opens_with_whose(before)


def _opens_with_whose(clause: Clause) -> bool:
    """ "У женщины ..."."""
    opening = clause.signs[0] if clause.signs else None
    return opening is not None and opening.first == clause.start and Sense.HAS in opening.senses


def _elsewhere(here: _Place, before: _Told) -> Iterator[_Told]:
    """ "Ранены двое, в селе А — мужчина": the verb of the first place serves the second."""
    clauses = here.passage.sentence.clauses
    place = clauses[here.index - 1]
    named = any(place.start <= group.first < place.end for group in here.passage.groups)
    if not named or here.index - 1 <= before.index or place.has(*HARM) or here.clause.has(*HARM):
        return
    found = count_bare(here.passage, here.clause)
    if found is not None and found.number:
        statement = replace(before.statement, at=here.clause.start, number=found.number)
        basis = proof(here.passage, found.tokens, here.scope)
        statement = replace(statement, scope=here.scope, proof=basis, how=How.NEW)
        spot = here.passage.spot_of(here.scope)
        yield _Told(replace(statement, spot=spot, who="", struck=True), here.index, frozenset())


def _died(item: _Told, told: Sequence[_Told], passage: Passage) -> bool:
    """Whether the injured person died, so that only a death is told: "ранен и скончался"."""
    statement = item.statement
    if statement.name != "injured" or statement.how is How.IN_CARE:
        return False
    return any(_is_of(item, death, passage) for death in told if death.statement.name == "killed")


def _is_of(item: _Told, death: _Told, passage: Passage) -> bool:
    if item.counted & death.counted:
        return True
    injured, dead = item.statement.number, death.statement.number
    if injured != dead or injured is None:
        return False
    clauses = passage.sentence.clauses
    if item.index < death.index:
        later = clauses[death.index]
        return not any(later.start <= at < later.end for at in death.counted)
    return item.index > death.index and not item.counted


def _denied(here: _Place) -> Iterator[Statement]:
    clause = here.clause
    said = of_nouns(here.passage.sentence.clauses, here.index)
    if said in {Said.DENIED, Said.NONE_REPORTED}:
        for noun in clause.of(*_NOUNS):
            yield from _denials(here, noun, said)
    for verb in clause.of(*_VERBS):
        if _said(here, verb) is Said.DENIED and _speaks_of_all(here, verb):
            yield from _denials(here, verb, Said.DENIED)
    for sign in clause.of(Sense.INTACT, Sense.CONSEQUENCES):
        whole = Sense.INTACT in sign.senses or said is Said.DENIED
        if whole and _of_people(here) and not clause.has(Sense.SIGNIFICANT):
            yield from _denials(here, sign, Said.DENIED)


def _said(here: _Place, verb: Sign) -> Said:
    beyond = is_denied_beyond_aside(here.passage.sentence.clauses, here.index)
    return Said.DENIED if beyond else of_verb(here.clause, verb)


def _of_people(here: _Place) -> bool:
    """ "Люди целы", "люди, к счастью, целы"."""
    if here.clause.has(Sense.PEOPLE):
        return True
    after = here.passage.sentence.clauses[here.index + 1 : here.index + 2]
    if any(c.has(Sense.SAME) and c.has(Sense.PEOPLE) for c in after):
        return True
    before = here.passage.sentence.clauses[max(0, here.index - 2) : here.index]
    if len(before) < 2 or here.clause.has(Sense.THING):
        return False
    return before[0].has(Sense.PEOPLE) and before[0].end - before[0].start <= _LONGEST_ASIDE


def _denials(here: _Place, sign: Sign, said: Said) -> Iterator[Statement]:
    """One denial; of "пострадавших" or "casualties" it is two: none killed, none injured."""
    deaths = sign.senses & {Sense.KILLED, Sense.KILLED_NOUN}
    wounds = sign.senses & {Sense.WOUNDED, Sense.WOUNDED_NOUN}
    basis = proof(here.passage, [(here.clause.start, here.clause.end)], here.scope)
    if not wounds:
        yield Statement("killed", said, here.scope, sign.first, proof=basis, broad=not deaths)
    if not deaths and not here.clause.has(Sense.SIGNIFICANT):
        yield Statement("injured", said, here.scope, sign.first, proof=basis)


def _speaks_of_all(here: _Place, verb: Sign) -> bool:
    """Whether "did not suffer" is said of people, not of one person or of a thing."""
    clause = here.clause
    if clause.has(Sense.NOBODY, Sense.PEOPLE) or _is_none_of_them(clause, verb):
        return True
    before = here.passage.sentence.clauses[max(0, here.index - 2) : here.index]
    if any(c.has(Sense.PEOPLE) and c.has(Sense.NOT) and not c.has(*HARM) for c in before):
        return True
    if clause.has(Sense.PERSON, Sense.THING):
        return False
    if any(earlier.has(Sense.NOBODY) for earlier in before):
        return True
    alone = Sense.ONE_PERSON in verb.senses
    return not alone and any(earlier.has(Sense.PEOPLE) for earlier in before)


def _is_none_of_them(clause: Clause, verb: Sign) -> bool:
    """ "No wounded", "no dead or injured": the participle stands for persons."""
    joined = {s.last: s.first for s in clause.of(*_VERBS, Sense.AND, Sense.STOP)}
    none = {sign.last for sign in clause.of(Sense.NO)}
    at = verb.first
    while at not in none and at in joined:
        at = joined[at]
    return at in none


def _stated(here: _Place) -> Iterator[_Told]:
    clause = here.clause
    if _is_doubted(here):
        return
    verbs = [v for v in clause.of(*_VERBS) if _said(here, v) is Said.STATED]
    if not _names_persons(clause):
        verbs = [v for v in verbs if not (Sense.HURT in v.senses and _has_thing(clause, v))]
    nouns = [] if verbs else list(_stated_nouns(here))
    signs = verbs + nouns or wounding(clause)
    for sign in _one_for_each(signs):
        found = count_persons(here.passage, here.index, sign)
        if found is not None:
            yield _told(here, sign, found)
    if not signs:
        yield from _in_care(here)


def _has_thing(clause: Clause, verb: Sign) -> bool:
    """Whether a thing may be what suffered: not "a couple were hurt when it hit a house"."""
    turn = (s.first for s in clause.of(Sense.TIMED) if s.first >= verb.last)
    end = next(turn, clause.end)
    return any(thing.first < end for thing in clause.of(Sense.THING, Sense.ANIMAL))


def _told(here: _Place, sign: Sign, found: Count) -> _Told:
    counted = frozenset(at for first, last in found.tokens for at in range(first, last))
    return _Told(_statement(here, sign, found), here.index, counted)


def _is_doubted(here: _Place) -> bool:
    """ "May have died", "возможно, погиб"."""
    if here.clause.has(Sense.MAYBE):
        return True
    aside = here.passage.sentence.clauses[max(0, here.index - 1)]
    return aside.has(Sense.MAYBE) and aside.end - aside.start <= _LONGEST_ASIDE


def _in_care(here: _Place) -> Iterator[_Told]:
    """ "Погиб мужчина, еще двое в больнице": who is treated was hurt."""
    clause = here.clause
    beside = here.passage.sentence.has(Sense.KILLED, Sense.KILLED_NOUN)
    care = (Sense.IN_CARE, Sense.TREATED) if beside else (Sense.TREATED,)
    if here.passage.sentence.has(Sense.DISTRESS) or clause.has(Sense.SUBSET, Sense.NOT, Sense.NO):
        return
    if clause.has(Sense.STANDS) and not clause.has(Sense.TREATED):
        return
    for sign in list(clause.of(*care))[:1]:
        found = count_persons(here.passage, here.index, sign)
        if found and found.number:
            told = _told(here, sign, found)
            yield replace(told, statement=replace(told.statement, how=How.IN_CARE))


def _stated_nouns(here: _Place) -> Iterator[Sign]:
    said = of_nouns(here.passage.sentence.clauses, here.index)
    nouns = list(here.clause.of(*_NOUNS))
    if said is Said.STATED:
        return iter(nouns)
    alone = said is Said.NOT_SAID and not here.clause.has(*_UNSAID)
    return (n for n in nouns if alone and (Sense.ONE_PERSON in n.senses or _ordinal(here, n.first)))


def _ordinal(here: _Place, at: int) -> int | None:
    """Which one of them a person is: "второй погибший"."""
    before = next((s for s in here.clause.of(*_ORDINALS) if s.last == at), None)
    if before is None:
        return None
    return next(number for sense, number in _ORDINALS.items() if sense in before.senses)


def _names_persons(clause: Clause) -> bool:
    return clause.has(*_SOMEBODY) or any(q.counted == "persons" for q in clause.quantities)


def _one_for_each(signs: list[Sign]) -> list[Sign]:
    """One sign for each field."""
    return list({_name(sign): sign for sign in reversed(signs)}.values())[::-1]


def _name(sign: Sign) -> str:
    return "injured" if sign.senses.isdisjoint(_DEATHS) else "killed"


def _statement(here: _Place, sign: Sign, found: Count) -> Statement:
    sentence = here.passage.sentence
    ambiguous = Sense.HURT_NOUN in sign.senses and here.passage.tokens[sign.first].text.isascii()
    nth = _nth(here, sign, found)
    return Statement(
        _name(sign),
        Said.STATED,
        here.scope,
        sign.first,
        number=None if ambiguous or _of_several(here) else nth or found.number,
        how=How.AGAIN if nth else _how(here, sign, found),
        bound=found.bound,
        added=found.added,
        proof=proof(here.passage, [(sign.first, sign.last), *found.tokens], here.scope),
        who=found.who,
        spot=here.passage.spot_of(here.scope),
        struck=sentence.has(*_STRIKE),
    )


def _of_several(here: _Place) -> bool:
    """One figure over several regions states none of each, unless it is said of each."""
    each = any(quantity.each for quantity in here.clause.quantities)
    return len(here.scope.regions) > 1 and not each


def _nth(here: _Place, sign: Sign, found: Count) -> int | None:
    if found.number not in {None, 1}:
        return None
    starts = [sign.first, *(first for first, _ in found.tokens)]
    return next((nth for at in starts if (nth := _ordinal(here, at))), None)


def _how(here: _Place, sign: Sign, found: Count) -> How:
    clause, sentence = here.clause, here.passage.sentence
    opening = sentence.clauses[0]
    if (
        found.grown
        or clause.has(Sense.TOTAL)
        or (opening is not clause and opening.has(Sense.TOTAL) and opening.end - opening.start <= 4)
    ):
        return How.TOTAL
    if clause.has(Sense.SUBSET):
        return How.PART
    if any(_is_of_persons(clause, more) for more in clause.of(Sense.MORE)):
        return How.MORE
    noun = not sign.senses.isdisjoint(_NOUNS)
    fresh = sentence.has(Sense.HIT, Sense.ATTACK, Sense.SHELLING) or here.scope.finer
    return How.AGAIN if noun and not fresh else How.NEW


def _is_of_persons(clause: Clause, more: Sign) -> bool:
    """Not "еще один дрон": there another drone comes, and not another person."""
    counted = next((q for q in clause.quantities if 0 <= q.first - more.last <= 1), None)
    return counted is None or counted.counted != "targets"
