"""Figures dealt out to places: "21 — над А, по 4 — над Б и В", "А — 5", "соответственно"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reports.reading.links import Link, Share, link_of, summed
from reports.reading.losses import figures_of, tells_otherwise
from reports.reading.numbers import Quantity
from reports.reading.scope import Group
from reports.reading.senses import Sense
from reports.reading.sentences import AND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause


@dataclass(slots=True)
class Shares:
    """The figures of one account, as they are dealt out to places."""

    dealt: list[Share] = field(default_factory=list)
    totals: list[Share] = field(default_factory=list)
    waiting: Share | None = None
    place: Group | None = None
    whole: bool = False
    """A colon followed the first total: what comes after are its parts."""

    waves: int = 0
    """What the totals before lists come to."""
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
            self.waiting = summed(self.waiting, share)
            return True
        if last is None or last.group is None or last.group.first > last.quantity.first:
            return False
        self.dealt[-1] = replace(summed(last, share), group=last.group)
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

    def open_list(self) -> None:
        """A colon comes: what waits is the total of the list after it."""
        if self.waiting is not None:
            self.waves += self.waiting.quantity.value or 0
        self.set_aside()

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
    headline = _headline(passage)
    for index, clause, _ in passage.told():
        if clause.opener == ":" and (in_list or index <= last):
            shares.open_list()
            shares.whole = len(shares.totals) == 1
        goes_on = part_of and not (clause.quantities or _after_bracket(passage, clause))
        part_of = _is_part(clause, shares) or _is_part_of_all(passage, clause, shares) or goes_on
        if part_of:
            continue
        if figures[index] and clause.opener == AND and shares.place is None:
            shares.place = _place_before(passage, index)
        if clause is not headline:
            _deal_clause(passage, clause, figures[index], shares)
    if in_list:
        shares.place = None


def _headline(passage: Passage) -> Clause | None:
    """ "Дагестан: пять над Каспием, два над Дербентом": a region before its own towns and seas."""
    groups, clauses = passage.groups, passage.sentence.clauses
    if len(groups) < 3 or len(clauses) < 2 or clauses[1].opener != ":" or clauses[0].quantities:
        return None
    first, *others = groups
    if first.last > clauses[0].end or first.finer or others[0].first < clauses[0].end:
        return None
    inside = all(set(group.regions) <= set(first.regions) for group in others)
    return clauses[0] if inside else None


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
            shares.figure(share, link_of(shares.last, share, clause))
        else:
            shares.over(part)


def _is_part(clause: Clause, shares: Shares) -> bool:
    """Whether a clause only says what share of a figure went elsewhere: "включая два ..."."""
    if not shares.dealt or all(Sense.OTHERS in sign.senses for sign in clause.of(Sense.SUBSET)):
        return False
    last = shares.dealt[-1]
    sentence = last.passage.sentence
    told = any(sign.first < clause.start for sign in sentence.of(Sense.DOWNED))
    return told or clause.start < last.quantity.first or not clause.has(Sense.DOWNED)


def _is_part_of_all(passage: Passage, clause: Clause, shares: Shares) -> bool:
    """ "Сбиты 12 БПЛА, из них два FPV": a part of the figure before it, which no place follows."""
    last = shares.last
    if shares.dealt or last is None or last.passage is not passage or not clause.has(Sense.SUBSET):
        return False
    told = any(sign.first < clause.start for sign in passage.sentence.of(Sense.DOWNED))
    return told and not any(group.first >= clause.start for group in passage.groups)


def _after_bracket(passage: Passage, clause: Clause) -> bool:
    """ "16 (11 из них — на столицу), на Б — 8": the aside about a part is over."""
    return any(token.text == ")" for token in passage.tokens[clause.start - 2 : clause.start])


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
