"""Persons told of several times in a text, counted once: headlines, details, additions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Bound
from reports.reading.bounds import loosest
from reports.reading.statements import How

if TYPE_CHECKING:
    from reports.reading.statements import Statement


class People:
    """A count of persons as it grows through a text.

    A figure that opens the story ("ранены двое") may be told again in detail, town by town or
    person by person: `_told` is how many of it are still to come. What goes beyond it is added.
    """

    def __init__(self) -> None:
        self.number: int | None = None
        self.bound = Bound.EXACT
        self.added = False
        self._told = 0
        self._headline: Statement | None = None
        self._detailed = False
        self._known: list[Statement] = []

    def take(self, statement: Statement) -> None:
        """One more figure about the same field of the same incident."""
        figure = statement.number or 0
        if self.number is None or statement.how is How.TOTAL:
            self._opens(statement, figure)
        elif statement.how is How.AGAIN:
            self.number = max(self.number, figure)
        elif statement.how is How.PART:
            return
        elif not self._is_known(statement):
            self._adds(statement, figure)
        self._known.append(statement)

    def _opens(self, statement: Statement, figure: int) -> None:
        self._detailed = self.number is not None
        self.number, self.bound = figure, statement.bound
        self.added = statement.added and statement.how is not How.TOTAL
        self._told, self._headline = figure, statement

    def _adds(self, statement: Statement, figure: int) -> None:
        more = statement.how is How.MORE and not self._detailed
        if figure <= self._told and not more and self._may_detail(statement):
            self._told -= figure
            self._detailed = True
            return
        self.number = (self.number or 0) + figure
        self.bound = loosest(self.bound, statement.bound)
        self.added = self.added and statement.added

    def _may_detail(self, statement: Statement) -> bool:
        """Whether a figure may tell in detail of those that the headline counted."""
        headline = self._headline
        if headline is None or (headline.who and statement.who and headline.who != statement.who):
            return False
        if not headline.spot:
            return bool(statement.spot) or not (headline.struck and statement.struck)
        if not headline.spot & statement.spot:
            return False
        return not (statement.struck and headline.struck)

    def _is_known(self, statement: Statement) -> bool:
        """The same single person, named again."""
        if not statement.who or statement.how is How.MORE:
            return False
        return any(self._is_same(statement, known) for known in self._known)

    def _is_same(self, statement: Statement, known: Statement) -> bool:
        if known.who != statement.who:
            return False
        if statement.scope.finer and known.scope.finer and not known.spot & statement.spot:
            return False
        return not (statement.struck and statement.scope.finer and known.spot)
