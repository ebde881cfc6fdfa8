"""Writing out who gets a bulletin, in chunks, so that nobody waits for a whole plan."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from bot.delivery.chunks import Chunks
from bot.delivery.tireless import Tireless
from storage import outbox
from storage.errors import StorageError
from storage.outbox import Written

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Plan:
    """Expands what is to be told, most pressing first; `written` is called after each chunk.

    Each chunk queues for the database behind all who wait for it by then.
    """

    database: Database
    written: Callable[[], None]
    ticks: Callable[[], float]
    chunks: Chunks = field(default_factory=Chunks)
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
                await asyncio.sleep(self.chunks.breath)
                return True
        return False

    async def _expanded(self, bulletin_id: int) -> bool:
        """Whether it went on."""
        try:
            return await self._expand(bulletin_id)
        except StorageError:
            raise
        except Exception:  # the others must not wait for it
            self._spoilt.add(bulletin_id)
            log.exception("a bulletin cannot be written out", bulletin=bulletin_id)
            return False

    async def _expand(self, bulletin_id: int) -> bool:
        async with self.database.write() as tx:
            began = self.ticks()  # not while others had the database
            written = await outbox.write_out(tx, bulletin_id, self.chunks.size)
        self.chunks.took(self.ticks() - began, whole=written is Written.SOME)
        return written is not Written.WAITS
