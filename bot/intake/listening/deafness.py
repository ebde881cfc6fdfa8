"""Who has fallen silent or is not heard, and what of it admins are told: once, and its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.intake.listening.habits import LEAST, silence_of
from bot.intake.listening.turns import MANY
from bot.intake.polled import Why
from storage import channels, sources
from storage.sources import REMOVED, SILENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.clocks import Clocks
    from bot.http.metrics import Metrics
    from handlers.hearing import Hearing
    from storage.database import Database
    from storage.sources import Health
    from storage.transaction import Transaction

FOR_GOOD = frozenset({Why.LAYOUT, Why.NO_PREVIEW, Why.BLOCKED, Why.GONE})
"""Troubles that do not pass by themselves."""
SETTLING = timedelta(minutes=10)
"""After a start, what sources sent in vain meanwhile comes first."""
PASSING, POLLS = timedelta(minutes=5), 3
"""Other trouble that is over within this time, or so many polls, nobody is told of."""
LATELY = timedelta(seconds=2)
"""For each second between two polls: an answer that is older tells nothing of silence."""
AT_ONCE = timedelta(minutes=15)
"""What began so close together has one cause, where there is much of it."""
RELAPSE, SPARED = 1800.0, 3600.0
"""Seconds after a recovery in which trouble is a relapse, and for how long that is not told."""


@dataclass(slots=True)
class Deafness:
    """Looks at what the database knows of all listed sources."""

    database: Database
    clocks: Clocks
    metrics: Metrics
    hearing: Hearing
    started: datetime = field(init=False)
    _habits: dict[str, tuple[datetime | None, timedelta | None]] = field(default_factory=dict)
    _told: dict[str, float] = field(default_factory=dict)
    _recovered: dict[str, float] = field(default_factory=dict)
    _ailing: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.started = self.clocks.now()

    async def look(self) -> None:
        """Once. Raises StorageError."""
        await self._note_the_silent()
        async with self.database.read() as tx:
            known = await sources.health(tx)
        self._show(known)
        self._note_recoveries(known)
        deaf = self._to_be_told(known)
        well = [one for one in known if one.told and not one.trouble]
        if deaf or well:
            await self._tell(deaf, well)
        await self._tell_of_channels()

    async def _tell(self, deaf: Sequence[Sequence[Health]], well: Sequence[Health]) -> None:
        together = [well] if len(well) >= MANY else [[one] for one in well]
        async with self.database.write() as tx:
            told = [some for some in deaf if await self.hearing.deaf(tx, some)]
            for some in together:
                await self.hearing.again(tx, some)
        now = self.clocks.ticks()
        self._told.update({one.listing.id: now for some in told for one in some})
        self.hearing.wake()

    async def _tell_of_channels(self) -> None:
        """What no admin could be told when it came about."""
        async with self.database.read() as tx:
            waits = [await channels.untold(tx, lost=lost) for lost in (True, False)]
        if any(waits):
            async with self.database.write() as tx:
                await self.hearing.places(tx)
            self.hearing.wake()

    def _to_be_told(self, known: Sequence[Health]) -> list[Sequence[Health]]:
        """What is told in one message each: many that fail at once are one thing to tell, and
        so is all that is found to be silent.
        """
        now = self.clocks.now()
        due = [one for one in known if _is_due(one, now) and not self._is_relapse(one)]
        silent = [one for one in due if one.trouble == SILENT]
        failing = [one for one in due if one.trouble != SILENT]
        return [*_by_cause(known, failing, now), *([silent] if silent else [])]

    def _note_recoveries(self, known: Sequence[Health]) -> None:
        """Also those of a trouble that nobody was told of."""
        now = self.clocks.ticks()
        ailing = {one.listing.id for one in known if one.trouble}
        self._recovered.update(dict.fromkeys(self._ailing - ailing, now))
        self._ailing = ailing

    def _is_relapse(self, one: Health) -> bool:
        now, never = self.clocks.ticks(), float("-inf")
        relapse = now - self._recovered.get(one.listing.id, never) < RELAPSE
        lately = now - self._told.get(one.listing.id, never) < SPARED
        return lately and (relapse or one.told is not None)

    async def _note_the_silent(self) -> None:
        async with self.database.read() as tx:
            silent = [one for one in await sources.health(tx) if not one.trouble]
            since = [(one, await self._silent_since(tx, one)) for one in silent]
        if not any(at for _, at in since):
            return
        async with self.database.write() as tx:
            for one, at in since:
                if at:
                    await sources.fell_silent(tx, one.listing.id, at)

    async def _silent_since(self, tx: Transaction, one: Health) -> datetime | None:
        """None where it may have said all that there was to say."""
        last, now = one.published_at or one.listed_at, self.clocks.now()
        if not self._would_be_heard(one, now):
            return None
        allowed = await self._allowed(tx, one, now - last)
        return last if allowed is not None and now - last > allowed else None

    def _would_be_heard(self, one: Health, now: datetime) -> bool:
        if one.listing.every_seconds is None:
            return now - self.started >= SETTLING
        # A machine that slept for a day has a source's answer of yesterday, and no later one.
        lately = max(self.started, now - LATELY * one.listing.every_seconds - SETTLING)
        return one.answered_at is not None and one.answered_at >= lately

    async def _allowed(self, tx: Transaction, one: Health, so_far: timedelta) -> timedelta | None:
        if one.listing.silent_seconds is not None:
            return timedelta(seconds=one.listing.silent_seconds)
        if so_far <= LEAST:
            return None
        # To learn a habit is to read through a source's reports: once after each.
        learned = self._habits.get(one.listing.id)
        if learned is None or learned[0] != one.published_at:
            gaps = await sources.gaps(tx, one.listing.id)
            habit = silence_of(gaps, polled=one.listing.every_seconds is not None)
            learned = self._habits[one.listing.id] = one.published_at, habit
        return learned[1]

    def _show(self, known: Sequence[Health]) -> None:
        self.metrics.trouble.clear()
        for one in known:
            if one.trouble:
                self.metrics.trouble.labels(one.listing.id, one.trouble).set(1)
            if one.published_at:
                last = self.metrics.last_report.labels(one.listing.id)
                last.set(one.published_at.timestamp())


def _by_cause(
    known: Sequence[Health], failing: Sequence[Health], now: datetime
) -> list[Sequence[Health]]:
    if not failing:
        return []
    first = min(one.trouble_at or now for one in failing)
    at_once = [one for one in known if _fails_since(one, first)]
    if len(at_once) < MANY:
        return [[one] for one in failing]
    untold = [one for one in at_once if one in failing or not (one.told or one.failures < 2)]
    return [untold, *([one] for one in failing if one not in untold)]


def _is_due(one: Health, now: datetime) -> bool:
    """Whether it is something to tell, and not the same that was told."""
    if one.trouble is None or one.trouble == one.told:
        return False
    if one.trouble in (SILENT, REMOVED):
        return True
    if one.trouble in FOR_GOOD:
        return one.failures > 1
    age = now - (one.trouble_at or now)
    # Less than nothing where the wall clock was set back: that is no reason to wait for a day.
    lasts = one.failures >= POLLS and not timedelta(0) <= age < PASSING
    return lasts and one.told in (None, SILENT)


def _fails_since(one: Health, first: datetime) -> bool:
    failing = one.trouble not in (None, SILENT, REMOVED)
    return failing and abs((one.trouble_at or first) - first) < AT_ONCE
