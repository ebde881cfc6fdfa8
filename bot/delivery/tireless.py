"""A loop that nothing ends but its own stop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.complaints import Complaints
from bot.waiting import within
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LOOK_AGAIN = 1.0
"""Seconds until there is another look without having been woken: `take-in` is another process."""


@dataclass(slots=True)
class Tireless:
    """Trouble and defects are told once each, and it goes on: a program that lived on without
    its delivery would look healthy, and one that ended would take no more reports in.
    """

    name: str
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _complaints: Complaints = field(default_factory=Complaints)

    async def run(self, work: Callable[[], Awaitable[bool]]) -> None:
        """Do the work again and again: at once while it says that there is more, else when
        woken, or after a while.
        """
        while not self.stopping.is_set():
            self.wake.clear()
            if not await self._done(work):
                await within(self.wake, LOOK_AGAIN)

    def stop(self) -> None:
        """After the work in hand."""
        self.stopping.set()
        self.wake.set()

    async def _done(self, work: Callable[[], Awaitable[bool]]) -> bool:
        try:
            more = await work()
        except StorageError as error:
            _end_if_cancelled()
            self._complaints.trouble(f"{self.name} cannot go on; trying again: {error}")
            return False
        except Exception as error:  # noqa: BLE001 - see above
            _end_if_cancelled()
            self._complaints.defect(f"{self.name} met a defect; it goes on trying", error)
            return False
        self._complaints.over()
        return more


def _end_if_cancelled() -> None:
    """A driver may turn the cancelling of its task into an error of its own."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
