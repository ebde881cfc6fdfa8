"""Words about what is in force, each with the clauses and places that it holds for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from reports.reading.scope import Scope
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reports.model import Kind
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause

Status: TypeAlias = "tuple[Kind, list[Clause], Scope]"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words about a danger or an airport that do not say what holds.

    `of`: the end that is in doubt. `retracts`: it was told, and is taken back.
    """

    of: Kind
    retracts: bool = False


def doubts(passage: Passage, of: Callable[[Passage, Clause], Doubt | None]) -> Iterator[Doubt]:
    """The doubts that a sentence leaves, conditions among them."""
    for clause in passage.sentence.clauses:
        found = of(passage, clause)
        if found:
            yield found


def settled(passage: Passage, status: Callable[[Passage, Clause], Kind | None]) -> Iterator[Status]:
    """Each status with the clauses and places it holds for.

    Places wait for the status that follows them; a status without places of its own replaces
    the one before ("was closed and has since reopened").
    """
    found: list[Status] = []
    waiting: list[Clause] = []
    for _, clause, scope in passage.told():
        waiting.append(clause)
        kind = status(passage, clause)
        if kind is None:
            if found and _goes_on(passage, clause, found[-1][1][-1].end):
                found[-1] = _extended(passage, found[-1], waiting)
                waiting = []
            continue
        named = _named(passage, waiting)
        if found and not named:
            before = found.pop()
            found.append((kind, [*before[1], *waiting], before[2]))
        else:
            found.append((kind, waiting, named or scope))
        waiting = []
    listed = list(takewhile(lambda clause: _only_lists(passage, clause), waiting))
    if found and listed:
        found[-1] = _extended(passage, found[-1], listed)
    yield from found


def _only_lists(passage: Passage, clause: Clause) -> bool:
    """Whether nothing that is not known here is said of its places: "Внуково работает"."""
    places = [place for place in passage.places if clause.start <= place.first < clause.end]
    if not places:
        return True
    known = {at for sign in clause.signs for at in range(sign.first, sign.last)}
    rest = [at for at in range(places[-1].last, clause.end) if at not in known]
    return not any(passage.tokens[at].form is Form.WORD for at in rest)


def _goes_on(passage: Passage, clause: Clause, told: int) -> bool:
    """Whether a clause goes on with a list of places that began before token `told`."""
    return any(group.first < told and clause.start < group.last for group in passage.groups)


def _extended(passage: Passage, found: Status, clauses: Sequence[Clause]) -> Status:
    kind, before, scope = found
    named = _named(passage, clauses)
    return kind, [*before, *clauses], _joined(scope, named) if named else scope


def _named(passage: Passage, clauses: Sequence[Clause]) -> Scope | None:
    if not clauses:
        return None
    start, end = clauses[0].start, clauses[-1].end
    places = [p for p in passage.places if start <= p.first < end and p.regions]
    regions = tuple(dict.fromkeys(code for place in places for code in place.regions))
    return Scope(regions, tuple(places)) if regions else None


def _joined(scope: Scope, more: Scope) -> Scope:
    regions = tuple(dict.fromkeys([*scope.regions, *more.regions]))
    return Scope(regions, (*scope.places, *more.places))
