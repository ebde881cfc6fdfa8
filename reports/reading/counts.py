"""How many persons a verb or a noun of harm speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reports.model import Bound
from reports.reading.bounds import loosest
from reports.reading.counting import PERSON_SENSES, Counted
from reports.reading.senses import Sense
from reports.reading.subjects import HARM, has_verb_later, neighbours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.numbers import Quantity
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause, Stretch
    from reports.reading.wordings import Sign

_COUNTS_PERSONS = frozenset({Counted.PERSONS, Counted.BARE})
_NO_LIST = (
    Sense.SUBSET,
    Sense.EARLIER,
    Sense.NOT,
    Sense.NO,
    Sense.IN_CARE,
    Sense.TREATED,
    Sense.INTACT,
)
_OF_AGES = {Sense.MEASURE, Sense.ABBREVIATION, Sense.NUMBERED}
_REACH = 3
_LONGEST_LIST = 6
"""Clauses."""
_STEM = 5


@dataclass(frozen=True, slots=True)
class Count:
    """Persons counted; `number` is None where the text gives no count."""

    number: int | None
    tokens: tuple[tuple[int, int], ...] = ()
    who: str = ""
    listed: bool = False
    """It names who they are, not only how many."""
    grown: bool = False
    bound: Bound = Bound.EXACT
    added: bool = False


def count_persons(passage: Passage, index: int, sign: Sign) -> Count | None:
    """The count that belongs to `sign` in clause `index`; None if nothing is stated at all."""
    clauses = passage.sentence.clauses
    clause = clauses[index]
    own = _within(passage, _window(clause, sign))
    if own:
        return own if Sense.ONE_PERSON in sign.senses else _with_list(passage, index, own)
    if clause.has(Sense.ANIMAL):
        return None
    if Sense.ONE_PERSON in sign.senses and not clause.has(Sense.THING):
        noun = Sense.KILLED_NOUN in sign.senses
        return Count(1, ((sign.first, sign.last),) if noun else ())
    found = _one_of(passage, clause, sign) or _explained(passage, index)
    found = found or _beside(passage, index)
    if found:
        return found
    if sign.senses.isdisjoint({Sense.HURT, Sense.WOUNDED, Sense.KILLED}):
        return Count(None) if clause.has(Sense.EXISTS) else None
    return Count(None) if clause.has(Sense.PEOPLE, Sense.PERSON) else None


def _explained(passage: Passage, index: int) -> Count | None:
    """ "Пострадавшие: мужчина (контузия), женщина (ожоги)": a list after a colon."""
    after = passage.sentence.clauses[index + 1 : index + 2]
    if not after or after[0].opener != ":" or after[0].has(*HARM):
        return None
    found = _within(passage, _whole(after[0]))
    if found is None or not found.number:
        return found
    return _with_list(passage, index + 1, found, marked=found.number == 1)


def _one_of(passage: Passage, clause: Clause, sign: Sign) -> Count | None:
    """ "One of the passengers was wounded": one person, whoever the others are."""
    if sign.senses.isdisjoint({Sense.HURT, Sense.WOUNDED, Sense.KILLED}):
        return None
    for one in clause.quantities:
        if one.value == 1 and passage.tokens[one.last].text in {"of", "из"}:
            among = (s for s in clause.signs if one.last <= s.first <= one.last + _REACH)
            if any(not s.senses.isdisjoint(PERSON_SENSES) for s in among):
                return Count(1, ((one.first, one.last),), listed=True)
    return None


def count_bare(passage: Passage, clause: Clause) -> Count | None:
    """The persons of a clause that names nothing that happened to them."""
    return _within(passage, _whole(clause))


def _with_list(passage: Passage, index: int, own: Count, *, marked: bool = False) -> Count:
    """ "Ранены мать, ее сын и двое соседей": a list that goes on beyond a comma.

    What only says who was counted already ("ранены трое: мать, сын и сосед") adds nothing.
    """
    clauses = passage.sentence.clauses
    found: list[Count] = []
    joined = marked
    for at in range(index + 1, min(index + 1 + _LONGEST_LIST, len(clauses))):
        clause = clauses[at]
        item = None if has_verb_later(clauses, at) else _listed(passage, clause)
        if item is None and not _is_aside(clause) and not (marked and clause.opener == "("):
            break
        found += [item] if item else []
        joined = joined or bool(item and _closes_list(clause, item))
    numbers = [item.number for item in (own, *found)]
    if not (found and joined) or None in numbers:
        return own
    rest = sum(number or 0 for number in numbers[1:])
    if (own.number or 0) > 1 and (own.number == rest or not own.listed):
        return own
    tokens = (*own.tokens, *(part for item in found for part in item.tokens))
    return replace(own, number=(own.number or 0) + rest, tokens=tokens, who="")


def _closes_list(clause: Clause, item: Count) -> bool:
    """Whether "and" stands before its last person."""
    last = max(first for first, _ in item.tokens)
    return clause.opener == "и" or any(sign.first < last for sign in clause.of(Sense.AND))


def _listed(passage: Passage, clause: Clause) -> Count | None:
    """The persons of a clause that does nothing but go on with a list of them."""
    if clause.opener not in {",", "и", ")"} or clause.has(*HARM, *_NO_LIST):
        return None
    found = _within(passage, _whole(clause))
    if found is None or not found.tokens or found.tokens[0][0] - clause.start > _REACH:
        return None
    return found


def _is_aside(clause: Clause) -> bool:
    """An age between commas."""
    return clause.end - clause.start <= _REACH and clause.senses <= _OF_AGES


def _within(passage: Passage, stretch: _Window) -> Count | None:
    quantities = [q for q in stretch.quantities if q.counted in _COUNTS_PERSONS and not q.replaced]
    named = _apart([s for s in stretch.signs if _is_person(s)])
    persons = [s for s in named if not _is_counted(stretch, s)]
    if quantities:
        return _with_numerals(stretch, quantities, persons)
    if not persons:
        return None
    number = len(persons) if _are_listed(stretch, persons) else 1
    alone = number == 1 and Sense.ANYBODY not in persons[0].senses
    who = passage.tokens[persons[0].last - 1].text[:_STEM] if alone else ""
    tokens = tuple((p.first, p.last) for p in persons[:number])
    return Count(number, tokens, who, listed=True)


def _apart(persons: Sequence[Sign]) -> list[Sign]:
    """Without words for the same person side by side: "женщина водитель", "жена фермера"."""
    return [
        sign for at, sign in enumerate(persons) if at == 0 or persons[at - 1].last != sign.first
    ]


def _with_numerals(
    stretch: _Window, quantities: Sequence[Quantity], persons: Sequence[Sign]
) -> Count:
    nearest = min(quantities, key=lambda q: _distance(q, stretch.sign))
    joined = [q for q in quantities if q is nearest or _joined(stretch, q, nearest)]
    extra = [p for p in persons if _joined(stretch, p, nearest)]
    values = [quantity.value for quantity in joined]
    known = [value for value in values if value is not None]
    number = sum(known) + len(extra) if len(known) == len(values) else None
    tokens = (*((q.first, q.last) for q in joined), *((p.first, p.last) for p in extra))
    return Count(
        number,
        tokens,
        listed=len(joined) + len(extra) > 1 or nearest.counted is Counted.PERSONS,
        grown=any(q.grown for q in joined),
        bound=loosest(*(q.bound for q in joined)),
        added=nearest.added,
    )


def _joined(stretch: _Window, part: Quantity | Sign, other: Quantity | Sign) -> bool:
    """Whether "and" alone joins two counted things: "женщина и двое детей"."""
    if part is other:
        return False
    low = min(part.last, other.last)
    high = max(part.first, other.first)
    between = [sign for sign in stretch.signs if low <= sign.first < high]
    linked = any(Sense.AND in s.senses for s in between) or _together(between, high)
    return linked and not any(map(_cuts, between))


def _together(between: Sequence[Sign], at: int) -> bool:
    """ "Мать с дочерью": one "with" between them, near the second."""
    link = next((s for s in between if Sense.WITH in s.senses), None)
    return link is not None and at - link.last <= 1


def _cuts(sign: Sign) -> bool:
    return bool(sign.senses & {*HARM, Sense.SUBSET}) or Sense.TO in sign.senses


def _are_listed(stretch: _Window, persons: Sequence[Sign]) -> bool:
    return all(_joined(stretch, before, after) for before, after in pairwise(persons))


def _is_person(sign: Sign) -> bool:
    return Sense.PERSON in sign.senses


def _is_counted(stretch: _Window, person: Sign) -> bool:
    """Whether a numeral before it counts the person already: "один человек"."""
    near = [q for q in stretch.quantities if 0 <= person.first - q.last <= _REACH]
    return any(not _joined(stretch, person, quantity) for quantity in near)


def _distance(quantity: Quantity, sign: Sign | None) -> int:
    if sign is None:
        return quantity.first
    return min(abs(quantity.first - sign.last), abs(sign.first - quantity.last))


@dataclass(frozen=True, slots=True)
class _Window:
    """What may be counted for a sign: its clause up to the harm before and after it."""

    signs: Sequence[Sign]
    quantities: Sequence[Quantity]
    sign: Sign | None = None


def _window(clause: Clause, sign: Sign) -> _Window:
    others = [s for s in clause.of(*HARM) if s.senses.isdisjoint(sign.senses & set(HARM))]
    low = max((s.last for s in others if s.last <= sign.first), default=clause.start)
    high = min((s.first for s in others if s.first >= sign.last), default=clause.end)
    return _Window(
        [s for s in clause.signs if low <= s.first < high],
        [q for q in clause.quantities if low <= q.first < high],
        sign,
    )


def _beside(passage: Passage, index: int) -> Count | None:
    nearby = (
        _within(passage, _whole(near)) for near in neighbours(passage.sentence.clauses, index)
    )
    return next((found for found in nearby if found), None)


def _whole(stretch: Stretch) -> _Window:
    return _Window(stretch.signs, stretch.quantities)
