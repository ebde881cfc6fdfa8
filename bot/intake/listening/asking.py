"""One turn of one source: it is asked, its reports go to the desk, and then its state is kept."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.complaints import Complaints
from bot.intake.listening.heeded import storable
from bot.intake.listening.turns import back_off, jittered
from bot.intake.polled import Unheard, Why
from bot.intake.web.urls import LEFT_OUT, shown
from storage import reports, sources
from storage.errors import NotText, StorageError
from storage.sources import Ailment, Kept, Turn

if TYPE_CHECKING:
    from datetime import datetime

    from bot.clocks import Clocks
    from bot.http.metrics import Metrics
    from bot.intake.listening.heeded import Heeded
    from bot.intake.polled import Found, Web
    from handlers.desk import Receipt
    from handlers.hearing import Hearing
    from reports.model import Report
    from storage.database import Database

log = structlog.get_logger(__name__)

LONGEST = 120.0
"""Seconds that one source may take, once it is its host's turn: pages, and the gaps between."""
SOON = 5.0
"""Seconds until the next try where the trouble is the relay's own."""
DEFECT = Unheard(Why.MALFORMED, "What it sends makes the relay stumble: see the log.")


class TakesIn(Protocol):
    """The desk, as far as it matters here."""

    async def __call__(self, report: Report, *, catching_up: bool = False) -> Receipt:
        """Keep a report and do all that follows. Raises StorageError."""


@dataclass(slots=True)
class Asking:
    """Asks sources. `started` is when the relay began to; `hearing` tells admins."""

    database: Database
    web: Web
    take_in: TakesIn
    clocks: Clocks
    metrics: Metrics
    hearing: Hearing
    started: datetime = field(init=False)
    well: dict[str, Turn] = field(default_factory=dict)
    """Answers that changed nothing, to be written down together."""
    _hosts: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _fetching: set[asyncio.Task[object] | None] = field(default_factory=set)
    _stopped: bool = False
    _complaints: Complaints = field(default_factory=Complaints)

    def __post_init__(self) -> None:
        self.started = self.clocks.now()

    async def ask(self, one: Heeded) -> float:
        """One turn. Returns after how many seconds the next one is."""
        # Sources of one host queue here, and not within the time that one of them may take.
        async with self._hosts[one.entry.server]:
            if self._stopped or not self.database.alone.is_set():
                return SOON
            try:
                return await self._turn(one)
            except StorageError as error:
                self._complaints.trouble(f"what sources publish cannot be kept for now: {error}")
                return SOON

    def stop(self) -> None:
        """Whoever is asked now is not waited for."""
        self._stopped = True
        for task in self._fetching:
            if task:
                task.cancel()

    async def write_down(self) -> None:
        """That sources were asked. Raises StorageError; what was not written waits."""
        turns = dict(self.well)
        async with self.database.write() as tx:
            await sources.asked(tx, turns.values())
        self.well = {name: one for name, one in self.well.items() if turns.get(name) is not one}

    async def _turn(self, one: Heeded) -> float:
        try:
            found = await self._found(one)
            await self._hand_in(one, found)
            return await self._keep(one, found)
        except Unheard as unheard:
            return await self._failed(one, unheard)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours in one kind leaves the others
            self._complaints.defect(f"source {one.id}: asking it met a defect", error)
            return await self._failed(one, DEFECT)

    async def _found(self, one: Heeded) -> Found:
        begun, task = self.clocks.ticks(), asyncio.current_task()
        self._fetching.add(task)
        try:
            async with asyncio.timeout(LONGEST):
                return await one.entry.polls().poll(self.web, one.state)
        except TimeoutError:
            raise Unheard(Why.TOO_SLOW, f"It took longer than {LONGEST:.0f} seconds.") from None
        finally:
            self._fetching.discard(task)
            taken = self.clocks.ticks() - begun
            self.metrics.polls.labels(one.listed.kind).observe(taken)

    async def _hand_in(self, one: Heeded, found: Found) -> None:
        """What is new, oldest first. All of it is kept before the source's state is."""
        new = [report for report in one.seen.new(found.reports) if self._has_an_id(one, report)]
        if not new:
            return
        async with self.database.read() as tx:
            kept = await reports.known(tx, one.id, [report.id for report in new])
        for report in one.seen.unlike(new, kept):
            late = report.id in found.late and report.id not in kept
            await self._taken_in(one, report, late=late)
            one.seen.note(report)

    def _has_an_id(self, one: Heeded, report: Report) -> bool:
        """Whether it can be asked for by its id; one that cannot is left out, as the desk would."""
        if storable(report.id):
            return True
        log.warning("left out: its id is no text", source=one.id, report=repr(report.id))
        one.seen.note(report)
        return False

    async def _taken_in(self, one: Heeded, report: Report, *, late: bool) -> None:
        old = late or one.old(report.published, self.clocks.now(), self.started)
        try:
            await self.take_in(report, catching_up=old)
        except NotText as error:
            log.warning("left out", source=one.id, report=report.id, why=str(error))
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - one report bars no other
            self._complaints.defect(f"source {one.id}: a report was passed over", error)

    async def _keep(self, one: Heeded, found: Found) -> float:
        pause, now = jittered(one.entry.every), self.clocks.now()
        state, advice = one.kept(found.state), _advice(found)
        changed = (state, advice) != (one.state, one.advice) or one.unwell or found.gone
        if changed or one.answered_at is None:
            async with self.database.write() as tx:
                await self.hearing.vanished(tx, one.listed.source, found.gone)
                await sources.answered(tx, one.id, Kept(now, state, advice))
                await sources.to_be_asked(tx, one.id, self.clocks.moment(pause))
            self.well.pop(one.id, None)
        else:
            self.well[one.id] = Turn(one.id, now, self.clocks.moment(pause))
        if found.gone:
            self.hearing.wake()
        self._note(one, found, advice)
        one.state, one.advice, one.answered_at = state, advice, now
        one.failures, one.trouble = 0, None
        self._complaints.over()
        return pause

    def _note(self, one: Heeded, found: Found, advice: str | None) -> None:
        self.metrics.last_answer.labels(one.id).set(self.clocks.now().timestamp())
        if one.unwell:
            log.info("a source is heard again", source=one.id)
        if advice and advice != one.advice:
            log.warning("a source has moved", source=one.id, why=advice)
        for note in one.unsaid(found.notes):
            log.info("not all of a source could be used", source=one.id, why=note)

    async def _failed(self, one: Heeded, unheard: Unheard) -> float:
        now, failures = self.clocks.now(), one.failures + 1
        pause = back_off(one.entry.every, failures, unheard.retry_after)
        async with self.database.write() as tx:
            await sources.failed(tx, one.id, now, Ailment(unheard.why.value, str(unheard)))
            await sources.to_be_asked(tx, one.id, self.clocks.moment(pause))
        self.well.pop(one.id, None)
        self.metrics.failures.labels(one.id).inc()
        if not one.unwell:
            log.warning("a source is not heard", source=one.id, why=str(unheard))
        one.failures, one.trouble, one.advice = failures, unheard.why.value, str(unheard)
        return pause


def _advice(found: Found) -> str | None:
    if found.moved_to is None:
        return None
    where = shown(found.moved_to)
    more = " `alert-relay sources try` shows it whole." if LEFT_OUT in where else ""
    return f"It says that it has moved for good, to {where}: change its address in the list.{more}"
