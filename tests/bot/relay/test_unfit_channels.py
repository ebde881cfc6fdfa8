"""Listed channels that cannot be posted in: said once, tried again, and nobody is sent there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi import errors
from bot.playground.botapi.things import Status
from reports.model import Language
from storage.channels import Channel
from tests.bot import reports
from tests.bot.relay.listed import (
    CHANNEL,
    GROUP,
    IN_GROUP,
    NAMED,
    bring_into_group,
    open_channel,
    posts,
    settled,
    until_work,
)
from tests.town import KALUGA, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.town import Town


@pytest.fixture
async def place(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on SQLite: what Telegram refuses is the same to either database."""
    async with town(str(sqlite_file), tmp_path) as one:
        yield one


@pytest.fixture
def listed(place: Town) -> Town:
    """A town with a public channel that the operator listed."""
    open_channel(place)
    return place


@pytest.fixture(autouse=True)
def _looked_for_without_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    for pause in ("EVERY", "SOON"):
        monkeypatch.setattr(f"bot.telegram.channels.{pause}", 0.02)


async def _until_said(caplog: pytest.LogCaptureFixture, what: str) -> None:
    async with asyncio.timeout(10):
        while what not in _said(caplog):  # noqa: ASYNC110 - a log makes no event
            await asyncio.sleep(0.01)


def _said(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(str(getattr(one, "why", "")) for one in caplog.records)


@pytest.mark.allowed_logs
async def test_where_the_bot_may_not_post_it_is_said_once_and_tried_again(
    listed: Town, caplog: pytest.LogCaptureFixture
) -> None:
    listed.telegram.add_bot(CHANNEL, KALUGA)
    async with listed.at_work():
        await _until_said(caplog, "Make it an administrator who may post")
        await listed.publishes(reports.KALUGA_FORTY)
        listed.telegram.add_bot(CHANNEL, KALUGA, Status.ADMINISTRATOR)
        await until_work(listed)
        await listed.publishes(reports.MOSCOW_THREE, "moscow")
    assert [text.partition(":")[0] for text in posts(listed)] == ["Moscow"]
    assert _said(caplog).count("Make it an administrator") == 1


@pytest.mark.allowed_logs
async def test_a_name_that_telegram_does_not_know_is_said_and_the_others_work(
    listed: Town, caplog: pytest.LogCaptureFixture
) -> None:
    listed.channels = (Channel("@nobody_there", ("RU-KLU",), Language.RU), NAMED)
    async with settled(listed):
        await listed.publishes(reports.KALUGA_FORTY)
    assert len(posts(listed)) == 1
    assert "Telegram does not show it to the bot (Chat not found)" in _said(caplog)


@pytest.mark.allowed_logs
async def test_a_person_and_a_group_without_topics_are_no_channels(
    place: Town, caplog: pytest.LogCaptureFixture
) -> None:
    place.telegram.add_channel(CHANNEL, "Kaluga", KALUGA, "Kaluga_Alerts")
    place.telegram.add_group(GROUP, "Соседи", KALUGA)
    topic = Channel(NAMED.name, ("RU-KLU",), Language.RU, thread_id=7)
    place.channels = (topic, IN_GROUP)
    async with place.at_work():
        await _until_said(caplog, 'Take "thread" out of the list.')
        await _until_said(caplog, "Check the name or number in the list, and add the bot there.")


@pytest.mark.allowed_logs
async def test_two_entries_that_turn_out_to_be_one_chat_are_told(
    listed: Town, caplog: pytest.LogCaptureFixture
) -> None:
    listed.channels = (NAMED, Channel(str(CHANNEL), ("RU-VOR",), Language.RU))
    async with listed.at_work():
        await _until_said(caplog, "Another entry is the same chat.")
        await listed.publishes(reports.NIGHT_OVER_THREE_REGIONS, "digest")
        assert len(posts(listed)) == 1


async def test_a_group_that_lets_the_bot_in_again_hears_again(place: Town) -> None:
    bring_into_group(place)
    async with settled(place):
        place.telegram.faults.fail(errors.kicked("group"), "sendMessage", chat_id=GROUP)
        await place.publishes(reports.MOSCOW_THREE, "moscow")
        await place.publishes(reports.KALUGA_FORTY)
        await until_work(place)
        await place.publishes(reports.KALUGA_ALERT)
        assert "опасность" in place.texts(GROUP)[-1].lower()


@pytest.mark.allowed_logs
async def test_a_channel_that_cannot_be_posted_in_any_more_is_not_named_to_people(
    listed: Town, caplog: pytest.LogCaptureFixture
) -> None:
    async with settled(listed):
        pass
    listed.telegram.add_bot(CHANNEL, KALUGA)
    async with listed.at_work():
        await _until_said(caplog, "The bot may not post there.")
        assert "Те же" not in (await listed.says(KALUGA, "/subscribe Калуга")).text


@pytest.mark.allowed_logs
async def test_a_group_that_takes_the_bot_back_is_told_its_regions_and_not_to_choose_them(
    place: Town,
) -> None:
    bring_into_group(place)
    async with settled(place):
        place.telegram.remove_bot(GROUP, KALUGA)
        await until_work(place, 0)
        place.telegram.add_bot(GROUP, KALUGA)
        await until_work(place)
        await place.publishes(reports.KALUGA_FORTY)
        (told,) = place.texts(GROUP)
    assert told.startswith("Калужская область: сбито 40")
