"""Tables: a place in each row, columns of what was brought down, of the killed and the injured."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.passages import proof
from reports.reading.senses import Sense
from reports.reading.statements import How, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Stretch

_BAR = "|"
_DEAD = frozenset({Sense.KILLED, Sense.KILLED_NOUN})
_ALL = frozenset({Sense.HURT, Sense.HURT_NOUN})
_HURT = _ALL | {Sense.WOUNDED, Sense.WOUNDED_NOUN}
_Range = tuple[int, int]


def tables(passages: Sequence[Passage], known: Collection[str]) -> Iterator[Statement]:
    """What the rows of tables say of the killed and the injured, and of what was brought down
    in regions of which it is not `known` yet.
    """
    columns: list[frozenset[Sense]] = []
    for passage in passages:
        sentence = passage.sentence
        if sentence.quantities:
            cells = _cells(passage) if columns else []
            if len(cells) == len(columns):
                told = _row(passage, cells, columns)
                yield from (s for s in told if s.name != "destroyed" or _is_new(s, known))
        elif sentence.has(*_DEAD, *_HURT):
            cells = _cells(passage)
            columns = [_senses(sentence, cell) for cell in cells] if len(cells) > 1 else []


def _is_new(statement: Statement, known: Collection[str]) -> bool:
    return statement.number != 0 and not any(code in known for code in statement.scope.regions)


def _cells(passage: Passage) -> list[_Range]:
    """The tokens between the bars of a line, without the empty ends outside them."""
    start, end = passage.sentence.start, passage.sentence.end
    bars = [at for at in range(start, end) if passage.tokens[at].text == _BAR]
    edges = [start - 1, *bars, end] if bars else []
    cells = [(low + 1, high) for low, high in pairwise(edges)]
    return [cell for cell in cells if any(passage.tokens[at].text.strip() for at in range(*cell))]


def _senses(stretch: Stretch, cell: _Range) -> frozenset[Sense]:
    inside = (s.senses for s in stretch.signs if cell[0] <= s.first < cell[1])
    return frozenset[Sense]().union(*inside)


def _row(
    passage: Passage, cells: Sequence[_Range], columns: Sequence[frozenset[Sense]]
) -> Iterator[Statement]:
    for (low, high), column in zip(cells, columns, strict=True):
        figure = next((q for q in passage.sentence.quantities if low <= q.first < high), None)
        if figure is None or figure.value is None:
            continue
        scope = passage.scope_at(figure.first)
        basis = proof(passage, [(figure.first, figure.last)], scope)
        how = How.TOTAL if passage.sentence.has(Sense.TOTAL) else How.NEW
        said = Said.STATED if figure.value else Said.DENIED
        number = figure.value or None
        if Sense.DOWNED in column:
            yield Statement("destroyed", Said.STATED, scope, low, figure.value, how, basis)
        elif column & _DEAD:
            yield Statement("killed", said, scope, low, number=number, how=how, proof=basis)
        elif column & _HURT:
            yield Statement("injured", said, scope, low, number=number, how=how, proof=basis)
            if column & _ALL and not number and not any(c & _DEAD for c in columns):
                yield Statement("killed", said, scope, low, proof=basis, broad=True)
