from collections.abc import AsyncIterator

import pytest

from tests.bot.playground.botapi.wire import ANNA, Wire, wired


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A served Telegram where nobody has met the bot."""
    async with wired() as wire:
        yield wire


@pytest.fixture
async def chat(wire: Wire) -> Wire:
    """A served Telegram where Anna has started the bot and all updates are confirmed."""
    wire.telegram.say(ANNA, "/start")
    wire.telegram.world.updates.waiting.clear()
    return wire
