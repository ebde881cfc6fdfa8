"""How many targets were brought down, and over which region: single figures, totals, lists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from reports.model import Kind, Said, Target
from reports.reading.accounts import accounts, downing_signs, is_headline, subject_of
from reports.reading.amended import (
    amended,
    counted_targets,
    tells_figure,
    told_earlier,
    under_headline,
)
from reports.reading.counting import Counted
from reports.reading.losses import is_entry
from reports.reading.passages import proof, targets
from reports.reading.senses import CASUALTIES, TARGETS, Sense
from reports.reading.shared import event, how, over_sea, part_of_total, scope_of, statements, worth
from reports.reading.shares import Shares, deal
from reports.reading.singles import ARTICLE_REACH, has_article, singles_beside
from reports.reading.statements import Event, How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.reading.links import Share
    from reports.reading.numbers import Quantity
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

    _Verb: TypeAlias = tuple[Passage, Clause, Sign]
    """A word of bringing down, where it stands."""
    Found: TypeAlias = "Statement | Event | Conflict"

_SENTENCES = 2
"""After which a bare total speaks of something else."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that cannot all be true."""

    reason: str


@dataclass(slots=True)
class _Before:
    """What earlier sentences leave to the next one."""

    targets: Quantity | None = None
    """The last count of targets, whatever became of them."""
    kinds: frozenset[Target] = frozenset()
    """The targets named last."""
    named: bool = False
    """The sentence before names targets."""
    headed: bool = False
    """It is a headline: a line with a place and nothing else."""
    known: set[int] = field(default_factory=set)
    """Figures told beside a verb of bringing down."""
    counting: bool = False
    """Some figure of those brought down came before."""
    told: int = 0
    """For how many sentences more a figure of those brought down is remembered."""
    spread: bool = False
    """The account before dealt its figures out to several regions."""

    def pass_on(self, account: Sequence[Passage], shares: Shares | None) -> None:
        """An account is over."""
        for passage in account:
            counted = counted_targets(passage, passage.sentence.end)
            self.targets = counted[0] if len(counted) == 1 else None
            self.kinds = _kinds([passage]) or self.kinds
            self.named = passage.sentence.has_target
            self.headed = is_headline(passage)
            if tells_figure(passage):
                self.known |= {q.value for q in passage.sentence.quantities if q.value}
        told = any(map(tells_figure, account))
        self.counting = self.counting or told
        self.told = _SENTENCES if told else max(0, self.told - 1)
        if any(passage.sentence.has(*CASUALTIES) for passage in account):
            self.told = 0
        dealt = shares.dealt if shares else []
        here = {code for share in dealt if share.group for code in share.group.regions}
        self.spread = len(here) > 1 or (self.spread and not shares)


def downed(passages: Sequence[Passage]) -> Iterator[Found]:
    """What a text says was brought down, region by region."""
    before = _Before()
    for account in accounts(passages):
        signs = _signs(account)
        shares = deal(account) if signs else None
        if shares and (shares.dealt or shares.totals):
            yield from _with_figures(account, shares, before)
        elif signs:
            yield from _without_figure(signs, _kinds(account) or before.kinds, before)
        elif before.headed and before.counting:
            yield from under_headline(account[0])
        elif before.told or told_earlier(account[0]):
            yield from amended(account[0])
        before.pass_on(account, shares)


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
    kinds = _kinds(account) or before.kinds
    yield from _conflict(shares)
    told = _of_the_whole(shares) or [*shares.dealt, *_besides(shares)] or shares.totals
    told = [share for share in told if not _is_part_of_known(share, before)]
    for share in told:
        yield from statements(share)
        yield event(share, kinds)
    if all(how(share) is How.MORE for share in told):
        yield from _singles(account, told)
    else:
        yield from singles_beside(_signs(account), told)


def _singles(account: Sequence[Passage], told: Sequence[Share]) -> Iterator[Found]:
    """ "Сбит беспилотник, еще два — над Б": the one without a numeral."""
    counted = {share.quantity.first for share in told}
    for passage, clause, sign in _signs(account):
        if any(q.first in counted for q in clause.quantities) or clause.has(Sense.SUBSET):
            continue
        scope = passage.scope_at(sign.first)
        if clause.has_target and len(scope.regions) == 1 and _is_one(passage, clause, sign):
            basis = proof(passage, _verb_and_target(clause, sign), scope)
            yield Statement("destroyed", Said.STATED, scope, sign.first, number=1, proof=basis)


def _of_the_whole(shares: Shares) -> list[Share]:
    """The total, where the parts only say in which towns some of it fell."""
    parts = [s for s in shares.dealt if s.group and s.group.finer and part_of_total(s)]
    if len(shares.totals) != 1 or not parts or len(parts) < len(shares.dealt):
        return []
    where = scope_of(shares.totals[0]).regions
    return shares.totals if all(s.group and s.group.regions == where for s in parts) else []


def _is_part_of_known(share: Share, before: _Before) -> bool:
    """ "Семь из восьми сбитых", after the eight were told."""
    after = (q for q in share.passage.sentence.quantities if q.first >= share.quantity.last)
    whole = next(after, None)
    if whole is None or whole.counted is not Counted.NOTHING or whole.value not in before.known:
        return False
    return whole.first - share.quantity.last <= 1


def _besides(shares: Shares) -> list[Share]:
    """ "Над А сбиты два, над Б ещё три", where Б is not known and all else is in one region."""
    if shares.dealt and all(map(over_sea, shares.dealt)):
        return [share for share in shares.totals if _is_apart(share, shares)]
    where = {scope_of(share).regions for share in shares.dealt}
    if len(where) != 1:
        return []
    return [
        share
        for share in shares.totals
        if scope_of(share).regions in where
        and (
            is_entry(share.passage, share.quantity)
            or (share.quantity.first > shares.dealt[0].quantity.first and how(share) is not How.NEW)
        )
    ]


def _is_apart(share: Share, shares: Shares) -> bool:
    """ "Два сбиты у мыса, три — над морем", "33 дрона, ещё пять — над морем": no total of those."""
    if shares.whole or any(map(part_of_total, shares.dealt)):
        return False
    least = min(other.quantity.value or 0 for other in shares.dealt)
    added = any(other.quantity.added for other in shares.dealt)
    return added or (share.quantity.value or 0) < least


def _conflict(shares: Shares) -> Iterator[Conflict]:
    """Parts that come to more than their total cannot be true."""
    parts = sum(map(worth, shares.dealt))
    whole = max((total.quantity.value or 0 for total in shares.totals), default=0)
    whole = max(whole, shares.waves)
    if whole and len(shares.dealt) > 1 and parts > whole:
        yield Conflict(f"Its figures disagree: the parts come to {parts}, the total to {whole}.")


def _without_figure(
    signs: Iterable[_Verb], kinds: frozenset[Target], before: _Before
) -> Iterator[Found]:
    for passage, clause, sign in signs:
        if _put_out(passage, clause):
            continue
        every = _all_of(passage, clause, before) or _elided(clause, before)
        subject = subject_of(passage, clause)
        named = passage.sentence.has_target or before.named
        goes_on = named and clause.has(Sense.ALL_OF_THEM, Sense.THEM)
        if not (subject.has_target or clause.has(Sense.IT) or goes_on or every):
            continue
        scope = passage.scope_at(sign.first)
        basis = proof(passage, _verb_and_target(clause, sign), scope)
        number, how = None, How.NEW
        if len(scope.regions) == 1 and every and every.value:
            number, how = every.value, How.AGAIN
        elif len(scope.regions) == 1 and _is_one(passage, subject, sign):
            number = 1
        at = sign.first
        yield Statement("destroyed", Said.STATED, scope, at, number=number, how=how, proof=basis)
        yield Event(Kind.AIR_ATTACK, scope, at, kinds, proof=basis)


def _all_of(passage: Passage, clause: Clause, before: _Before) -> Quantity | None:
    """ "Все сбиты", "их сбили": those that were counted last."""
    if not clause.has(Sense.ALL_OF_THEM, Sense.THEM):
        return None
    known = counted_targets(passage, clause.end)
    return _joined(known) if known else before.targets


def _put_out(passage: Passage, clause: Clause) -> bool:
    """ "Занялся огонь, его быстро сбили": the fire, and not the drone before it."""
    if clause.has_target or not clause.has(Sense.IT):
        return False
    named = (s for s in passage.sentence.signs if s.first < clause.start)
    told = [s for s in named if s.senses & (TARGETS | {Sense.FIRE})]
    return bool(told) and Sense.FIRE in told[-1].senses


def _elided(clause: Clause, before: _Before) -> Quantity | None:
    """ "Их было не 4, а 7. Сбивали над ...": what was corrected last."""
    last = before.targets
    if last is None or not last.amended or clause.quantities or clause.has(Sense.THING):
        return None
    return last


def _joined(known: Sequence[Quantity]) -> Quantity:
    """The last figure, with the one that "and" joins to it: "21 дрон и три ракеты, все сбиты"."""
    last = known[-1]
    if len(known) < 2 or last.first - known[-2].last > ARTICLE_REACH:
        return last
    values = known[-2].value, last.value
    alike = {last.counted, known[-2].counted} == {Counted.TARGETS}
    if not alike or values[0] is None or values[1] is None:
        return last
    return replace(last, value=values[0] + values[1])


def _verb_and_target(clause: Clause, sign: Sign) -> list[tuple[int, int]]:
    named = clause.of(Sense.DRONE, Sense.FPV, Sense.MISSILE, Sense.HIGH_SPEED, Sense.AIR_TARGET)
    return [(sign.first, sign.last), *((s.first, s.last) for s in list(named)[:1])]


def _is_one(passage: Passage, clause: Clause, sign: Sign) -> bool:
    """Whether the words speak of one target without a numeral."""
    if clause.has(Sense.CLARIFIED, Sense.NO):
        return False
    if Sense.DOWNED_ONE in sign.senses or clause.has(Sense.IT):
        return True
    return any(has_article(passage, clause, s) for s in clause.of(Sense.SINGLE))
