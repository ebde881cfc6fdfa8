"""Where reports are read: apart from the loop, few at a time, and the sources take turns."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import structlog

from reports.model import Outcome, Reading
from reports.summaries.admins import READER_FAILED

if TYPE_CHECKING:
    from reports.model import Report

log = structlog.get_logger(__name__)

SEATS = 2
"""Readers at work at the same time: a flood of long texts leaves the rest of the machine alone."""

FAILED = Reading(Outcome.UNCLEAR, reason=READER_FAILED)
"""What a report comes to when a fault of ours keeps it from being understood."""


class Reads(Protocol):
    """Whatever turns a report into a reading."""

    def read(self, report: Report) -> Reading:
        """What the report says."""


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """Each source has one report read at a time, so that none waits for another's flood."""

    reader: Reads
    _seats: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SEATS))
    _queues: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def read(self, report: Report) -> Reading:
        """What the report says; FAILED where the reader crashes."""
        queue = self._queues.setdefault(report.source.id, asyncio.Lock())
        async with AsyncExitStack() as held:
            await held.enter_async_context(queue)
            await held.enter_async_context(self._seats)
            reading = asyncio.create_task(self._apart(report, held.pop_all()))
        return await asyncio.shield(reading)

    async def _apart(self, report: Report, held: AsyncExitStack) -> Reading:
        # A thread cannot be stopped: its seat stays taken, also when nobody waits for it any more.
        async with held:
            return await asyncio.to_thread(self._read, report)

    def _read(self, report: Report) -> Reading:
        try:
            return self.reader.read(report)
        except Exception:  # a reader's crash may lose nothing: a person decides
            log.exception("reading failed", source=report.source.id, report=report.id)
            return FAILED
