"""Which numerals of a clause count what was brought down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.reading.counting import Counted
from reports.reading.numbers import Quantity
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import PREDICATES
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

_TIME = 3
"""Tokens of "в 03:40" and the like, at most."""
_HARMED = (Sense.HURT_NOUN, Sense.WOUNDED_NOUN, Sense.KILLED_NOUN)
_OTHER_STORY = (
    Sense.ATTACK,
    Sense.HIT,
    Sense.HURT,
    Sense.WOUNDED,
    Sense.KILLED,
    Sense.HURT_NOUN,
    Sense.WOUNDED_NOUN,
    Sense.KILLED_NOUN,
    Sense.DAMAGED,
    Sense.OUTAGE,
    Sense.FIRE,
    Sense.SHELLING,
    Sense.DIVERTED,
)


def tells_otherwise(clause: Clause) -> bool:
    """Whether a clause is about something else than what was brought down."""
    return clause.has(*_OTHER_STORY) and not clause.has(Sense.DOWNED)


def figures_of(passage: Passage, index: int) -> Iterator[Quantity]:
    """The numerals of a clause that count what was brought down."""
    clause = passage.sentence.clauses[index]
    if tells_otherwise(clause):
        return
    told = False
    for found in clause.quantities:
        if found.replaced or (found.both and _counted_before(passage, found)):
            continue
        persons = _are_targets(passage, clause, found)
        quantity = replace(found, counted=Counted.BARE) if persons else found
        targets_counted = quantity.counted is Counted.TARGETS
        if targets_counted or (quantity.counted is Counted.BARE and _is_ours(passage, index)):
            told = True
            yield quantity
    if not told and clause.has(Sense.DOWNED):
        yield from _one_of_several(passage, clause)


def _counted_before(passage: Passage, both: Quantity) -> bool:
    """Whether "both" may speak of two that its sentence counted already."""
    return any(q.first < both.first for q in passage.sentence.quantities)


def _are_targets(passage: Passage, clause: Clause, quantity: Quantity) -> bool:
    """ "Атаковали БПЛА: троих достали в воздухе": a numeral for persons that counts drones."""
    if quantity.counted is not Counted.PERSONS or not clause.has(Sense.DOWNED):
        return False
    return passage.sentence.has_target and not clause.has(Sense.PERSON, Sense.PEOPLE, *_HARMED)


def _one_of_several(passage: Passage, clause: Clause) -> Iterator[Quantity]:
    """ "Летели два дрона: первый сбит", "один охрана сбила, второй упал"."""
    others = list(passage.sentence.of(Sense.ONE_OF_SEVERAL))
    ones = [(q.first, q.last) for q in clause.quantities if q.value == 1 and not q.replaced]
    counted = any(
        q.counted is Counted.TARGETS and q.first < clause.start for q in passage.sentence.quantities
    )
    if ones and any(other.first >= clause.end for other in others):
        yield Quantity(*ones[0], 1, Counted.BARE)
    elif counted or len(others) > 1:
        own = (s for s in others if clause.start <= s.first < clause.end)
        near = (s for s in own if _meets_verb(clause, s))
        yield from (Quantity(s.first, s.last, 1, Counted.BARE) for s in list(near)[:1])


def _meets_verb(clause: Clause, sign: Sign) -> bool:
    """Whether nothing but a target stands between a word and the verb."""
    after = [s for s in clause.signs if s.first >= sign.last]
    return bool(after) and bool(after[0].senses & {Sense.DOWNED, *TARGETS})


def _is_ours(passage: Passage, index: int) -> bool:
    """Whether a bare numeral stands with the verb, a place, a total or "respectively"."""
    clause = passage.sentence.clauses[index]
    if clause.has(Sense.DOWNED, Sense.TOTAL, Sense.MORE, Sense.EACH_BEFORE) or clause.has_target:
        return True
    if passage.sentence.has(Sense.RESPECTIVELY) or _is_told_before(passage, index):
        return True
    if clause.has(Sense.THEM) and _follows_downing(passage, index):
        return True
    near = passage.sentence.clauses[max(0, index - 1) : index + 2]
    beside = [c for c in near if c is clause or {"—", ":"} & {c.opener, clause.opener}]
    alone = any(q.first == clause.start and q.last == clause.end for q in clause.quantities)
    if clause.opener == "(" and alone:
        beside.append(passage.sentence.clauses[max(0, index - 1)])
    if _goes_on_in_time(passage, index) or any(
        is_entry(passage, quantity) for quantity in clause.quantities
    ):
        return True
    return any(c.start <= group.first < c.end for group in passage.groups for c in beside)


def _follows_downing(passage: Passage, index: int) -> bool:
    """ "Дроны сбиты, их было пять": a clause that only tells how many they were."""
    clauses = passage.sentence.clauses
    if clauses[index].has(*PREDICATES):
        return False
    return any(c.has(Sense.DOWNED) and c.has_target for c in clauses[:index])


def _at_a_time(passage: Passage, index: int) -> bool:
    """ "2 — в 03:40": the figure alone, and a time of the clock after a dash."""
    clauses = passage.sentence.clauses
    if index + 1 >= len(clauses) or clauses[index + 1].opener != "—":
        return False
    clause, after = clauses[index], clauses[index + 1]
    alone = any((q.first, q.last) == (clause.start, clause.end) for q in clause.quantities)
    short = after.end - after.start <= _TIME
    tokens = passage.tokens[after.start : after.end]
    return alone and short and any(token.form is Form.FIGURE for token in tokens)


def is_entry(passage: Passage, quantity: Quantity) -> bool:
    """ "Сбито по районам: Ближний — 4": an entry of a list, even if its place is not known."""
    clauses = passage.sentence.clauses
    index = next(at for at, clause in enumerate(clauses) if quantity.first < clause.end)
    clause = clauses[index]
    alone = (quantity.first, quantity.last) == (clause.start, clause.end)
    if not alone or clause.opener != "—" or index == 0 or clauses[index - 1].quantities:
        return False
    colons = [at for at in range(index) if clauses[at].opener == ":"]
    return any(clause.has(Sense.DOWNED) for at in colons[-1:] for clause in clauses[:at])


def _goes_on_in_time(passage: Passage, index: int) -> bool:
    """ "Вечером сбиты 5 БПЛА, ночью 12": a time of day, a figure, and nothing more."""
    clause = passage.sentence.clauses[index]
    told = [c for c in passage.sentence.clauses[:index] if c.has(Sense.DOWNED) and c.quantities]
    if told and _at_a_time(passage, index):
        return True
    last = clause.quantities[-1].last if clause.quantities else clause.start
    known = {at for sign in clause.signs for at in range(sign.first, sign.last)}
    rest = set(range(clause.start, last)) - known
    short = all(q.first in rest for q in clause.quantities) and len(rest) == 1
    return bool(told) and clause.has(Sense.FRESH) and short


def _is_told_before(passage: Passage, index: int) -> bool:
    """ "Сбитых — 12", "сбиты не шесть, а пять": the verb is in the clause before."""
    before = passage.sentence.clauses[max(0, index - 1)]
    if not before.has(Sense.DOWNED):
        return False
    clause = passage.sentence.clauses[index]
    opens = bool(clause.quantities) and clause.quantities[0].first == clause.start
    if not before.quantities:
        return opens and clause.opener in {"—", ":"}
    return all(quantity.replaced for quantity in before.quantities)
