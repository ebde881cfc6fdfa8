"""A sentence in its place in the story: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
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

_STEM = 5
"""Letters that tell places apart in all cases."""
_TARGETS = {
    Sense.FPV: Target.FPV_DRONE,
    Sense.DRONE: Target.DRONE,
    Sense.MISSILE: Target.MISSILE,
    Sense.HIGH_SPEED: Target.HIGH_SPEED_TARGET,
}


@dataclass(frozen=True)
class Passage:
    """A sentence with its places and the scope of each of its clauses."""

    sentence: Sentence
    tokens: Sequence[Token]
    places: Sequence[Place]
    groups: Sequence[Group]
    scopes: Sequence[Scope]
    more: Scope = NOWHERE
    """Places in lines of their own after an alert that has others itself."""
    spot: frozenset[str] = frozenset()
    """The towns and districts where the story stood before it."""

    def told(self) -> Sequence[tuple[int, Clause, Scope]]:
        """The clauses that state what is, with their index and scope.

        Left out: conditions ("если услышите"), earlier statements that this one replaces, and
        a longer past beside fresh news ("всего за март — 119").
        """
        return self._told

    @cached_property
    def _told(self) -> Sequence[tuple[int, Clause, Scope]]:
        return tuple(self._telling())

    def _telling(self) -> Iterator[tuple[int, Clause, Scope]]:
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

    def spot_of(self, scope: Scope) -> frozenset[str]:
        """The towns and districts that a clause is about, by their names' stems."""
        own = _stems(self.tokens, (place for place in scope.places if place.finer))
        return own or (frozenset() if scope.places else self.spot)

    def scope_at(self, at: int) -> Scope:
        """The scope of the clause that holds a token."""
        for clause, scope in zip(self.sentence.clauses, self.scopes, strict=True):
            if at < clause.end:
                return scope
        return self.scopes[-1]


def in_order(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages of a text, each with the towns and districts where the story stood."""
    spot = frozenset[str]()
    for passage in passages:
        yield replace(passage, spot=spot)
        named = [group for group in passage.groups if group.regions]
        if named:
            finer = (place for place in named[-1].places if place.finer)
            spot = _stems(passage.tokens, finer)


def _stems(tokens: Sequence[Token], places: Iterable[Place]) -> frozenset[str]:
    return frozenset(tokens[place.first].text[:_STEM] for place in places)


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
