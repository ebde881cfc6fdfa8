"""Waiting for something to happen, and not for ever."""

from __future__ import annotations

import asyncio
from contextlib import suppress


async def within(event: asyncio.Event, seconds: float) -> None:
    """Until it is set, or so much time has passed.

    Not by `asyncio.wait_for`, which on Python 3.11 can lose a cancellation.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
