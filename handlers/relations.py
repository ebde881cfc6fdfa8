"""What a CAP message does to what earlier ones of its source said: it replaces or cancels them.

References are looked up among the reports of the same source alone: nobody speaks as another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers.cancelling import Cancelling
from handlers.settlement import Replaced
from reports.incidents.supersede import pairs, whole
from reports.model import MessageType, Outcome
from reports.summaries.admins import CANCELLED_BEFORE, NOT_NAMED, REPLACED_BEFORE, listed
from storage import incidents, references, reports, undecided

if TYPE_CHECKING:
    from handlers.settlement import Settled, Settlement
    from reports.incidents.chains import Chain
    from reports.model import Reading, Relation


@dataclass(frozen=True, slots=True)
class Became:
    """What a report came to once it was settled."""

    reading: Reading
    settled: list[Settled]
    reread: bool = False
    """Whether other reports count as unread now, for what they refer to came in."""


async def settle(settlement: Settlement, reading: Reading, *, decided: bool = False) -> Became:
    """Settle a reading as its relation asks; without one, as it stands.

    A message that is not meant for the public changes nothing, whatever it refers to; nor does one
    of a reviewed source, unless it is `decided` that it is published.
    """
    tx, report, relation = settlement.tx, settlement.arrival.report, reading.relation
    if settlement.arrival.reception.overtaken and reading.outcome is not Outcome.NOT_A_REPORT:
        return await _overtaken(settlement, reading)
    waits = report.source.reviewed and not decided
    if relation is None or reading.outcome is Outcome.NOT_A_REPORT or waits:
        return Became(reading, await settlement.settle(reading))
    arrival = settlement.arrival
    # Before its turn: an admin who decides on an earlier wording holds that, and waits for theirs.
    await undecided.supersede(tx, arrival.revision_id, arrival.now)
    await references.keep(tx, report, reading)
    chain = await references.chain(tx, report.source.id, report.id)
    became = await Related(settlement, reading, chain).settle(relation)
    if became.reading != reading and not decided:
        await reports.came_to(tx, arrival.revision_id, became.reading)
    return became


async def _overtaken(settlement: Settlement, reading: Reading) -> Became:
    """An earlier wording, read late, would undo what its source says instead by now."""
    became = await _without_effect(settlement, reading, REPLACED_BEFORE)
    await reports.came_to(settlement.tx, settlement.arrival.revision_id, became.reading)
    return became


async def _without_effect(settlement: Settlement, reading: Reading, reason: str) -> Became:
    reading = replace(reading, outcome=Outcome.INCIDENTS, incidents=(), reason=reason)
    return Became(reading, await settlement.conclude(reading, []))


@dataclass(frozen=True, slots=True)
class Related:
    """A message beside those that it refers to, and those that refer to it."""

    settlement: Settlement
    reading: Reading
    chain: Chain

    async def settle(self, relation: Relation) -> Became:
        """Do what its type asks for, unless a later message came in before it."""
        identity = self.settlement.arrival.report.id
        if relation.type is MessageType.CANCEL:
            cancelling = Cancelling(self.settlement, self.reading, self.chain)
            return Became(*await cancelling.settle(relation))
        if self.chain.cancelled(identity):
            return await self._cancelled_before(identity)
        if self.chain.superseded(identity):
            return await _without_effect(self.settlement, self.reading, REPLACED_BEFORE)
        if relation.type is MessageType.UPDATE:
            return await self._replacing(relation)
        return Became(self.reading, await self.settlement.settle(self.reading))

    async def _cancelled_before(self, identity: str) -> Became:
        """What cancels it is settled anew: by this message it may reach earlier ones."""
        cancels = self.chain.cancels(identity)
        source_id = self.settlement.arrival.report.source.id
        await references.to_be_read_again(self.settlement.tx, source_id, cancels)
        became = await _without_effect(self.settlement, self.reading, CANCELLED_BEFORE)
        return replace(became, reread=True)

    async def _replacing(self, relation: Relation) -> Became:
        before = await self._before(relation)
        if not before:
            return Became(self.reading, await self.settlement.settle(self.reading))
        reading = replace(self.reading, incidents=tuple(map(whole, self.reading.incidents)))
        known = {number: one.stored.incident for number, one in before.items()}
        alone = [number for number, one in before.items() if one.alone]
        found = pairs(reading.incidents, known, alone)
        as_said = self.settlement.arrival.voiced
        replaces = {as_said(said): before[number] for said, number in found.items()}
        settlement = replace(self.settlement, replaces=replaces)
        settled = await settlement.settled(reading)
        if reading.outcome is Outcome.INCIDENTS:
            left = await self._still_standing(before.keys() - found.values())
            notes = filter(None, (reading.reason, listed(NOT_NAMED, left)))
            reading = replace(reading, reason="\n".join(notes) or None)
        return Became(reading, await settlement.conclude(reading, settled))

    async def _before(self, relation: Relation) -> dict[int, Replaced]:
        """What stands of the messages that it replaces, by number."""
        tx, report = self.settlement.tx, self.settlement.arrival.report
        source_id, earlier = report.source.id, self.chain.earlier(relation.references)
        replaced = earlier | {report.id}
        before = {}
        for number in await references.incidents_of(tx, source_id, earlier):
            stored = await incidents.get(tx, number)
            if stored and stored.ended_at is None:
                words = await references.words_on(tx, number)
                alone = all(one.source_id == source_id and one.id in replaced for one in words)
                before[number] = Replaced(stored, alone)
        return before

    async def _still_standing(self, numbers: set[int]) -> list[int]:
        known = [await incidents.get(self.settlement.tx, one) for one in sorted(numbers)]
        return [one.number for one in known if one and one.ended_at is None]
