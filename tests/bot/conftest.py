"""The relay whole, in a town of invented people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web_app

from tests.town import CAPITAL, KALUGA, Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _servers_are_forgotten() -> Iterator[None]:
    """The library remembers the handlers of 1,024 servers, and with them every relay that ran."""
    yield
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture
async def place(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which the relay does not run yet."""
    async with town(database_url, tmp_path) as one:
        yield one


@pytest.fixture
async def at_work(place: Town) -> AsyncIterator[Town]:
    """A town in which the relay runs, and nobody follows anything."""
    async with place.at_work():
        yield place


@pytest.fixture
async def followed(at_work: Town) -> Town:
    """A town where one person follows Kaluga, and another Moscow and Voronezh."""
    await at_work.says(KALUGA, "/subscribe Калуга")
    await at_work.says(CAPITAL, "/subscribe Moscow, Voronezh")
    return at_work
