"""Writing out who gets a bulletin, in chunks, so that nobody waits for a whole plan."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from bot.delivery.tireless import Tireless
from storage import outbox
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database

log = structlog.get_logger(__name__)

CHUNK = 1_000
"""Deliveries written in one transaction: more would hold up commands and reports."""
BREATH = 0.05
"""Seconds between two chunks, in which whoever waits for the database comes first."""


@dataclass(slots=True)
class Plan:
    """Expands what is to be told, most pressing first; `written` is called after each chunk."""

    database: Database
    written: Callable[[], None]
    loop: Tireless = field(default_factory=lambda: Tireless("writing out the audience"))
    _spoilt: set[int] = field(default_factory=set)

    async def run(self) -> None:
        """Until its loop is stopped."""
        await self.loop.run(self._write_chunk)

    async def _write_chunk(self) -> bool:
        """One of the most pressing bulletin; of the next one only where that waits for another.
        Whether there may be more.
        """
        async with self.database.read() as tx:
            waiting = [one for one in await outbox.unexpanded(tx) if one not in self._spoilt]
        for bulletin_id in waiting:
            if await self._expanded(bulletin_id):
                self.written()
                await asyncio.sleep(BREATH)
                return True
        return False

    async def _expanded(self, bulletin_id: int) -> bool:
        """Whether it went on."""
        try:
            async with self.database.write() as tx:
                done = await outbox.expand(tx, bulletin_id, CHUNK)
                return done or not await outbox.waits(tx, bulletin_id)
        except StorageError:
            raise
        except Exception:  # the others must not wait for it
            self._spoilt.add(bulletin_id)
            log.exception("a bulletin cannot be written out", bulletin=bulletin_id)
            return False
