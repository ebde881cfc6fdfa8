"""Channels and groups that the operator lists get what their regions get, and people know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi import Refusal
from bot.playground.botapi.things import Status
from reports.model import Language
from storage.channels import Channel
from tests.bot import reports
from tests.bot.relay.listed import (
    CHANNEL,
    FORUM,
    GROUP,
    IN_GROUP,
    NAMED,
    OTHER,
    bring_into_group,
    open_channel,
    posts,
    settled,
    until_known,
)
from tests.town import ADMIN, CAPITAL, KALUGA

if TYPE_CHECKING:
    from tests.town import Town

ELSEWHERE = "Те же сообщения публикуются и здесь: @Kaluga_Alerts"
DECIDED = "Что приходит в этот чат, задал оператор бота; командами это не меняется."


@pytest.fixture
def listed(place: Town) -> Town:
    """A town with a public channel that the operator listed."""
    open_channel(place)
    return place


async def test_a_listed_channel_gets_what_its_regions_get_once_and_in_its_language(
    listed: Town,
) -> None:
    async with settled(listed):
        await listed.publishes(reports.NIGHT_OVER_THREE_REGIONS, "digest")
        (told,) = posts(listed)
    assert "Kaluga Region: 40 drones shot down" in told
    assert "Moscow" in told
    assert "Voronezh" not in told


async def test_a_correction_reaches_it_as_an_edit_and_a_reply(listed: Town) -> None:
    async with settled(listed):
        number = (await listed.publishes(reports.KALUGA_FORTY))["incidents"][0]
        await listed.says(ADMIN, f"/correct {number} destroyed 14")
        await listed.presses(ADMIN, "Отправить")
        await listed.calm()
        told, reply = listed.telegram.history(CHANNEL)
    assert told.edited
    assert reply.reply_to == told.message_id
    assert "14 drones" in reply.text


async def test_a_region_taken_out_of_the_list_is_not_told_from_the_next_start_on(
    listed: Town,
) -> None:
    async with settled(listed):
        pass
    listed.channels = (Channel(NAMED.name, ("RU-MOW",), Language.RU),)
    async with settled(listed):
        await listed.publishes(reports.KALUGA_FORTY)
        await listed.publishes(reports.MOSCOW_THREE, "moscow")
        (told,) = posts(listed)
    assert told.startswith("Москва: сбито 3 беспилотника")


async def test_the_list_holds_at_once_though_telegram_cannot_be_asked_about_it(
    listed: Town,
) -> None:
    async with settled(listed):
        pass
    listed.channels = (Channel(NAMED.name, ("RU-MOW",), Language.RU),)
    listed.telegram.faults.fail(Refusal(502, "Bad Gateway"), "getChat", times=None)
    async with settled(listed):
        await listed.publishes(reports.KALUGA_FORTY)
        await listed.publishes(reports.MOSCOW_THREE, "moscow")
        assert len(posts(listed)) == 1


async def test_a_channel_taken_out_gets_nothing_more_but_corrections_of_what_it_was_told(
    listed: Town,
) -> None:
    async with settled(listed):
        number = (await listed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    listed.channels = ()
    async with settled(listed, works=0):
        await listed.publishes(reports.MOSCOW_THREE, "moscow")
        await listed.says(ADMIN, f"/correct {number} destroyed 14")
        await listed.presses(ADMIN, "Отправить")
        await listed.calm()
        told, reply = listed.telegram.history(CHANNEL)
    assert told.edited
    assert "14 drones" in reply.text


async def test_a_group_listed_by_its_old_number_is_found_as_the_supergroup_it_became(
    place: Town,
) -> None:
    bring_into_group(place)
    async with settled(place):
        number = (await place.publishes(reports.KALUGA_FORTY))["incidents"][0]
    supergroup = place.telegram.migrate(GROUP)
    place.telegram.world.updates.waiting.clear()
    async with settled(place):
        await until_known(place, lambda known: {one.key.chat_id for one in known} == {supergroup})
        await place.publishes(reports.KALUGA_ALERT)
        await place.says(ADMIN, f"/correct {number} destroyed 14")
        await place.presses(ADMIN, "Отправить")
        await place.calm()
    alert, corrected = place.texts(supergroup)
    assert "опасность" in alert.lower()
    assert "сбито 14 беспилотников, а не 40" in corrected


async def test_a_topic_of_a_forum_is_written_to_and_the_others_are_left_to_its_admins(
    place: Town,
) -> None:
    place.telegram.add_supergroup(FORUM, "Город", KALUGA, is_forum=True)
    place.telegram.add_bot(FORUM, KALUGA)
    topic = place.telegram.add_topic(FORUM, "Калуга")
    place.channels = (Channel(str(FORUM), ("RU-KLU",), Language.RU, topic),)
    async with settled(place):
        await place.publishes(reports.KALUGA_FORTY)
        assert place.read_by(FORUM)[-1].thread_id == topic
        assert "Тульская область" in (await place.says(KALUGA, "/subscribe Тула", FORUM)).text
        assert (await place.says(KALUGA, "/forget", FORUM)).text == DECIDED


async def test_commands_in_a_listed_chat_change_nothing_and_are_answered_so(place: Town) -> None:
    bring_into_group(place)
    async with settled(place):
        for command in ("/subscribe Тула", "/unsubscribe all", "/language", "/forget"):
            assert (await place.says(KALUGA, command, GROUP)).text == DECIDED
        followed = (await place.says(KALUGA, "/regions", GROUP)).text
    assert followed.startswith("Вы подписаны: Калужская область.")


async def test_what_a_chat_had_chosen_by_commands_gives_way_to_the_list(place: Town) -> None:
    bring_into_group(place)
    async with place.at_work():
        await place.says(KALUGA, "/subscribe Москва, Тула", GROUP)
    place.channels = (IN_GROUP,)
    async with settled(place):
        await place.publishes(reports.MOSCOW_THREE, "moscow")
        await place.publishes(reports.KALUGA_FORTY)
    assert place.texts(GROUP)[-1].startswith("Калужская область: сбито 40")
    assert "Москва: " not in "".join(place.texts(GROUP))


async def test_a_follower_of_the_region_reads_where_else_it_is_published(listed: Town) -> None:
    async with settled(listed):
        answer = await listed.says(KALUGA, "/subscribe Калуга")
        assert answer.text == f"✅ Подписка включена: Калужская область.\n{ELSEWHERE}"
        assert ELSEWHERE in (await listed.says(KALUGA, "/regions")).text
        assert "Те же" not in (await listed.says(KALUGA, "/subscribe Тула")).text
        answer = await listed.says(CAPITAL, "/subscribe Moscow")
        assert "The same messages are also published here: @Kaluga_Alerts" in answer.text


async def test_several_channels_are_named_in_one_line_and_private_ones_are_not(
    listed: Town,
) -> None:
    listed.telegram.add_channel(OTHER, "Moscow", KALUGA, "a_moscow_channel")
    listed.telegram.add_group(GROUP, "Соседи", KALUGA)
    for chat in (OTHER, GROUP):
        listed.telegram.add_bot(chat, KALUGA, Status.ADMINISTRATOR)
    other = Channel("@a_moscow_channel", ("RU-MOW",), Language.RU)
    listed.channels = (NAMED, other, IN_GROUP)
    async with settled(listed, works=3):
        await listed.says(CAPITAL, "/subscribe Moscow, Kaluga")
        answer = (await listed.says(CAPITAL, "/regions")).text
    assert "here: @a_moscow_channel (Moscow), @Kaluga_Alerts\nTick or untick:" in answer
    assert str(GROUP) not in answer
