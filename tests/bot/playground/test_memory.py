"""A playground that is stopped and started again shows what was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from bot.address import Address
from bot.cli.start import Start
from bot.logs import Log
from bot.relay import Relay, relay
from bot.settings import Settings
from bot.telegram.reach import Stop

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

ANNA = 1001


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A playground of its own, with nothing of the developer's."""
    monkeypatch.chdir(tmp_path)
    return Settings(data=tmp_path / "data", http=Address("127.0.0.1", 0), telegram_token=None)


async def _anna(settings: Settings) -> list[dict[str, Any]]:
    """What stands in Anna's chat once the relay has begun."""
    settings.data.mkdir(exist_ok=True)
    listed = Start(settings, Log()).listed()
    async with relay(settings, listed, Stop()) as one, ClientSession() as page:
        return await _chat(one, page)


async def _chat(one: Relay, page: ClientSession) -> list[dict[str, Any]]:
    async with page.get(f"{one.url}/playground/state") as answer:
        people = (await answer.json())["personas"]
    chat: list[dict[str, Any]] = next(who["messages"] for who in people if who["id"] == ANNA)
    return chat


def _spoil(file: Path) -> None:
    file.write_text("{half a file")


async def test_the_chats_outlive_a_restart(settings: Settings) -> None:
    before = await _anna(settings)
    assert any("Калужская область" in message["text"] for message in before)
    assert await _anna(settings) == before


@pytest.mark.allowed_logs
async def test_a_file_that_cannot_be_read_begins_anew(settings: Settings) -> None:
    await _anna(settings)
    _spoil(settings.data / "playground.json")
    assert any(message["text"] == "/start" for message in await _anna(settings))
