"""A clock that tests put forward, and places that are read once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.clocks import Clocks
from reports.regions import Catalog
from tests.bot.relay.deciding import HEADQUARTERS
from tests.town import ADMIN, KALUGA, SOURCES, STRANGER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.town import Town


@dataclass(slots=True)
class Clock:
    """The real time, and as much more as a test says."""

    ahead: float = 0.0

    def now(self) -> datetime:
        """The date."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def ticks(self) -> float:
        """Steady seconds."""
        return time.monotonic() + self.ahead

    def passes(self, seconds: float, town: Town) -> None:
        """So much time goes by, and the relay looks up."""
        self.ahead += seconds
        if town.relay:
            town.relay.bell.ring()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What the relay goes by."""
    moved = Clock()
    monkeypatch.setattr("bot.relay.CLOCKS", Clocks(moved.now, moved.ticks))
    return moved


@pytest.fixture(autouse=True)
def _looks_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody wakes the delivery for what had to wait for another: it looks for it by itself."""
    monkeypatch.setattr("bot.delivery.tireless.LOOK_AGAIN", 0.1)


@pytest.fixture(autouse=True, scope="session")
def _catalog_read_once() -> Iterator[None]:
    """It never changes, and each start of the relay would read it anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalog, "load", cache(Catalog.load))
        yield


@pytest.fixture
async def two_admins(place: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town with two admins, a reviewed source, and somebody who follows Kaluga."""
    monkeypatch.setattr("tests.town.SOURCES", [*SOURCES, HEADQUARTERS])
    place.admins = frozenset({ADMIN, STRANGER})
    async with place.at_work():
        for admin in place.admins:
            await place.says(admin, "/start")
        await place.says(KALUGA, "/subscribe Калуга")
        yield place
