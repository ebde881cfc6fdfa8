"""Tables: a header that names what is counted, and a line of figures for each place."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reports.model import Kind, Said
from reports.reading.passages import proof, targets
from reports.reading.senses import Sense
from reports.reading.statements import Event, How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.numbers import Quantity
    from reports.reading.passages import Passage

_BAR = "|"
_FIELDS = {
    "destroyed": (Sense.DOWNED,),
    "killed": (Sense.KILLED, Sense.KILLED_NOUN),
    "injured": (Sense.WOUNDED, Sense.WOUNDED_NOUN),
    "hurt": (Sense.HURT, Sense.HURT_NOUN),
}
_COUNTED = tuple(sense for senses in _FIELDS.values() for sense in senses)


def columns(passages: Sequence[Passage]) -> Iterator[Statement | Event]:
    """ "Регион | сбито | ранены", and under it "Орловская | 4 | 0"."""
    header: list[str] = []
    for passage in passages:
        if not passage.sentence.quantities and passage.sentence.has(*_COUNTED):
            header = _header(passage)
        elif header and passage.sentence.quantities:
            cells = _cells(passage)
            if len(cells) != len(header):
                header = []
            else:
                yield from _row(passage, header, cells)


def _cells(passage: Passage) -> list[range]:
    """The stretches between bars, if there are any."""
    start, end = passage.sentence.start, passage.sentence.end
    bars = [at for at in range(start, end) if passage.tokens[at].text == _BAR]
    if not bars:
        return []
    bounds = [start - 1, *bars, end]
    return [range(low + 1, high) for low, high in pairwise(bounds)]


def _header(passage: Passage) -> list[str]:
    cells = _cells(passage)
    named = [_field(passage, cell) for cell in cells]
    return named if any(named) and not named[0] else []


def _field(passage: Passage, cell: range) -> str:
    senses = {s for sign in passage.sentence.signs if sign.first in cell for s in sign.senses}
    return next((name for name, of in _FIELDS.items() if not senses.isdisjoint(of)), "")


def _row(
    passage: Passage, header: Sequence[str], cells: Sequence[range]
) -> Iterator[Statement | Event]:
    for name, cell in zip(header, cells, strict=True):
        found = [q for q in passage.sentence.quantities if q.first in cell]
        if name and len(found) == 1 and found[0].value is not None:
            yield from _stated(passage, name, found[0])


def _stated(passage: Passage, name: str, figure: Quantity) -> Iterator[Statement | Event]:
    scope = passage.scope_at(passage.sentence.start)
    basis = proof(passage, [(figure.first, figure.last)], scope)
    if len(scope.regions) != 1:
        return
    how = How.TOTAL if passage.sentence.has(Sense.TOTAL) else How.NEW
    at, number = figure.first, figure.value
    if number:
        told = "injured" if name == "hurt" else name
        yield Statement(told, Said.STATED, scope, at, number=number, how=how, proof=basis)
    elif name == "hurt":
        for told in ("killed", "injured"):
            yield Statement(told, Said.DENIED, scope, at, proof=basis, broad=True)
    elif name != "destroyed":
        yield Statement(name, Said.DENIED, scope, at, proof=basis)
    if name == "destroyed":
        kinds = targets(passage.sentence)
        yield Event(Kind.AIR_ATTACK, scope, at, kinds, proof=basis)
