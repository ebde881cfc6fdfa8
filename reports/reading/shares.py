"""Figures dealt out to places: "21 — над А, по 4 — над Б и В", "А — 5", "соответственно"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reports.reading.bounds import loosest
from reports.reading.counting import Counted
from reports.reading.numbers import Quantity
from reports.reading.scope import Group
from reports.reading.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause

_OTHER_STORY = (
    Sense.ATTACK,
    Sense.HIT,
    Sense.HURT,
    Sense.WOUNDED,
    Sense.KILLED,
    Sense.HURT_NOUN,
    Sense.WOUNDED_NOUN,
    Sense.KILLED_NOUN,
    Sense.DAMAGED,
    Sense.OUTAGE,
    Sense.FIRE,
    Sense.SHELLING,
    Sense.DIVERTED,
)


@dataclass(frozen=True, slots=True)
class Share:
    """A figure and the place that it belongs to; without a group, the clause's scope."""

    quantity: Quantity
    passage: Passage
    group: Group | None = None


@dataclass(slots=True)
class Shares:
    """The figures of one account, as they are dealt out to places."""

    dealt: list[Share] = field(default_factory=list)
    totals: list[Share] = field(default_factory=list)
    waiting: Share | None = None
    place: Group | None = None
    whole: bool = False
    """A colon followed the first total: what comes after are its parts."""

    def figure(self, share: Share, *, joined: bool) -> None:
        """A figure comes: it belongs to the place before it, or waits for one.

        `joined`: "and" joins it to the figure before ("six drones and two missiles").
        """
        if self.place is not None:
            self.dealt.append(Share(share.quantity, share.passage, self.place))
            self.place = None
            return
        if joined and self.waiting is not None and _both_targets(self.waiting, share):
            self.waiting = _summed(self.waiting, share)
            return
        self.set_aside()
        self.waiting = share

    def over(self, group: Group) -> None:
        """A place comes: it takes the figure that waits, or waits itself."""
        if self.waiting is None:
            self.place = group
            return
        self.dealt.append(Share(self.waiting.quantity, self.waiting.passage, group))
        self.waiting = None

    def set_aside(self) -> None:
        """What still waits is a total."""
        if self.waiting is not None:
            self.totals.append(self.waiting)
            self.waiting = None

    def close(self) -> None:
        """The account is over."""
        self.set_aside()
        if self.whole:
            del self.totals[1:]
        if self.totals and not self.dealt and self.place is not None:
            last = self.totals[-1]
            self.dealt = [Share(last.quantity, last.passage, self.place)]


def deal(account: Sequence[Passage]) -> Shares:
    """The figures of an account, dealt out to the places that it names."""
    shares = Shares()
    for passage in account:
        _deal_sentence(passage, shares, in_list=len(account) > 1)
    if any(passage.sentence.has(Sense.RESPECTIVELY) for passage in account):
        shares.set_aside()
        _spread(account, shares)
    shares.close()
    return shares


def _deal_sentence(passage: Passage, shares: Shares, *, in_list: bool) -> None:
    figures = [list(_figures(passage, at)) for at in range(len(passage.sentence.clauses))]
    last = max((at for at, found in enumerate(figures) if found), default=-1)
    part_of = False
    for index, clause, _ in passage.told():
        if clause.opener == ":" and (in_list or index <= last):
            shares.set_aside()
            shares.whole = len(shares.totals) == 1
        part_of = _is_part(clause, shares) or (part_of and not clause.quantities)
        if not part_of:
            _deal_clause(passage, clause, figures[index], shares)
    if in_list:
        shares.place = None


def _deal_clause(
    passage: Passage, clause: Clause, figures: Sequence[Quantity], shares: Shares
) -> None:
    parts: list[Quantity | Group] = list(figures)
    if not _tells_otherwise(clause):
        parts += [group for group in passage.groups if clause.start <= group.first < clause.end]
    for part in sorted(parts, key=lambda part: part.first):
        if isinstance(part, Quantity):
            ands = {sign.last for sign in passage.sentence.of(Sense.AND)}
            shares.figure(Share(part, passage), joined=part.first in ands)
        else:
            shares.over(part)


def _both_targets(one: Share, other: Share) -> bool:
    counted = one.quantity.counted, other.quantity.counted
    return set(counted) == {Counted.TARGETS} and one.passage is other.passage


def _summed(one: Share, other: Share) -> Share:
    values = one.quantity.value, other.quantity.value
    total = None if values[0] is None or values[1] is None else values[0] + values[1]
    bound = loosest(one.quantity.bound, other.quantity.bound)
    whole = replace(one.quantity, last=other.quantity.last, value=total, bound=bound)
    return Share(whole, one.passage)


def _is_part(clause: Clause, shares: Shares) -> bool:
    """Whether a clause only says what share of a figure went elsewhere: "включая два ..."."""
    return clause.has(Sense.SUBSET) and bool(shares.dealt)


def _tells_otherwise(clause: Clause) -> bool:
    """Whether a clause is about something else than what was brought down."""
    return clause.has(*_OTHER_STORY) and not clause.has(Sense.DOWNED)


def _figures(passage: Passage, index: int) -> Iterator[Quantity]:
    """The numerals of a clause that count what was brought down."""
    clause = passage.sentence.clauses[index]
    if _tells_otherwise(clause):
        return
    for quantity in clause.quantities:
        if quantity.replaced or (quantity.both and index > 0):
            continue
        targets_counted = quantity.counted is Counted.TARGETS
        if targets_counted or (quantity.counted is Counted.BARE and _is_ours(passage, index)):
            yield quantity


def _is_ours(passage: Passage, index: int) -> bool:
    """Whether a bare numeral stands with the verb, a place, a total or "respectively"."""
    clause = passage.sentence.clauses[index]
    if clause.has(Sense.DOWNED, Sense.TOTAL, Sense.MORE, Sense.EACH_BEFORE) or clause.has_target:
        return True
    if passage.sentence.has(Sense.RESPECTIVELY):
        return True
    near = passage.sentence.clauses[max(0, index - 1) : index + 2]
    beside = [c for c in near if c is clause or "—" in {c.opener, clause.opener}]
    return any(c.start <= group.first < c.end for group in passage.groups for c in beside)


def _spread(account: Sequence[Passage], shares: Shares) -> None:
    """ "над А и Б ... два и один соответственно": the last figures in the places' order."""
    figures = [*shares.totals, *shares.dealt]
    figures.sort(key=lambda share: share.quantity.first)
    places = [place for passage in account for place in passage.places if place.regions]
    if len(figures) < len(places):
        return
    tail = figures[len(figures) - len(places) :]
    shares.totals = []
    shares.dealt = [
        Share(share.quantity, share.passage, Group([place]))
        for share, place in zip(tail, places, strict=True)
    ]
