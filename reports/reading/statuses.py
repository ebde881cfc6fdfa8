"""Words about what is in force, each with the clauses and places that it holds for."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from reports.reading.exceptions import STANDING
from reports.reading.passages import targets
from reports.reading.scope import NOWHERE, Scope
from reports.reading.senses import Sense
from reports.reading.sentences import PREDICATES
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reports.model import Kind, Target
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause

_OTHER_TOPICS = PREDICATES - {
    Sense.ALERT,
    Sense.DANGER,
    Sense.ALERT_OFF,
    Sense.CLOSED,
    Sense.REOPENED,
}
_REGIONS = frozenset(
    {"регионы", "регионов", "регионах", "областей", "областях", "субъектов", "субъектах"}
    | {"regions", "oblasts", "provinces"}
)
_WHICH = ("котор", "which")
_WHERE = frozenset({"where", "that", "both"})
_PAST = frozenset({"had", "was", "were"})
Status: TypeAlias = "tuple[Kind, list[Clause], Scope]"
_Told: TypeAlias = "tuple[Clause, Scope, Kind | None]"


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
    """Each status with the clauses and places it holds for."""
    stated = {clause.start for _, clause, _ in passage.told()}
    told = [
        (clause, scope, None if _is_relative(passage, clause) else status(passage, clause))
        for clause, scope in zip(passage.sentence.clauses, passage.scopes, strict=True)
        if clause.start in stated or _is_relative(passage, clause)
    ]
    told = _without_the_past(passage, told)
    story = _Story(passage)
    for at, (clause, scope, kind) in enumerate(told):
        story.waiting.append(clause)
        if kind is None:
            story.go_on(clause)
            continue
        after = next(iter(told[at + 1 : at + 2]), None)
        owes = after is not None and after[2] is None and _answers(passage, after[0])
        story.take(kind, scope, owes=owes)
    yield from story.close()


def _is_relative(passage: Passage, clause: Clause) -> bool:
    """ "Ограничения, которые ввели ночью": it only says which ones, not what holds."""
    words = passage.tokens[clause.start : clause.start + 2]
    which = any(word.text.startswith(_WHICH) for word in words)
    return clause.opener == "," and which


def _without_the_past(passage: Passage, told: list[_Told]) -> list[_Told]:
    """ "Flights resumed at Grozny, which had been closed": beside what holds, what was is past."""
    if sum(kind is not None for _, _, kind in told) < 2:
        return told
    return [
        (clause, scope, None if _was(passage, clause) else kind) for clause, scope, kind in told
    ]


def _was(passage: Passage, clause: Clause) -> bool:
    words = [token.text for token in passage.tokens[clause.start : clause.start + 3]]
    return clause.opener == "," and words[0] in _WHERE and not _PAST.isdisjoint(words)


@dataclass(slots=True)
class _Story:
    """Statuses as a sentence gives them.

    Places wait for the status that follows them; a status without places of its own replaces
    the one before ("was closed and has since reopened"), unless they follow it ("сняты — в
    Самаре").
    """

    passage: Passage
    found: list[Status] = field(default_factory=list)
    waiting: list[Clause] = field(default_factory=list)
    owes: bool = False
    """The places of the last status come next."""

    def go_on(self, clause: Clause) -> None:
        """A clause without a status: it goes on with the last one's places, or waits."""
        if not self.found:
            return
        listing = _goes_on(self.passage, clause, self.found[-1][1][-1].end)
        if self.owes or listing:
            self._extend(self.waiting)
            self.waiting = []
        self.owes = False

    def take(self, kind: Kind, scope: Scope, *, owes: bool) -> None:
        """A status, for the places that wait; what was said of other things is left behind."""
        self.waiting = _since_another_topic(self.passage, self.waiting)
        named = _named(self.passage, self.waiting)
        elsewhere = any(clause.has(Sense.OTHERS) for clause in self.waiting)
        if self.found and not (named or owes or elsewhere):
            before = self.found[-1]
            if _of_another_threat(before[1], self.waiting):
                self.found.append((kind, self.waiting, before[2]))
            else:
                self.found[-1] = kind, [*before[1], *self.waiting], before[2]
        else:
            if elsewhere and not named:
                scope = _elsewhere(self.passage, self.waiting, scope)
            self.found.append((kind, self.waiting, named or (NOWHERE if owes else scope)))
        self.waiting, self.owes = [], owes

    def close(self) -> list[Status]:
        """The statuses; what waited only goes on with the last one's places, or is denied them."""
        denied = _named(self.passage, self.waiting) if _is_denied(self.waiting) else None
        if self.found and denied:
            kind = STANDING.get(self.found[-1][0])
            return [*self.found, (kind, self.waiting, denied)] if kind else self.found
        listed = list(takewhile(lambda clause: _only_lists(self.passage, clause), self.waiting))
        if self.found and listed:
            self._extend(listed)
        return self.found

    def _extend(self, clauses: Sequence[Clause]) -> None:
        kind, before, scope = self.found[-1]
        named = _named(self.passage, clauses)
        whole = _joined(scope, named) if named else scope
        self.found[-1] = kind, [*before, *clauses], whole


def _is_denied(clauses: Sequence[Clause]) -> bool:
    """ "Открыты, Жуковский — нет": a place, and a bare denial of what holds for the others."""
    no = [clause for clause in clauses if clause.has(Sense.NO, Sense.NOT)]
    return bool(no) and no[-1].end - no[-1].start == 1


def _elsewhere(passage: Passage, clauses: Sequence[Clause], scope: Scope) -> Scope:
    """ "In the other districts" is in the region spoken of, "in the other regions" is not."""
    words = {token.text for c in clauses for token in passage.tokens[c.start : c.end]}
    if words & _REGIONS or any(not place.finer for place in scope.places):
        return NOWHERE
    return Scope(scope.regions)


def _since_another_topic(passage: Passage, clauses: list[Clause]) -> list[Clause]:
    """ "В Крыму сбито 16 дронов, а в Севастополе тревога": the alert is in its own place."""
    if _named(passage, clauses[-1:]) is None:
        return clauses
    others = [at for at, clause in enumerate(clauses[:-1]) if clause.has(*_OTHER_TOPICS)]
    return clauses[others[-1] + 1 :] if others else clauses


def _of_another_threat(clauses: Sequence[Clause], more: Sequence[Clause]) -> bool:
    """Drones are not missiles: what holds for the ones says nothing of the others."""
    named, others = (_threats(each) for each in (clauses, more))
    return bool(named and others) and named.isdisjoint(others)


def _threats(clauses: Sequence[Clause]) -> frozenset[Target]:
    return frozenset().union(*map(targets, clauses))


def _answers(passage: Passage, clause: Clause) -> bool:
    """ "Сняты — в Самаре", "отбой: Тула"."""
    return clause.opener in {"—", ":"} and _named(passage, [clause]) is not None


def _only_lists(passage: Passage, clause: Clause) -> bool:
    """Whether nothing that is not known here is said of its places: "Внуково работает"."""
    denied = clause.has(Sense.NO, Sense.NOT)
    if denied and clause.has(Sense.ALERT, Sense.DANGER, Sense.RESTRICTION):
        return False
    places = [place for place in passage.places if clause.start <= place.first < clause.end]
    if not places:
        return True
    known = {at for sign in clause.signs for at in range(sign.first, sign.last)}
    rest = [at for at in range(places[-1].last, clause.end) if at not in known]
    return not any(passage.tokens[at].form is Form.WORD for at in rest)


def _goes_on(passage: Passage, clause: Clause, told: int) -> bool:
    """Whether a clause goes on with a list of places that began before token `told`."""
    return any(group.first < told and clause.start < group.last for group in passage.groups)


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
