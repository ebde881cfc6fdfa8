"""Figures dealt out to places: "21 — над А, по 4 — над Б и В", "А — 5", "соответственно"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from reports.reading.bounds import loosest
from reports.reading.counting import Counted
from reports.reading.losses import figures_of, tells_otherwise
from reports.reading.numbers import Quantity
from reports.reading.scope import Group
from reports.reading.senses import Sense
from reports.reading.sentences import AND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause


@dataclass(frozen=True, slots=True)
class Share:
    """A figure and the place that it belongs to; without a group, the clause's scope."""

    quantity: Quantity
    passage: Passage
    group: Group | None = None


class Link(Enum):
    """How a figure goes on from the one before it."""

    NONE = auto()
    JOINS = auto()
    """ "Six drones and two missiles", "пять сбито и еще три перехвачено"."""
    NARROWS = auto()
    """ "22 дрона, 9 из них сбиты": the figure before it counts no losses."""


@dataclass(slots=True)
class Shares:
    """The figures of one account, as they are dealt out to places."""

    dealt: list[Share] = field(default_factory=list)
    totals: list[Share] = field(default_factory=list)
    waiting: Share | None = None
    place: Group | None = None
    whole: bool = False
    """A colon followed the first total: what comes after are its parts."""

    open_with_total: bool = False
    """The figure that comes next is a total, though a place follows it."""

    def figure(self, share: Share, link: Link) -> None:
        """A figure comes: it belongs to the place before it, or waits for one."""
        if link is Link.NARROWS:
            self._narrow(share)
            return
        if self.open_with_total:
            self.totals.append(share)
            self.open_with_total, self.whole = False, len(self.totals) == 1
            return
        if self.place is not None:
            self.dealt.append(Share(share.quantity, share.passage, self.place))
            self.place = None
            return
        if link is Link.JOINS and self._join(share):
            return
        self.set_aside()
        self.waiting = share

    def _join(self, share: Share) -> bool:
        """Add a figure to the last one, unless its own place may still follow."""
        last = self.dealt[-1] if self.dealt else None
        if self.waiting is not None:
            self.waiting = _summed(self.waiting, share)
            return True
        if last is None or last.group is None or last.group.first > last.quantity.first:
            return False
        self.dealt[-1] = replace(_summed(last, share), group=last.group)
        return True

    def _narrow(self, share: Share) -> None:
        """The figure before was of all that came; this is of those that were brought down."""
        if self.waiting is None and self.dealt and self.place is None:
            self.dealt[-1] = replace(share, group=self.dealt[-1].group)
            return
        if self.waiting is None and self.totals:
            self.totals.pop()
        self.waiting, self.whole = None, False
        self.figure(share, Link.NONE)

    @property
    def last(self) -> Share | None:
        """The figure that came last."""
        told = self.dealt or self.totals
        return self.waiting or (told[-1] if told else None)

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
    figures = [list(figures_of(passage, at)) for at in range(len(passage.sentence.clauses))]
    last = max((at for at, found in enumerate(figures) if found), default=-1)
    in_line = in_list and bool(passage.groups) and last >= 0
    if in_line or _opens_with_total(passage, [q for found in figures for q in found]):
        shares.set_aside()
        shares.open_with_total = not in_line
        shares.whole = shares.whole or (in_line and len(shares.totals) == 1)
    part_of = False
    for index, clause, _ in passage.told():
        if clause.opener == ":" and (in_list or index <= last):
            shares.set_aside()
            shares.whole = len(shares.totals) == 1
        part_of = _is_part(clause, shares) or (part_of and not clause.quantities)
        if part_of:
            continue
        if figures[index] and clause.opener == AND and shares.place is None:
            shares.place = _place_before(passage, index)
        _deal_clause(passage, clause, figures[index], shares)
    if in_list:
        shares.place = None


def _opens_with_total(passage: Passage, figures: Sequence[Quantity]) -> bool:
    """ "41 дрон, больше всего над А — 13, Б — 10": each later figure is nearer to the place before.

    Figures and places take turns, a figure first and last.
    """
    groups = passage.groups
    if len(groups) < 2 or len(figures) != len(groups) + 1:
        return False
    turns = list(zip(figures, groups, figures[1:], strict=False))
    if not all(one.last <= group.first < other.first for one, group, other in turns):
        return False
    ahead = sum(group.first - one.last for one, group, _ in turns)
    return sum(other.first - group.last for _, group, other in turns) < ahead


def _place_before(passage: Passage, index: int) -> Group | None:
    """ "В А трое пострадавших и 20 сбитых БПЛА": the place in the other half of the clause."""
    clause, before = passage.sentence.clauses[index], passage.sentence.clauses[index - 1]
    own = any(clause.start <= group.first < clause.end for group in passage.groups)
    if own or not tells_otherwise(before):
        return None
    there = [group for group in passage.groups if before.start <= group.first < before.end]
    return there[-1] if there else None


def _deal_clause(
    passage: Passage, clause: Clause, figures: Sequence[Quantity], shares: Shares
) -> None:
    parts: list[Quantity | Group] = list(figures)
    if not tells_otherwise(clause):
        parts += [group for group in passage.groups if clause.start <= group.first < clause.end]
    for part in sorted(parts, key=lambda part: part.first):
        if isinstance(part, Quantity):
            share = Share(part, passage)
            shares.figure(share, _link(shares.last, share, clause))
        else:
            shares.over(part)


def _link(before: Share | None, share: Share, clause: Clause) -> Link:
    """How a figure goes on from the one before it in its sentence."""
    if before is None or before.passage is not share.passage:
        return Link.NONE
    start, end = before.quantity.first, share.quantity.first
    verbs = [sign.first for sign in share.passage.sentence.of(Sense.DOWNED)]
    told = any(at < start or start <= at < end for at in verbs)
    if not told and clause.has(Sense.DOWNED) and _is_of_those(share, clause):
        return Link.NARROWS
    if clause.has(Sense.SUBSET, Sense.TOTAL):
        return Link.NONE
    between = [sign for sign in share.passage.sentence.signs if start <= sign.first < end]
    if before.group is None and _own_verbs(before, share, clause):
        return Link.JOINS
    counted = before.quantity.counted, share.quantity.counted
    joined = any(Sense.AND in sign.senses and sign.last == end for sign in between)
    alike = set(counted) == {Counted.TARGETS} or (told and _by_other_means(share))
    return Link.JOINS if joined and alike else Link.NONE


def _by_other_means(share: Share) -> bool:
    """ "Eight were stopped by missiles and one *by* rifle fire"."""
    tokens, after = share.passage.tokens, share.quantity.last
    return after < len(tokens) and tokens[after].text in {"by", "with"}


def _is_of_those(share: Share, clause: Clause) -> bool:
    """ "Летели 22 дрона, сбито 9", "22 дрона, 9 из них сбиты"; not "12 БПЛА, 2 ракеты сбиты"."""
    return share.quantity.counted is Counted.BARE or clause.has(Sense.SUBSET)


def _own_verbs(before: Share, share: Share, clause: Clause) -> bool:
    """ "Пять сбито и еще три перехвачено": each figure has a verb of its own."""
    other = next(c for c in share.passage.sentence.clauses if before.quantity.first < c.end)
    return other is not clause and other.has(Sense.DOWNED) and clause.has(Sense.DOWNED)


def _summed(one: Share, other: Share) -> Share:
    values = one.quantity.value, other.quantity.value
    total = None if values[0] is None or values[1] is None else values[0] + values[1]
    bound = loosest(one.quantity.bound, other.quantity.bound)
    whole = replace(one.quantity, last=other.quantity.last, value=total, bound=bound)
    return Share(whole, one.passage)


def _is_part(clause: Clause, shares: Shares) -> bool:
    """Whether a clause only says what share of a figure went elsewhere: "включая два ..."."""
    if not clause.has(Sense.SUBSET) or not shares.dealt:
        return False
    last = shares.dealt[-1]
    sentence = last.passage.sentence
    told = any(sign.first < clause.start for sign in sentence.of(Sense.DOWNED))
    return told or clause.start < last.quantity.first or not clause.has(Sense.DOWNED)


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
