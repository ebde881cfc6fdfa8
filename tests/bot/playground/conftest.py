from collections.abc import AsyncIterator

import pytest

from tests.bot.playground.stage import Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """The playground, served; nobody has met the bot yet."""
    async with staged() as stage:
        yield stage
