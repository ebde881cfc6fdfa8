"""From token ranges to spans of the verbatim text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model import Span
    from reports.reading.statements import Proof
    from reports.reading.tokens import Token
    from reports.text import Folded


@dataclass(frozen=True, slots=True)
class Spans:
    """Makes spans of the verbatim text from token ranges. Call it."""

    folded: Folded
    tokens: Sequence[Token]

    def __call__(self, proof: Proof) -> tuple[Span, ...]:
        return tuple(self._span(first, last) for first, last in _apart(proof))

    def _span(self, first: int, last: int) -> Span:
        return self.folded.span(self.tokens[first].start, self.tokens[last - 1].end)


def _apart(proof: Proof) -> Iterator[tuple[int, int]]:
    """Ranges in order, those that overlap made one."""
    current: tuple[int, int] | None = None
    for first, last in proof:
        if current and first < current[1]:
            current = current[0], max(current[1], last)
            continue
        if current:
            yield current
        current = first, last
    if current:
        yield current
