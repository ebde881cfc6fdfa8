"""A CAP Cancel: an all-clear for the alerts of what it cancels, and for no other kind an end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers.settlement import Settled
from reports.incidents.merge import left_after
from reports.incidents.table import stands
from reports.model import Incident, Item, Kind, Outcome, Span
from reports.reading.notices import CANCELS
from reports.summaries import admins
from reports.summaries.admins import listed
from storage import bulletins, incidents, references

if TYPE_CHECKING:
    from handlers.settlement import Settlement
    from reports.incidents.chains import Chain
    from reports.model import Reading, Relation
    from storage.incidents import Stored
    from storage.references import Word


@dataclass(frozen=True, slots=True)
class Cancelling:
    """A Cancel beside what it cancels. `reading` has its own words and areas, if it has any."""

    settlement: Settlement
    reading: Reading
    chain: Chain

    async def settle(self, relation: Relation) -> tuple[Reading, list[Settled]]:
        """End the alerts that it cancels, tell of those that people were told of.

        Returns what it came to, and the all-clears.
        """
        earlier = self.chain.earlier(relation.references)
        cancelled = frozenset(one for one in earlier if self.chain.cancelled(one))
        if not cancelled:
            reason = admins.REPLACED_BY_OTHER if earlier else admins.CANCELS_UNKNOWN
            return await self._came_to(Outcome.UNCLEAR, [], reason)
        over, notes = await self._sorted(cancelled)
        settled, barred = await self._ended(over)
        notes += [listed(admins.OTHER_ALERT, barred), *self._unknown_areas()]
        reason = "\n".join(filter(None, notes))
        outcome = Outcome.UNCLEAR if reason and not settled else Outcome.INCIDENTS
        nothing = None if settled else admins.WAS_OVER
        return await self._came_to(outcome, settled, reason or nothing)

    async def _came_to(
        self, outcome: Outcome, settled: list[Settled], reason: str | None
    ) -> tuple[Reading, list[Settled]]:
        said = tuple(one.item.incident for one in settled)
        reading = replace(self.reading, outcome=outcome, incidents=said, reason=reason)
        return reading, await self.settlement.conclude(reading, settled)

    async def _sorted(self, cancelled: frozenset[str]) -> tuple[list[Stored], list[str | None]]:
        """The alerts that are over by it, and what is to be noted of all else that stands."""
        over, not_named, spoken_of, others = [], [], [], []
        for one in await self._standing(cancelled):
            if one.incident.kind is not Kind.AIR_ALERT or one.incident.recap:
                others.append(one.number)
            elif not self._names(one.incident.region):
                not_named.append(one.number)
            elif await self._is_spoken_of(one, cancelled):
                spoken_of.append(one.number)
            else:
                over.append(one)
        return over, [
            listed(admins.NOT_ENDED, others),
            listed(admins.NOT_NAMED, not_named),
            listed(admins.STILL_SPOKEN_OF, spoken_of),
        ]

    async def _standing(self, cancelled: frozenset[str]) -> list[Stored]:
        tx, source_id = self.settlement.tx, self.settlement.arrival.report.source.id
        numbers = await references.incidents_of(tx, source_id, cancelled)
        known = [await incidents.get(tx, number) for number in numbers]
        return [one for one in known if one and one.ended_at is None]

    def _names(self, region: str) -> bool:
        """Whether it is of that region: one without areas is of all that it cancels."""
        named = {one.region for one in self.reading.incidents}
        return region in named or not (named or self._unknown_areas())

    def _unknown_areas(self) -> list[str]:
        """The lines that the reader has for areas that it does not know."""
        return [one for one in (self.reading.reason or "").splitlines() if one != CANCELS]

    async def _is_spoken_of(self, alert: Stored, cancelled: frozenset[str]) -> bool:
        """Whether it stands by other words: of its source, or later ones of anybody."""
        arrival = self.settlement.arrival
        for word in await references.words_on(self.settlement.tx, alert.number):
            own = word.source_id == arrival.report.source.id
            if own and word.id in cancelled:
                continue
            if word.said > arrival.said or (own and await self._counts(word)):
                return True
        return False

    async def _counts(self, word: Word) -> bool:
        """Whether another report of the source is neither cancelled nor over by itself."""
        chain = await references.chain(self.settlement.tx, word.source_id, word.id)
        message = chain.messages.get(word.id)
        if message is None:
            return True
        expired = message.expires and message.expires <= self.settlement.arrival.said
        return not (expired or chain.cancelled(word.id))

    async def _ended(self, over: list[Stored]) -> tuple[list[Settled], list[int]]:
        """An all-clear for each that people heard of; and those that are left for others' sake.

        What nobody heard of ends in silence.
        """
        tx, now = self.settlement.tx, self.settlement.arrival.now
        settled: dict[Incident, Settled] = {}
        barred = []
        for one in over:
            end = self._all_clear(one.incident)
            told = await bulletins.told_of(tx, one.number)
            if told and await self._is_barred(end, over):
                barred.append(one.number)
                continue
            await incidents.end(tx, one.number, now)
            if told and end not in settled:
                settled[end] = await self._kept(end)
        return list(settled.values()), barred

    def _all_clear(self, alert: Incident) -> Incident:
        own = (one.evidence for one in self.reading.incidents if one.region == alert.region)
        text = self.settlement.arrival.report.text
        words = (Span(0, len(text)),) if text else ()
        evidence = next(own, words)
        return Incident(alert.region, Kind.ALL_CLEAR, alert.target, evidence=evidence)

    async def _is_barred(self, end: Incident, over: list[Stored]) -> bool:
        """Whether another alert stands that who reads of this end would take for over."""
        back = self.settlement.arrival.said - stands(Kind.AIR_ALERT)
        tx, numbers = self.settlement.tx, {one.number for one in over}
        standing = await incidents.standing(tx, end.region, Kind.AIR_ALERT, back)
        expired = await references.expired(
            tx, [one.number for one in standing], self.settlement.arrival.said
        )
        others = [one.incident for one in standing if one.number not in numbers | expired]
        return any(left_after(one, end) is None for one in others)

    async def _kept(self, end: Incident) -> Settled:
        tx, arrival = self.settlement.tx, self.settlement.arrival
        number = await incidents.create(tx, end, arrival.heard)
        await incidents.add_facts(tx, number, arrival.revision_id, end)
        return Settled(Item(number, end), news=not arrival.too_old(end.kind, ended=True))
