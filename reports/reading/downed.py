"""How many targets were brought down, and over which region: single figures, totals, lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.model import Kind, Said, Target
from reports.reading.counting import Counted
from reports.reading.denial import is_absent
from reports.reading.passages import proof, targets
from reports.reading.scope import Scope
from reports.reading.senses import TARGETS, Sense
from reports.reading.shares import Share, Shares, deal
from reports.reading.statements import Event, How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.statements import Proof
    from reports.reading.wordings import Sign

_ARTICLE_REACH = 4


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that cannot all be true."""

    reason: str


def accounts(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Sentences gathered with the list items that go on from them."""
    gathered: list[Passage] = []
    for passage in passages:
        if gathered and not _goes_on(passage):
            yield gathered
            gathered = []
        gathered.append(passage)
    if gathered:
        yield gathered


def _goes_on(passage: Passage) -> bool:
    sentence = passage.sentence
    if any(downing_signs(clause) for clause in sentence.clauses):
        return False
    opening = sentence.signs[0] if sentence.signs else None
    shares = opening is not None and Sense.SUBSET in opening.senses and bool(passage.groups)
    return sentence.item or shares


def downed(account: Sequence[Passage]) -> Iterator[Statement | Event | Conflict]:
    """What an account says was brought down, region by region."""
    signs = [
        (passage, clause, sign)
        for passage in account
        for _, clause, _ in passage.told()
        for sign in downing_signs(clause)
    ]
    if not signs:
        return
    kinds = frozenset[Target]().union(*(targets(passage.sentence) for passage in account))
    shares = deal(account)
    if not shares.dealt and not shares.totals:
        yield from _without_figure(signs, kinds)
        return
    yield from _conflict(shares)
    for share in shares.dealt or shares.totals:
        yield from _statements(share)
        yield _event(share, kinds)


def downing_signs(clause: Clause) -> list[Sign]:
    """The wordings that say a target was brought down, and not a house or a car."""
    signs = [] if clause.has(Sense.SAPPERS) else list(clause.of(Sense.DOWNED))
    signs = [sign for sign in signs if not _is_denied(clause, sign)]
    if not signs or not clause.has(Sense.THING):
        return signs
    if not (clause.has_target or clause.has(Sense.IT)):
        counted = {q.counted for q in clause.quantities}
        return signs if counted & {Counted.TARGETS, Counted.BARE} else []
    return [sign for sign in signs if not _falls_on_thing(clause, sign)]


def _is_denied(clause: Clause, verb: Sign) -> bool:
    """ "No drones were shot down", "беспилотник не сбит"."""
    if any(0 <= verb.first - sign.last <= 1 for sign in clause.of(Sense.NOT)):
        return True
    targets_before = (sign for sign in clause.of(*TARGETS) if sign.first < verb.first)
    return not clause.quantities and any(is_absent(clause, sign) for sign in targets_before)


def _falls_on_thing(clause: Clause, sign: Sign) -> bool:
    """ "A drone destroyed two houses": the thing is what was destroyed."""
    if Sense.DAMAGED not in sign.senses:
        return False
    after = [s for s in clause.signs if s.first >= sign.last]
    return any(Sense.THING in s.senses for s in after[:2])


def _conflict(shares: Shares) -> Iterator[Conflict]:
    """Parts that come to more than their total cannot be true."""
    parts = sum(map(_worth, shares.dealt))
    whole = max((total.quantity.value or 0 for total in shares.totals), default=0)
    if whole and len(shares.dealt) > 1 and parts > whole:
        yield Conflict(f"Its figures disagree: the parts come to {parts}, the total to {whole}.")


def _worth(share: Share) -> int:
    value = share.quantity.value or 0
    places = len(share.group.places) if share.group and share.quantity.each else 1
    return value * places


def _scope(share: Share) -> Scope:
    if share.group is None:
        return share.passage.scope_at(share.quantity.first)
    return Scope(share.group.regions, tuple(share.group.places))


def _statements(share: Share) -> Iterator[Statement]:
    scope, quantity = _scope(share), share.quantity
    for region in scope.regions:
        places = tuple(place for place in scope.places if region in place.regions)
        here = Scope((region,), places)
        number = quantity.value
        if number is not None and quantity.each:
            number *= max(1, len(places))
        elif len(scope.regions) > 1:
            number = None
        yield Statement(
            "destroyed",
            Said.STATED,
            here,
            quantity.first,
            number=number,
            how=_how(share),
            bound=quantity.bound,
            added=quantity.added,
            proof=_proof(share, here),
        )


def _how(share: Share) -> How:
    clause = _clause_of(share)
    if share.quantity.grown or clause.has(Sense.TOTAL):
        return How.TOTAL
    return How.MORE if clause.has(Sense.MORE) else How.NEW


def _clause_of(share: Share) -> Clause:
    clauses = share.passage.sentence.clauses
    return next(c for c in clauses if share.quantity.first < c.end)


def _proof(share: Share, scope: Scope) -> Proof:
    quantity = share.quantity
    verbs = [(s.first, s.last) for s in share.passage.sentence.of(Sense.DOWNED)]
    return proof(share.passage, [(quantity.first, quantity.last), *verbs[:1]], scope)


def _event(share: Share, kinds: frozenset[Target]) -> Event:
    scope = _scope(share)
    at = share.quantity.first
    return Event(Kind.AIR_ATTACK, scope, at, kinds, proof=_proof(share, scope))


def _without_figure(
    signs: Iterable[tuple[Passage, Clause, Sign]], kinds: frozenset[Target]
) -> Iterator[Statement | Event]:
    for passage, clause, sign in signs:
        goes_on = passage.sentence.has_target and clause.has(Sense.ALL_OF_THEM)
        if not (clause.has_target or clause.has(Sense.IT) or goes_on):
            continue
        scope = passage.scope_at(sign.first)
        one = _is_one(passage, clause, sign) and len(scope.regions) == 1
        basis = proof(passage, _verb_and_target(clause, sign), scope)
        number = 1 if one else None
        yield Statement("destroyed", Said.STATED, scope, sign.first, number=number, proof=basis)
        yield Event(Kind.AIR_ATTACK, scope, sign.first, kinds, proof=basis)


def _verb_and_target(clause: Clause, sign: Sign) -> list[tuple[int, int]]:
    named = clause.of(Sense.DRONE, Sense.FPV, Sense.MISSILE, Sense.HIGH_SPEED, Sense.AIR_TARGET)
    return [(sign.first, sign.last), *((s.first, s.last) for s in list(named)[:1])]


def _is_one(passage: Passage, clause: Clause, sign: Sign) -> bool:
    """Whether the words speak of one target without a numeral."""
    if clause.has(Sense.CLARIFIED):
        return False
    if Sense.DOWNED_ONE in sign.senses or clause.has(Sense.IT):
        return True
    return any(_has_article(passage, clause, s) for s in clause.of(Sense.SINGLE))


def _has_article(passage: Passage, clause: Clause, single: Sign) -> bool:
    if not passage.tokens[single.first].text.isascii():
        return True
    near = range(single.first - _ARTICLE_REACH, single.first)
    return any(s.first in near for s in clause.of(Sense.ARTICLE))
