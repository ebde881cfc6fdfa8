"""How a figure of those brought down goes on from the one before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from reports.reading.bounds import loosest
from reports.reading.counting import Counted
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import PREDICATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.numbers import Quantity
    from reports.reading.passages import Passage
    from reports.reading.scope import Group
    from reports.reading.sentences import Clause

_ALL = frozenset({"все", "всех", "всем", "all"})
_OTHERWISE = (PREDICATES - {Sense.DOWNED, Sense.ALERT_OFF}) | {Sense.APPROACH, Sense.ATTACK}
_NOUN = 3
"""Tokens from a figure to what it counts: "12 ударных беспилотных аппаратов"."""


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


def link_of(before: Share | None, share: Share, clause: Clause) -> Link:
    """How a figure goes on from the one before it in its sentence."""
    if before is None or before.passage is not share.passage:
        return Link.NONE
    start, end = before.quantity.first, share.quantity.first
    verbs = [sign.first for sign in share.passage.sentence.of(Sense.DOWNED)]
    told = any(at < start or start <= at < end for at in verbs)
    if _is_all_of(before, share) or (_of_them(share) and not _told_before(verbs, start)):
        return Link.NARROWS
    added = share.quantity.added
    if not (told or added) and clause.has(Sense.DOWNED) and _is_of_those(share, clause):
        return Link.NARROWS
    if clause.has(Sense.SUBSET, Sense.TOTAL):
        return Link.NONE
    between = [sign for sign in share.passage.sentence.signs if start <= sign.first < end]
    if _may_join(before, share, clause) and _own_verbs(before, share, clause):
        return Link.JOINS
    counted = before.quantity.counted, share.quantity.counted
    joined = any(Sense.AND in sign.senses and sign.last == end for sign in between)
    alike = set(counted) == {Counted.TARGETS} or (told and _by_other_means(share))
    listed = (joined and alike) or _lists_kinds(before, share, clause)
    return Link.JOINS if listed else Link.NONE


def _lists_kinds(before: Share, share: Share, clause: Clause) -> bool:
    """ "4 ракеты, 12 БПЛА": one after the other, with a comma and nothing else between."""
    start = next(c for c in share.passage.sentence.clauses if before.quantity.first < c.end)
    if clause.opener != "," or not clause.start == share.quantity.first == start.end + 1:
        return False
    alone = start.end - before.quantity.last <= _NOUN
    kinds = kinds_of(before), kinds_of(share)
    plain = not (start.has(*_OTHERWISE) or clause.has(*_OTHERWISE))
    return alone and plain and all(kinds) and kinds[0] != kinds[1]


def kinds_of(share: Share) -> frozenset[Sense]:
    """What a figure counts, by the noun right after it."""
    near = range(share.quantity.last, share.quantity.last + _NOUN)
    named = (s for s in share.passage.sentence.of(*TARGETS) if s.first in near)
    return frozenset(next((s.senses & TARGETS for s in named), ()))


def _told_before(verbs: Sequence[int], start: int) -> bool:
    """Whether anything was said to be brought down before a figure."""
    return bool(verbs) and verbs[0] < start


def _of_them(share: Share) -> bool:
    """ "Eleven took part, air defence downed eight of them": the verb is right before it."""
    at = share.quantity
    told = any(sign.last == at.first for sign in share.passage.sentence.of(Sense.DOWNED))
    return told and any(s.first == at.last for s in share.passage.sentence.of(Sense.SUBSET))


def _is_all_of(before: Share, share: Share) -> bool:
    """ "Отработали по семи БПЛА, все семь уничтожены": the same figure, told again."""
    if before.quantity.value != share.quantity.value:
        return False
    words = {share.passage.tokens[at].text for at in range(*_two_before(share.quantity.first))}
    return not words.isdisjoint(_ALL)


def _two_before(at: int) -> tuple[int, int]:
    return max(0, at - 2), at


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


def _may_join(before: Share, share: Share, clause: Clause) -> bool:
    """Whether the same place serves both: none was told yet, or one before the first."""
    if before.group is None:
        return True
    own = any(clause.start <= group.first < clause.end for group in share.passage.groups)
    return not own and before.group.first < before.quantity.first


def summed(one: Share, other: Share) -> Share:
    values = one.quantity.value, other.quantity.value
    total = None if values[0] is None or values[1] is None else values[0] + values[1]
    bound = loosest(one.quantity.bound, other.quantity.bound)
    whole = replace(one.quantity, last=other.quantity.last, value=total, bound=bound)
    return Share(whole, one.passage)
