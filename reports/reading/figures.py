"""Several statements about one field of one incident, brought to one fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import NOT_SAID, Bound, Fact, Said
from reports.reading.bounds import loosest
from reports.reading.people import People
from reports.reading.statements import How, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reports.model import Span
    from reports.reading.statements import Proof

_ORDER = (Said.STATED, Said.DENIED, Said.NONE_REPORTED)


def fact(statements: Sequence[Statement], spans: Callable[[Proof], tuple[Span, ...]]) -> Fact:
    """What all statements about one field come to, with the words of those that count.

    What is stated outweighs a denial (of another place), a denial outweighs "none reported".
    """
    for said in _ORDER:
        alike = [statement for statement in statements if statement.said is said]
        if alike:
            tally = _counted(alike if said is Said.STATED else ())
            number = tally.number
            proving = [s for s in alike if number is None or s.number is not None]
            basis = {stretch for statement in proving for stretch in statement.proof}
            return Fact(said, number, spans(tuple(sorted(basis))), tally.bound, tally.added)
    return NOT_SAID


def _counted(statements: Iterable[Statement]) -> _Tally | People:
    """A running figure: a total replaces it, an addition raises it, a repetition leaves it."""
    known = [statement for statement in statements if statement.number is not None]
    wounded = [statement for statement in known if statement.how is not How.IN_CARE]
    of_targets = any(statement.name == "destroyed" for statement in known)
    tally = _Tally() if of_targets else People()
    for statement in wounded or known:
        tally.take(statement)
    return tally


class _Tally:
    """A count of targets as it grows through a text.

    `_to_place`: how many of a region's figure its towns and districts have not yet told.
    """

    def __init__(self) -> None:
        self.number: int | None = None
        self.bound = Bound.EXACT
        self.added = False
        self._to_place = 0
        self._in_districts = False

    def take(self, statement: Statement) -> None:
        """One more figure about the same thing."""
        figure = statement.number or 0
        if self.number is None or statement.how is How.TOTAL or self._sums_up(statement):
            self.number, self.bound = figure, statement.bound
            self.added = statement.added and statement.how is not How.TOTAL
            self._in_districts = statement.scope.finer
            self._to_place = 0 if statement.scope.finer else figure
        elif statement.how is How.MORE or not self._said_before(statement):
            self.number += figure
            self.bound = loosest(self.bound, statement.bound)
            self.added = self.added and statement.added

    def _sums_up(self, statement: Statement) -> bool:
        """ "Над Ливнами сбиты два, по области 15": the region's figure after its districts'."""
        region = not statement.scope.finer and bool(statement.scope.places)
        more = (statement.number or 0) > (self.number or 0) and statement.how is not How.MORE
        return self._in_districts and region and more

    def _said_before(self, statement: Statement) -> bool:
        """A headline's figure again, or a part of a region's figure."""
        figure = statement.number or 0
        if not statement.scope.finer:
            return figure == self.number
        if figure > self._to_place:
            return False
        self._to_place -= figure
        return True
