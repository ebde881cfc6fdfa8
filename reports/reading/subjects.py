"""Whose verb it is: clauses beside a verb of harm that name who it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.senses import CASUALTIES, Sense
from reports.reading.sentences import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.reading.sentences import Clause

HARM = (
    *CASUALTIES,
    Sense.DAMAGED,
    Sense.DAMAGE_NOUN,
    Sense.DOWNED,
    Sense.OUTAGE,
)
_REACH = 3


def has_verb_later(clauses: Sequence[Clause], at: int) -> bool:
    """ "And 17 others, among them a girl, had been hurt": their verb comes after the aside."""
    after = clauses[at + 1 : at + 3]
    return len(after) > 1 and after[0].has(Sense.SUBSET) and _opens_with_harm(after[1])


def _opens_with_harm(clause: Clause) -> bool:
    first = next(clause.of(*HARM), None)
    return first is not None and first.first - clause.start <= _REACH


def neighbours(clauses: Sequence[Clause], index: int) -> Iterable[Stretch]:
    """Clauses without harm of their own that give the subject: before, then after."""
    after = clauses[index + 1 : index + 1 + _REACH]
    if after and after[0].opener in {"—", ":"}:
        yield from _until_harm(after)
    before = reversed(clauses[max(0, index - _REACH) : index])
    yield from _until_harm(before, tail=True)
    yield from _until_harm(after)


def _tail(clause: Clause) -> Iterable[Stretch]:
    """ "Two died and another three, a boy among them, were hurt": those after the "and"."""
    ands = [sign.last for sign in clause.of(Sense.AND)]
    harm = [sign.last for sign in clause.of(*HARM)]
    if ands and ands[-1] > harm[-1]:
        signs = [sign for sign in clause.signs if sign.first >= ands[-1]]
        counts = [q for q in clause.quantities if q.first >= ands[-1]]
        if counts:
            yield Stretch(ands[-1], clause.end, signs, counts)


def _until_harm(clauses: Iterable[Clause], *, tail: bool = False) -> Iterable[Stretch]:
    for clause in clauses:
        if clause.has(*HARM):
            if _is_participle(clause):
                continue
            yield from _tail(clause) if tail else ()
            return
        if not clause.has(Sense.SUBSET, Sense.EARLIER):
            yield clause


def _is_participle(clause: Clause) -> bool:
    """ "Мужчину, раненного днем, спасти не удалось": what stands between subject and verb."""
    if clause.quantities or clause.has(Sense.PERSON, Sense.PEOPLE, Sense.ONE_PERSON):
        return False
    others = set(HARM) - {Sense.HURT_NOUN, Sense.WOUNDED_NOUN}
    return clause.opener == "," and clause.senses.isdisjoint(others)
