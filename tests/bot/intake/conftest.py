from collections.abc import AsyncIterator

import pytest

from tests.bot.intake.pushing import Desk, open_desk


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as one:
        yield one
