"""Two relays on one PostgreSQL database: Telegram's limits hold for both together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.listed import Listed
from bot.relay import relay
from bot.telegram.reach import Stop
from storage import session_lock
from storage.errors import AlreadyRunning
from tests.rival import break_off, rival
from tests.town import Town, sources, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.postgres


@pytest.fixture
async def place(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """A town whose relay works on PostgreSQL."""
    monkeypatch.setattr(session_lock, "PREDECESSOR", 0.1)
    async with town(postgresql_url, tmp_path) as made:
        yield made


async def _until_stopped(place: Town, stop: Stop) -> None:
    async with relay(place.settings, Listed(sources()), stop) as running, rival(running.database):
        await break_off(running.database)
        await stop.event.wait()


async def test_a_second_relay_does_not_begin(place: Town) -> None:
    async with place.at_work():
        with pytest.raises(AlreadyRunning, match="stop that one first"):
            async with relay(place.settings, Listed(sources()), Stop()):
                pass


@pytest.mark.allowed_logs
async def test_a_relay_that_another_took_over_from_ends_with_one_sentence(place: Town) -> None:
    with pytest.raises(AlreadyRunning, match="this one has stopped"):
        await _until_stopped(place, Stop())
