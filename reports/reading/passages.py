"""A sentence in its place in the story: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.model import Target
from reports.reading.scope import NOWHERE, Scope
from reports.reading.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.reading.scope import Group, Place
    from reports.reading.sentences import Clause, Sentence, Stretch
    from reports.reading.statements import Proof
    from reports.reading.tokens import Token

_TARGETS = {
    Sense.FPV: Target.FPV_DRONE,
    Sense.DRONE: Target.DRONE,
    Sense.MISSILE: Target.MISSILE,
    Sense.HIGH_SPEED: Target.HIGH_SPEED_TARGET,
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its places and the scope of each of its clauses."""

    sentence: Sentence
    tokens: Sequence[Token]
    places: Sequence[Place]
    groups: Sequence[Group]
    scopes: Sequence[Scope]
    more: Scope = NOWHERE
    """Places in lines of their own after an alert that has others itself."""

    def told(self) -> Iterator[tuple[int, Clause, Scope]]:
        """The clauses that state what is, with their index and scope.

        Left out: conditions ("если услышите"), earlier statements that this one replaces, and
        a longer past beside fresh news ("всего за март — 119").
        """
        beside = False
        for index, clause in enumerate(self.sentence.clauses):
            if clause.has(Sense.CONDITION):
                return
            past = clause.has(Sense.RECAP) and self.sentence.has(Sense.FRESH) and index > 0
            beside = past or (beside and clause.opener == "—")
            if not (beside or clause.has(Sense.EARLIER)):
                yield index, clause, self.scopes[index]

    def happened(self) -> Iterator[tuple[Clause, Scope]]:
        """The clauses that speak of what happened, with figures that stand or that do not."""
        for clause, scope in zip(self.sentence.clauses, self.scopes, strict=True):
            if clause.has(Sense.CONDITION):
                return
            yield clause, scope

    def scope_at(self, at: int) -> Scope:
        """The scope of the clause that holds a token."""
        for clause, scope in zip(self.sentence.clauses, self.scopes, strict=True):
            if at < clause.end:
                return scope
        return self.scopes[-1]


def targets(stretch: Stretch) -> frozenset[Target]:
    """The kinds of target that are named."""
    return frozenset(_TARGETS[sense] for sense in stretch.senses & _TARGETS.keys())


def proof(passage: Passage, tokens: Iterable[tuple[int, int]], scope: Scope) -> Proof:
    """Token ranges in order: what is said, and where, as far as the sentence or the lines of
    places after it say so."""
    start, end = passage.sentence.start, passage.sentence.end
    here = [(p.first, p.last) for p in scope.places if start <= p.first < end]
    listed = [(p.first, p.last) for p in scope.listed]
    return tuple(sorted({*tokens, *here, *listed}))
