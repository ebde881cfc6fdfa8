"""One target without a numeral beside others that are counted: "ракета и 12 БПЛА"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.links import kinds_of
from reports.reading.passages import proof
from reports.reading.senses import TARGETS, Sense
from reports.reading.shared import how
from reports.reading.statements import How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.reading.links import Share
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

    _Verb = tuple[Passage, Clause, Sign]

ARTICLE_REACH = 4
_NO_KIND = frozenset({Sense.AIR_TARGET, Sense.SINGLE})
_OTHERWISE = (Sense.CLARIFIED, Sense.NO, Sense.SUBSET, Sense.TOTAL, Sense.DEBRIS, Sense.EARLIER)


def singles_beside(verbs: Iterable[_Verb], told: Sequence[Share]) -> Iterator[Statement]:
    """The ones of another kind than any that is counted: they come on top of the figure."""
    counted = frozenset[Sense]().union(*map(kinds_of, told))
    sums_up = any(how(share) is How.TOTAL for share in told)
    if not counted or Sense.AIR_TARGET in counted or sums_up:
        return
    for passage, clause, verb in verbs:
        scope = passage.scope_at(verb.first)
        one = next((s for s in clause.of(Sense.SINGLE) if _is_one(passage, clause, s)), None)
        if one is None or len(scope.regions) != 1 or clause.has(*_OTHERWISE):
            continue
        kinds = (one.senses & TARGETS) - _NO_KIND
        if kinds and kinds.isdisjoint(counted) and _apart(clause, one):
            basis = proof(passage, [(verb.first, verb.last), (one.first, one.last)], scope)
            yield Statement(
                "destroyed", Said.STATED, scope, told[-1].quantity.first, 1, How.MORE, basis
            )


def has_article(passage: Passage, clause: Clause, single: Sign) -> bool:
    """Whether it is one: in English by an article, in Russian by its ending alone."""
    if not passage.tokens[single.first].text.isascii():
        return True
    near = range(single.first - ARTICLE_REACH, single.first)
    return any(s.first in near for s in clause.of(Sense.ARTICLE))


def _is_one(passage: Passage, clause: Clause, single: Sign) -> bool:
    joints = [joint.last for joint in clause.of(Sense.AND)]
    near = [q.last for q in clause.quantities if 0 <= single.first - q.last < ARTICLE_REACH - 1]
    counted = any(not any(at < joint <= single.first for joint in joints) for at in near)
    return not counted and has_article(passage, clause, single)


def _apart(clause: Clause, one: Sign) -> bool:
    """Alone in its clause, or joined to a figure by "and"."""
    if not clause.quantities:
        return True
    joints = list(clause.of(Sense.AND))
    return any(abs(one.first - joint.last) <= 1 or joint.first == one.last for joint in joints)
