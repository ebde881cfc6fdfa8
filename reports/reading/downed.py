"""How many targets were brought down, and over which region: single figures, totals, lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from reports.model import Kind, Said, Target
from reports.reading.counting import Counted
from reports.reading.denial import is_absent
from reports.reading.passages import proof, targets
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import PREDICATES
from reports.reading.shared import event, how, scope_of, statements, worth
from reports.reading.shares import Share, Shares, deal
from reports.reading.statements import Event, How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.reading.numbers import Quantity
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

    _Verb: TypeAlias = tuple[Passage, Clause, Sign]
    """A word of bringing down, where it stands."""
    Found: TypeAlias = "Statement | Event | Conflict"

_ARTICLE_REACH = 4
_OF_TARGETS = frozenset({Counted.TARGETS, Counted.BARE})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that cannot all be true."""

    reason: str


@dataclass(slots=True)
class _Before:
    """What earlier sentences leave to the next one."""

    targets: Quantity | None = None
    """The last count of targets, whatever became of them."""
    told: bool = False
    """The sentence before gave a figure of those brought down."""
    spread: bool = False
    """The account before dealt its figures out to several regions."""

    def pass_on(self, account: Sequence[Passage], shares: Shares | None) -> None:
        """An account is over."""
        for passage in account:
            counted = [q for q in passage.sentence.quantities if q.counted is Counted.TARGETS]
            self.targets = next((q for q in reversed(counted) if not q.replaced), None)
            self.told = any(map(_tells_number, passage.sentence.clauses))
        dealt = shares.dealt if shares else []
        here = {code for share in dealt if share.group for code in share.group.regions}
        self.spread = len(here) > 1 or (self.spread and not shares)


def _tells_number(clause: Clause) -> bool:
    return clause.has(Sense.DOWNED) and bool(clause.quantities)


def downed(passages: Sequence[Passage]) -> Iterator[Found]:
    """What a text says was brought down, region by region."""
    before = _Before()
    for account in accounts(passages):
        signs = _signs(account)
        shares = deal(account) if signs else None
        if shares and (shares.dealt or shares.totals):
            yield from _with_figures(account, shares, before)
        elif signs:
            yield from _without_figure(signs, _kinds(account), before)
        elif before.told:
            yield from _amended(account[0])
        before.pass_on(account, shares)


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


def _signs(account: Sequence[Passage]) -> list[_Verb]:
    return [
        (passage, clause, sign)
        for passage in account
        for _, clause, _ in passage.told()
        for sign in downing_signs(clause)
    ]


def _kinds(account: Sequence[Passage]) -> frozenset[Target]:
    return frozenset[Target]().union(*(targets(passage.sentence) for passage in account))


def _with_figures(account: Sequence[Passage], shares: Shares, before: _Before) -> Iterator[Found]:
    """A figure without a place, after a list of several regions, is of the whole country."""
    if before.spread and not any(passage.groups for passage in account):
        return
    kinds = _kinds(account)
    yield from _conflict(shares)
    for share in [*shares.dealt, *_besides(shares)] or shares.totals:
        yield from statements(share)
        yield event(share, kinds)


def _besides(shares: Shares) -> list[Share]:
    """ "Над А сбиты два, над Б ещё три", where Б is not known and all else is in one region."""
    where = {scope_of(share).regions for share in shares.dealt}
    if len(where) != 1:
        return []
    return [
        share
        for share in shares.totals
        if share.quantity.first > shares.dealt[0].quantity.first
        and how(share) is How.MORE
        and scope_of(share).regions in where
    ]


def _amended(passage: Passage) -> Iterator[Found]:
    """ "Их уже восемь", "военные уточнили: пять": a figure that takes the last one's place."""
    corrected = passage.sentence.has(Sense.CORRECTED)
    for _, clause, scope in passage.told():
        if clause.has(*PREDICATES) or not (corrected or clause.has(Sense.TOTAL)):
            continue
        for quantity in clause.quantities:
            if quantity.counted not in _OF_TARGETS or quantity.replaced or scope.regions == ():
                continue
            share = Share(replace(quantity, grown=True), passage)
            yield from statements(share)
            yield event(share, targets(passage.sentence))
            return


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
    parts = sum(map(worth, shares.dealt))
    whole = max((total.quantity.value or 0 for total in shares.totals), default=0)
    if whole and len(shares.dealt) > 1 and parts > whole:
        yield Conflict(f"Its figures disagree: the parts come to {parts}, the total to {whole}.")


def _without_figure(
    signs: Iterable[_Verb], kinds: frozenset[Target], before: _Before
) -> Iterator[Found]:
    for passage, clause, sign in signs:
        every = _all_of(passage, clause, before)
        goes_on = passage.sentence.has_target and clause.has(Sense.ALL_OF_THEM)
        if not (clause.has_target or clause.has(Sense.IT) or goes_on or every):
            continue
        scope = passage.scope_at(sign.first)
        basis = proof(passage, _verb_and_target(clause, sign), scope)
        number, how = None, How.NEW
        if len(scope.regions) == 1 and every and every.value:
            number, how = every.value, How.AGAIN
        elif len(scope.regions) == 1 and _is_one(passage, clause, sign):
            number = 1
        at = sign.first
        yield Statement("destroyed", Said.STATED, scope, at, number=number, how=how, proof=basis)
        yield Event(Kind.AIR_ATTACK, scope, at, kinds, proof=basis)


def _all_of(passage: Passage, clause: Clause, before: _Before) -> Quantity | None:
    """ "Все сбиты", "их сбили": those that were counted last."""
    if not clause.has(Sense.ALL_OF_THEM, Sense.THEM):
        return None
    counted = [q for q in passage.sentence.quantities if q.counted is Counted.TARGETS]
    known = [q for q in counted if not q.replaced and q.first < clause.end]
    return known[-1] if known else before.targets


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
