"""The operator's channels: which chat an entry is, and what it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Language
from storage import channels, chats, subscriptions
from storage.channels import Channel, Place
from storage.chats import ChatKey, Profile
from tests.storage.world import NOW

if TYPE_CHECKING:
    from storage.database import Database

OLD, NEW = -600, -1_000_000_000_600
KALUGA = Channel("@kaluga_alerts", ("RU-KLU",), Language.RU)
BY_NUMBER = Channel(str(OLD), ("RU-KLU",), Language.EN)


async def _settle(database: Database, one: Channel, place: Place) -> bool:
    async with database.write() as tx:
        return await channels.settle(tx, one, place, NOW)


async def _followed(database: Database, chat_id: int) -> list[str]:
    async with database.read() as tx:
        return await subscriptions.followed(tx, ChatKey(chat_id))


async def _begin(database: Database, *listed: Channel) -> None:
    async with database.write() as tx:
        await channels.begin(tx, listed)


async def test_a_name_that_became_another_chats_is_that_chat(database: Database) -> None:
    await _settle(database, KALUGA, Place(-1, "channel", "kaluga_alerts"))
    await _settle(database, KALUGA, Place(-2, "channel", "kaluga_alerts"))
    assert await _followed(database, -1) == []
    assert await _followed(database, -2) == ["RU-KLU"]


async def test_a_chat_is_one_entrys(database: Database) -> None:
    assert await _settle(database, KALUGA, Place(-1, "channel", "kaluga_alerts"))
    other = Channel("-1", ("RU-MOW",), Language.EN)
    assert not await _settle(database, other, Place(-1, "channel", "kaluga_alerts"))
    assert await _followed(database, -1) == ["RU-KLU"]


@pytest.mark.parametrize("moved_first", [True, False])
async def test_a_group_that_is_a_supergroup_now_is_one_chat(
    database: Database, *, moved_first: bool
) -> None:
    await _settle(database, BY_NUMBER, Place(OLD, "group"))
    async with database.write() as tx:
        await chats.see(tx, ChatKey(NEW), Profile("supergroup", Language.RU), NOW)
        await subscriptions.follow(tx, ChatKey(NEW), ["RU-TUL"])
        if moved_first:
            await chats.move(tx, OLD, NEW)
    await _settle(database, BY_NUMBER, Place(NEW, "supergroup"))
    assert await _followed(database, NEW) == ["RU-KLU"]
    async with database.read() as tx:
        assert await chats.get(tx, ChatKey(OLD)) is None
        assert await channels.is_listed(tx, NEW)


async def test_what_is_no_longer_listed_follows_nothing_and_stays_active(
    database: Database,
) -> None:
    await _settle(database, KALUGA, Place(-1, "channel", "kaluga_alerts"))
    await _begin(database, BY_NUMBER)
    assert await _followed(database, -1) == []
    async with database.read() as tx:
        assert await channels.known(tx) == {}
        chat = await chats.get(tx, ChatKey(-1))
    assert chat is not None
    assert chat.active


async def test_each_topic_is_listed_for_itself(database: Database) -> None:
    topic = Channel("-1", ("RU-KLU",), Language.RU, thread_id=42)
    await _settle(database, topic, Place(-1, "supergroup"))
    async with database.read() as tx:
        assert await channels.is_listed(tx, -1)
        assert await channels.is_listed(tx, -1, 42)
        assert not await channels.is_listed(tx, -1, 0)


async def test_a_forgotten_chat_is_no_channel(database: Database) -> None:
    await _settle(database, KALUGA, Place(-1, "channel", "kaluga_alerts"))
    async with database.write() as tx:
        await chats.forget(tx, -1)
        assert await channels.known(tx) == {}


async def test_only_active_channels_with_a_name_are_public(database: Database) -> None:
    async def public(besides: int = 0) -> dict[str, set[str]]:
        async with database.read() as tx:
            return await channels.public(tx, ["RU-KLU", "RU-MOW"], besides)

    await _settle(database, KALUGA, Place(-1, "channel", "Kaluga_Alerts"))
    await _settle(database, BY_NUMBER, Place(OLD, "group"))
    assert await public() == {"Kaluga_Alerts": {"RU-KLU"}}
    assert await public(besides=-1) == {}
    async with database.write() as tx:
        await channels.hide(tx, KALUGA.listing, NOW)
    assert await public() == {}
