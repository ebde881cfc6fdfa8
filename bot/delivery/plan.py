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
        await self.loop.run(self._write_chunks)

    async def _write_chunks(self) -> bool:
        """One of each bulletin: one may have to wait for another. Whether there may be more."""
        async with self.database.read() as tx:
            waiting = [one for one in await outbox.unexpanded(tx) if one not in self._spoilt]
        for bulletin_id in waiting:
            if self.loop.stopping.is_set():
                break
            await self._expand(bulletin_id)
            self.written()
            await asyncio.sleep(BREATH)
        return bool(waiting)

    async def _expand(self, bulletin_id: int) -> None:
        try:
            async with self.database.write() as tx:
                await outbox.expand(tx, bulletin_id, CHUNK)
        except StorageError:
            raise
        except Exception:  # the others must not wait for it
            self._spoilt.add(bulletin_id)
            log.exception("a bulletin cannot be written out", bulletin=bulletin_id)
