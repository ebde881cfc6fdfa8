"""The bot is removed from a channel that it reads or writes: admins hear of it at once, once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.playground.botapi.things import Status
from storage import sources
from tests.bot import reports
from tests.bot.relay.listed import CHANNEL, open_channel, settled
from tests.bot.relay.posting import BY_NUMBER, GOVERNOR, SECRET, open_channels, post, until_read
from tests.town import ADMIN, CAPITAL, KALUGA

if TYPE_CHECKING:
    from tests.town import Town

REMOVED = "бота удалили из канала или он там больше не администратор."


def _becomes(town: Town, status: Status, chat: int = GOVERNOR) -> None:
    town.telegram.add_bot(chat, KALUGA, status)


async def _said(town: Town, what: str, times: int = 1) -> None:
    await town.until(lambda: sum(what in text for text in town.texts(ADMIN)) == times)


async def _noted(town: Town, trouble: str | None) -> None:
    assert town.relay is not None
    async with asyncio.timeout(20):
        while True:
            async with town.relay.database.read() as tx:
                if {one.trouble for one in await sources.health(tx)} == {None, trouble}:
                    return
            await asyncio.sleep(0.01)


async def test_admins_hear_at_once_that_a_source_is_lost_and_that_it_is_back(place: Town) -> None:
    open_channels(place)
    async with place.at_work():
        await place.says(ADMIN, "/start")
        for status in (Status.KICKED, Status.LEFT):
            _becomes(place, status)
        await _said(place, REMOVED)
        _becomes(place, Status.ADMINISTRATOR)
        await _said(place, "Источник снова слышен: Губернатор.")
        assert sum(REMOVED in text for text in place.texts(ADMIN)) == 1
        assert REMOVED not in (await place.says(KALUGA, "/status")).text


async def test_everyone_who_asks_is_told_that_the_source_is_not_heard(place: Town) -> None:
    open_channels(place)
    async with place.at_work():
        await place.says(ADMIN, "/start")
        _becomes(place, Status.MEMBER)
        await _said(place, REMOVED)
        assert REMOVED in (await place.says(KALUGA, "/status")).text


async def test_an_admin_who_writes_later_is_not_told_of_what_is_mended(place: Town) -> None:
    open_channels(place)
    async with place.at_work():
        _becomes(place, Status.KICKED)
        await _noted(place, sources.REMOVED)
        _becomes(place, Status.ADMINISTRATOR)
        await _noted(place, None)
        await place.says(ADMIN, "/start")
        post(place, reports.KALUGA_FORTY)
        await until_read(place)
        await place.says(ADMIN, "/status")
        assert not any(REMOVED in text for text in place.texts(ADMIN))


async def test_a_channel_that_is_no_source_is_missed_by_nobody(place: Town) -> None:
    open_channels(place)
    place.more_sources = (BY_NUMBER,)
    async with place.at_work():
        await place.says(ADMIN, "/start")
        _becomes(place, Status.KICKED)
        _becomes(place, Status.KICKED, SECRET)
        await _said(place, REMOVED)


async def test_admins_hear_where_the_relay_can_post_no_more_and_that_it_can_again(
    place: Town,
) -> None:
    open_channel(place)
    async with settled(place):
        await place.says(ADMIN, "/start")
        _becomes(place, Status.KICKED, CHANNEL)
        await _said(place, "Бот больше не может публиковать здесь: @kaluga_alerts.")
        told = (await place.says(CAPITAL, "/status")).text
        assert "Nothing can be posted in @kaluga_alerts since" in told
        _becomes(place, Status.ADMINISTRATOR, CHANNEL)
        await _said(place, "Бот снова может публиковать здесь: @kaluga_alerts.")
        assert "@kaluga_alerts" not in (await place.says(CAPITAL, "/status")).text
