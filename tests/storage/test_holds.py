"""Telegram's holds, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Language
from storage import chats, holds
from storage.chats import ChatKey, Profile
from tests.storage.world import NOW, later

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database


async def _put(database: Database, chat_id: int, seconds: float) -> None:
    async with database.write() as tx:
        await holds.put(tx, chat_id, later(seconds))


async def _standing(database: Database, seconds: float) -> dict[int, datetime]:
    async with database.write() as tx:
        return await holds.standing(tx, later(seconds))


async def test_the_longer_of_two_holds_stays(database: Database) -> None:
    for seconds in (30, 60, 10):
        await _put(database, 1, seconds)
    assert await _standing(database, 0) == {1: later(60)}


async def test_a_hold_that_is_over_is_dropped(database: Database) -> None:
    await _put(database, 1, 30)
    await _put(database, holds.EVERYONE, 60)
    assert await _standing(database, 30) == {holds.EVERYONE: later(60)}
    assert await _standing(database, 0) == {holds.EVERYONE: later(60)}


async def test_to_forget_a_chat_drops_its_hold_and_no_other(database: Database) -> None:
    for chat_id in (1, 2):
        await _put(database, chat_id, 30)
    async with database.write() as tx:
        await chats.see(tx, ChatKey(1), Profile("private", Language.RU), NOW)
        await chats.forget(tx, 1)
    assert await _standing(database, 0) == {2: later(30)}
