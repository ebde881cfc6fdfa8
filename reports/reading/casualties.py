"""The killed and the injured: stated with a count, denied, or not reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.counts import Count, count_bare, count_persons
from reports.reading.denial import of_nouns
from reports.reading.passages import proof
from reports.reading.senses import Sense
from reports.reading.spared import LONGEST_ASIDE, NOUNS, VERBS, Place, denied, said_of
from reports.reading.statements import How, Statement
from reports.reading.subjects import HARM
from reports.reading.wounds import hurt_bodies, wounding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

_DEATHS = frozenset({Sense.KILLED, Sense.KILLED_NOUN})
_SOMEBODY = (Sense.PERSON, Sense.PEOPLE)
_ORDINALS = {Sense.SECOND: 2, Sense.THIRD: 3, Sense.FOURTH: 4, Sense.FIFTH: 5}
_TELLING = frozenset(
    {
        *NOUNS,
        *VERBS,
        Sense.INTACT,
        Sense.CONSEQUENCES,
        Sense.DAMAGED,
        Sense.HIT,
        Sense.IN_CARE,
        Sense.TREATED,
        Sense.BODY,
    }
)
_UNSAID = (Sense.DATA, Sense.NO_DATA, Sense.NO, Sense.NOBODY, Sense.NOT, Sense.CONDITION)
_MOST = 5_000
"""What is more is money: "раненым — по 500 тысяч"."""
_LEAD = 6
"""Tokens of "Итог ночного удара на утро:"."""
_STRIKE = (Sense.HIT, Sense.ATTACK, Sense.SHELLING, Sense.DEBRIS)


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement, the clause that makes it and the words that count its persons."""

    statement: Statement
    index: int
    counted: frozenset[int]


def casualties(passage: Passage) -> Iterator[Statement]:
    """What a sentence says of killed and injured persons."""
    told: list[_Told] = []
    explained = False
    for index, clause, scope in passage.told():
        here = Place(passage, index, clause, scope)
        explained = bool(told) and (explained or clause.opener == ":")
        if not clause.senses.isdisjoint(_TELLING):
            yield from denied(here)
            names = {item.statement.name for item in told}
            detail = explained or _tells_more(here, told)
            stated = _stated(here)
            told += [item for item in stated if not (detail and item.statement.name in names)]
        elif told and clause.has(Sense.TOTAL) and not clause.has(*HARM):
            told += _summed(here, told[-1])
        elif told and clause.opener == "—" and not explained:
            told += _elsewhere(here, told[-1])
    yield from (item.statement for item in told if not _died(item, told))


def _tells_more(here: Place, told: Sequence[_Told]) -> bool:
    """Whether a clause may only tell more of persons who were counted before it."""
    if here.clause.has(Sense.SUBSET) or here.clause.opener in {"—", ":"}:
        return True
    before = here.passage.sentence.clauses[told[-1].index] if told else here.clause
    return _opens_with_whose(here.clause) and not _opens_with_whose(before)


def _opens_with_whose(clause: Clause) -> bool:
    """ "У женщины ..."."""
    opening = clause.signs[0] if clause.signs else None
    return opening is not None and opening.first == clause.start and Sense.HAS in opening.senses


def _summed(here: Place, before: _Told) -> Iterator[_Told]:
    """ "One more guard was hurt, which makes four": a bare figure after persons."""
    bare = [q for q in here.clause.quantities if q.counted in {"bare", "persons"}]
    least = before.statement.number or 0
    if len(bare) == 1 and least < (bare[0].value or 0) < _MOST and not here.clause.has_target:
        basis = proof(here.passage, [(bare[0].first, bare[0].last)], here.scope)
        statement = replace(before.statement, at=bare[0].first, number=bare[0].value)
        yield _Told(replace(statement, how=How.TOTAL, proof=basis, who=""), here.index, frozenset())


def _elsewhere(here: Place, before: _Told) -> Iterator[_Told]:
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


def _died(item: _Told, told: Sequence[_Told]) -> bool:
    """Whether the injured person died, so that only a death is told: "ранен и скончался"."""
    statement = item.statement
    if statement.name != "injured" or statement.how is How.IN_CARE:
        return False
    return any(_is_of(item, death) for death in told if death.statement.name == "killed")


def _is_of(item: _Told, death: _Told) -> bool:
    if item.counted & death.counted:
        return True
    injured, dead = item.statement.number, death.statement.number
    if injured != dead or injured is None:
        return False
    if item.index < death.index:
        return not death.counted
    return item.index > death.index and not item.counted


def _stated(here: Place) -> Iterator[_Told]:
    clause = here.clause
    if _is_doubted(here):
        return
    verbs = [v for v in clause.of(*VERBS) if said_of(here, v) is Said.STATED]
    if not _names_persons(clause):
        verbs = [v for v in verbs if not (Sense.HURT in v.senses and _has_thing(clause, v))]
    nouns = [] if verbs else list(_stated_nouns(here))
    signs = verbs + nouns or wounding(clause) or hurt_bodies(here.passage, clause)
    for sign in _one_for_each(signs):
        found = count_persons(here.passage, here.index, sign)
        if found is None and _ordinal(here, sign.first):
            found = Count(None)
        if found is not None and (found.number or 0) < _MOST:
            yield _told(here, sign, found)
    if not signs:
        yield from _in_care(here)


def _has_thing(clause: Clause, verb: Sign) -> bool:
    """Whether a thing may be what suffered: not "a couple were hurt when it hit a house"."""
    turn = (s.first for s in clause.of(Sense.TIMED) if s.first >= verb.last)
    end = next(turn, clause.end)
    return any(thing.first < end for thing in clause.of(Sense.THING, Sense.ANIMAL))


def _told(here: Place, sign: Sign, found: Count) -> _Told:
    counted = frozenset(at for first, last in found.tokens for at in range(first, last))
    return _Told(_statement(here, sign, found), here.index, counted)


def _is_doubted(here: Place) -> bool:
    """ "May have died", "возможно, погиб"."""
    if here.clause.has(Sense.MAYBE):
        return True
    aside = here.passage.sentence.clauses[max(0, here.index - 1)]
    return aside.has(Sense.MAYBE) and aside.end - aside.start <= LONGEST_ASIDE


def _in_care(here: Place) -> Iterator[_Told]:
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
            if told.statement.how is not How.TOTAL:
                told = replace(told, statement=replace(told.statement, how=How.IN_CARE))
            yield told


def _stated_nouns(here: Place) -> Iterator[Sign]:
    said = of_nouns(here.passage.sentence.clauses, here.index)
    nouns = list(here.clause.of(*NOUNS))
    if said is Said.STATED:
        return iter(nouns)
    alone = said is Said.NOT_SAID and not here.clause.has(*_UNSAID)
    return (n for n in nouns if alone and (Sense.ONE_PERSON in n.senses or _ordinal(here, n.first)))


def _ordinal(here: Place, at: int) -> int | None:
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


def _statement(here: Place, sign: Sign, found: Count) -> Statement:
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


def _of_several(here: Place) -> bool:
    """One figure over several regions states none of each, unless it is said of each."""
    each = any(quantity.each for quantity in here.clause.quantities)
    return len(here.scope.regions) > 1 and not each


def _nth(here: Place, sign: Sign, found: Count) -> int | None:
    if found.number not in {None, 1}:
        return None
    starts = [sign.first, *(first for first, _ in found.tokens)]
    return next((nth for at in starts if (nth := _ordinal(here, at))), None)


def _how(here: Place, sign: Sign, found: Count) -> How:
    clause, sentence = here.clause, here.passage.sentence
    opening = sentence.clauses[0]
    if (
        found.grown
        or clause.has(Sense.TOTAL)
        or (
            opening is not clause
            and opening.has(Sense.TOTAL)
            and not (opening.quantities and Sense.TREATED in sign.senses)
            and opening.end - opening.start <= _LEAD
        )
    ):
        return How.TOTAL
    if clause.has(Sense.SUBSET):
        return How.PART
    starts = {first for first, _ in found.tokens}
    beside = sentence.clauses[max(0, here.index - 1)]
    if any(more.last in starts for more in beside.of(Sense.MORE)):
        return How.MORE
    if any(_is_of_persons(clause, more) for more in clause.of(Sense.MORE)):
        return How.MORE
    noun = not sign.senses.isdisjoint(NOUNS)
    fresh = sentence.has(Sense.HIT, Sense.ATTACK, Sense.SHELLING) or here.scope.finer
    return How.AGAIN if noun and not fresh else How.NEW


def _is_of_persons(clause: Clause, more: Sign) -> bool:
    """Not "еще один дрон": there another drone comes, and not another person."""
    counted = next((q for q in clause.quantities if 0 <= q.first - more.last <= 1), None)
    return counted is None or counted.counted != "targets"
