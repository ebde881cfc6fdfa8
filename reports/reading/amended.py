"""Figures of those brought down without a word for it: new totals, corrections, headlines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.reading.accounts import OF_TARGETS
from reports.reading.counting import Counted
from reports.reading.links import Share
from reports.reading.passages import targets
from reports.reading.senses import Sense
from reports.reading.sentences import PREDICATES
from reports.reading.shared import event, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.reading.numbers import Quantity
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.statements import Event, Statement

_OF_PERSONS = (
    Sense.HURT,
    Sense.WOUNDED,
    Sense.KILLED,
    Sense.HURT_NOUN,
    Sense.WOUNDED_NOUN,
    Sense.IN_CARE,
    Sense.TREATED,
)


def counted_targets(passage: Passage, end: int) -> list[Quantity]:
    """What may count targets, up to a token; empty unless the targets are named."""
    found = [q for q in passage.sentence.quantities if q.counted in OF_TARGETS]
    known = [q for q in found if not q.replaced and q.first < end]
    return known if any(q.counted is Counted.TARGETS for q in known) else []


def tells_figure(passage: Passage) -> bool:
    """Whether a sentence gives a figure of those brought down."""
    sentence = passage.sentence
    if any(map(_tells_number, sentence.clauses)):
        return True
    return sentence.has(Sense.DOWNED) and bool(counted_targets(passage, sentence.end))


def _tells_number(clause: Clause) -> bool:
    return clause.has(Sense.DOWNED) and bool(clause.quantities)


def told_earlier(passage: Passage) -> bool:
    """ "Ранее сообщалось о 27 сбитых, по уточненным данным — 31"."""
    clauses = passage.sentence.clauses
    return any(clause.has(Sense.EARLIER) and _tells_number(clause) for clause in clauses)


def amended(passage: Passage) -> Iterator[Statement | Event]:
    """ "Их уже восемь", "военные уточнили: пять": a figure that takes the last one's place."""
    corrected = passage.sentence.has(Sense.CORRECTED)
    opening = next(iter(passage.sentence.signs), None)
    sentence = passage.sentence
    summing = opening is not None and Sense.TOTAL in opening.senses
    summing = summing or (bool(passage.groups) and sentence.clauses[0].has(Sense.TOTAL))
    for index, clause, scope in passage.told():
        whole = clause.has(Sense.TOTAL) or (summing and clause.opener in {"—", ":"})
        if clause.has(*PREDICATES) or not (corrected or whole):
            continue
        if index and sentence.clauses[index - 1].has(*_OF_PERSONS):
            continue  # "One more was taken to hospital, which makes three."
        for quantity in clause.quantities:
            if quantity.counted not in OF_TARGETS or quantity.replaced or scope.regions == ():
                continue
            share = Share(replace(quantity, grown=True), passage)
            yield from statements(share)
            yield event(share, targets(passage.sentence))
            return


def under_headline(passage: Passage) -> Iterator[Statement | Event]:
    """ "ТУЛЬСКАЯ. Семь, все в поле", after other regions' figures."""
    clause = passage.sentence.clauses[0]
    if not clause.quantities or clause.has(*PREDICATES) or passage.groups:
        return
    first = clause.quantities[0]
    if first.first == clause.start and first.counted in OF_TARGETS:
        share = Share(first, passage)
        yield from statements(share)
        yield event(share, targets(passage.sentence))
