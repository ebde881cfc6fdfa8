"""`python -m tests.bench.delivery.unpaced`: the relay as it is, at a pace that never holds it."""

from __future__ import annotations

import asyncio

from bot.cli.start import Start
from bot.delivery.pace import Pace
from bot.logs import Log
from bot.relay import relay
from bot.telegram.reach import Stop

NO_LIMIT = 100_000
"""Messages a second."""


async def _run() -> None:
    start, stop = Start.read(Log(level="WARNING")), Stop()
    async with relay(start.settings, start.listed(), stop, Pace(NO_LIMIT)):
        await stop.event.wait()


if __name__ == "__main__":
    asyncio.run(_run())
