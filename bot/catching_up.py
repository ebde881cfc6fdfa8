"""Reports that were kept and could not be read at once are read soon after."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from handlers.desk import Desk

log = structlog.get_logger(__name__)

EVERY = 3.0
"""Seconds between two looks at what is unread."""


@asynccontextmanager
async def catching_up(desk: Desk) -> AsyncIterator[None]:
    """While the context lasts, no report stays unread until the next start."""
    stop = asyncio.Event()
    task = asyncio.create_task(_until(stop, desk))
    try:
        yield
    finally:
        stop.set()  # as well: a driver may turn what is cancelled into an error of its own
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _until(stop: asyncio.Event, desk: Desk) -> None:
    while not stop.is_set():
        await asyncio.sleep(EVERY)
        try:
            await desk.read_again()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next look may do better
            log.warning("unread reports could not be read; they are tried again", why=str(error))
