"""What sources post in channels where the bot is a member is relayed like any report."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.botapi import wire
from reports.model import Language
from storage import reports as stored
from storage.channels import Channel
from storage.errors import DatabaseBusy
from tests.bot import reports
from tests.bot.relay.listed import settled
from tests.bot.relay.posting import (
    GOVERNOR,
    SECRET,
    UNLISTED,
    hand,
    open_channels,
    post,
    until_fetched,
    until_kept,
    until_read,
    wordings,
)
from tests.town import KALUGA

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model import Report
    from tests.bot.relay.conftest import Clock
    from tests.town import Town

CORRECTED = reports.KALUGA_FORTY.replace("40", "41")


@pytest.fixture
def listed(place: Town) -> Town:
    """A town whose operator lists two channels as sources."""
    open_channels(place)
    return place


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Report, bool]]:
    """What is stored, and whether as something caught up with."""
    saved: list[tuple[Report, bool]] = []
    save = stored.save

    async def noted(tx: object, report: Report, at: object, *, catching_up: bool) -> object:
        saved.append((report, catching_up))
        return await save(tx, report, at, catching_up=catching_up)  # type: ignore[arg-type]

    monkeypatch.setattr(stored, "save", noted)
    return saved


async def _once_fetched(town: Town, does: Callable[[], object]) -> None:
    async with town.at_work():
        does()
        await until_fetched(town)
        await until_read(town)


async def test_a_post_reaches_those_who_follow_its_region_with_its_source(listed: Town) -> None:
    async with listed.at_work():
        await listed.says(KALUGA, "/subscribe Калуга")
        number = post(listed, reports.KALUGA_FORTY)
        await listed.until(lambda: len(listed.texts(KALUGA)) == 2)
    told = listed.read_by(KALUGA)[-1]
    assert "сбито 40" in told.text
    assert f'<a href="https://t.me/kalugagov/{number}">Губернатор</a>' in told.html


async def test_an_edit_is_the_next_wording_of_the_same_report(listed: Town) -> None:
    async with listed.at_work():
        number = post(listed, reports.KALUGA_FORTY)
        listed.telegram.edit(GOVERNOR, int(number), CORRECTED)
        kept = await until_kept(listed, number, 2)
        await until_read(listed)
    assert kept == [CORRECTED, reports.KALUGA_FORTY]


async def test_an_edit_of_blanks_alone_is_none(listed: Town) -> None:
    number = post(listed, reports.KALUGA_FORTY)
    listed.telegram.edit(GOVERNOR, int(number), reports.KALUGA_FORTY.replace(" ", "\n\n"))
    await _once_fetched(listed, lambda: None)
    assert await wordings(listed, number) == [reports.KALUGA_FORTY]


async def test_a_post_that_comes_again_after_its_edit_does_not_undo_it(
    listed: Town, taken: list[tuple[Report, bool]]
) -> None:
    number = post(listed, reports.KALUGA_ALERT)
    listed.telegram.edit(GOVERNOR, int(number), reports.KALUGA_ALL_CLEAR)
    again = list(listed.telegram.world.updates.waiting)
    await _once_fetched(listed, lambda: None)
    listed.telegram.world.updates.waiting.extend(again)
    await _once_fetched(listed, lambda: None)
    assert await wordings(listed, number) == [reports.KALUGA_ALL_CLEAR, reports.KALUGA_ALERT]
    assert len(taken) == 2


async def test_the_name_of_who_said_it_first_bars_no_post(
    listed: Town, taken: list[tuple[Report, bool]]
) -> None:
    odd = {"type": "hidden_user", "sender_user_name": "Кто\0то\ud83d", "date": 1}
    hand(listed, text=reports.KALUGA_FORTY, forward_origin=odd)
    await _once_fetched(listed, lambda: None)
    assert [report.first_said for report, _ in taken] == ["Кто\ufffdто\ufffd"]


async def test_a_private_channel_is_known_by_its_number_and_has_no_link(
    listed: Town, taken: list[tuple[Report, bool]]
) -> None:
    number = post(listed, reports.KALUGA_FORTY, SECRET)
    await _once_fetched(listed, lambda: None)
    ((report, _),) = taken
    assert (report.source.id, report.id, report.url) == ("by-number", number, None)
    assert report.published.timestamp() == listed.telegram.history(SECRET)[0].date


async def test_10_a_channel_that_nobody_listed_is_not_heard(listed: Town) -> None:
    number = post(listed, reports.KALUGA_FORTY, UNLISTED)
    await _once_fetched(listed, lambda: None)
    assert await wordings(listed, number) == []


async def test_of_an_album_the_caption_is_the_report_and_pictures_are_none(
    listed: Town, taken: list[tuple[Report, bool]]
) -> None:
    picture: dict[str, Any] = {"photo": [], "media_group_id": "1"}
    hand(listed, caption=reports.KALUGA_FORTY, **picture)
    hand(listed, **picture)
    hand(listed, new_chat_title="Новости")
    hand(listed, text=" \n ")
    await _once_fetched(listed, lambda: None)
    assert [report.text for report, _ in taken] == [reports.KALUGA_FORTY]


async def test_what_a_post_strikes_out_is_told_to_nobody_until_an_admin_decides(
    listed: Town, taken: list[tuple[Report, bool]]
) -> None:
    struck = {
        "type": "strikethrough",
        "offset": len("🛑 Над Калужской областью сбито ") + 1,
        "length": 2,
    }
    hand(listed, text="🛑 Над Калужской областью сбито 40 41 беспилотник.", entities=[struck])
    await _once_fetched(listed, lambda: None)
    assert [report.text for report, _ in taken] == [
        "🛑 Над Калужской областью сбито ~~40~~ 41 беспилотник."
    ]


async def test_who_said_it_first_is_kept_where_the_channel_passes_it_on(
    listed: Town, taken: list[tuple[Report, bool]]
) -> None:
    date = listed.telegram.world.now()
    other = wire.chat(listed.telegram.world, listed.telegram.world.chat(UNLISTED))
    anna = wire.user(listed.telegram.world.people[KALUGA])
    for origin in (
        {"type": "channel", "chat": other, "message_id": 7},
        {"type": "user", "sender_user": anna},
        {"type": "hidden_user", "sender_user_name": "Кто-то"},
    ):
        hand(listed, text=reports.KALUGA_FORTY, forward_origin=origin | {"date": date})
    await _once_fetched(listed, lambda: None)
    assert [report.first_said for report, _ in taken] == ["Губернатор: канал", "Anna", "Кто-то"]


async def test_another_chat_that_speaks_in_the_channel_is_not_the_source(listed: Town) -> None:
    other = wire.chat(listed.telegram.world, listed.telegram.world.chat(UNLISTED))
    hand(listed, text=reports.KALUGA_FORTY, sender_chat=other)
    await _once_fetched(listed, lambda: None)
    assert await wordings(listed, "1") == []


async def test_a_command_to_the_bot_is_no_report_and_is_obeyed(listed: Town) -> None:
    async with listed.at_work():
        number = post(listed, "/subscribe Калуга")
        await listed.until(lambda: len(listed.telegram.history(GOVERNOR)) == 2)
        listed.telegram.edit(GOVERNOR, int(number), "/subscribe Калуга, Москва")
        await until_fetched(listed)
    assert await wordings(listed, number) == []


async def test_a_channel_that_is_told_and_is_a_source_hears_nothing_of_the_relays_own_words(
    listed: Town, taken: list[tuple[Report, bool]]
) -> None:
    listed.channels = (Channel("@kalugagov", ("RU-KLU",), Language.RU),)
    async with settled(listed):
        post(listed, reports.KALUGA_FORTY)
        await listed.until(lambda: len(listed.telegram.history(GOVERNOR)) == 2)
        await listed.calm()
        told = listed.telegram.history(GOVERNOR)[-1]
        as_written = wire.message(listed.telegram.world, told)
        for kind in ("channel_post", "edited_channel_post"):
            listed.telegram.world.updates.put(kind, as_written | {"text": CORRECTED})
        await until_fetched(listed)
        origin = wire.origin(listed.telegram.world, told)
        hand(listed, text=told.text, forward_origin=origin)
        chat = {"type": "channel", "chat": as_written["chat"], "message_id": told.message_id}
        hand(listed, text=told.text, forward_origin=chat | {"date": told.date})
        await until_fetched(listed)
    assert [report.text for report, _ in taken] == [reports.KALUGA_FORTY]


async def test_what_was_posted_while_the_relay_was_off_is_caught_up_with(
    listed: Town, taken: list[tuple[Report, bool]], clock: Clock
) -> None:
    post(listed, reports.KALUGA_FORTY)
    clock.ahead = timedelta(minutes=61).total_seconds()
    await _once_fetched(listed, lambda: None)
    listed.telegram.world.clock = lambda: clock.now().timestamp()
    await _once_fetched(listed, lambda: post(listed, reports.KALUGA_TWO_INJURED))
    assert [late for _, late in taken] == [True, False]


@pytest.mark.allowed_logs  # it is told that the post waits
async def test_6_a_post_that_cannot_be_stored_is_not_confirmed_and_comes_again(
    listed: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.polling.TO_CONFIRM", 0.1)
    tried = asyncio.Event()

    async def busy(*_given: object, **_more: object) -> None:
        tried.set()
        raise DatabaseBusy("The database is busy.")

    async with listed.at_work():
        monkeypatch.setattr(stored, "save", busy)
        number = post(listed, reports.KALUGA_FORTY)
        await tried.wait()
    assert len(listed.telegram.world.updates.waiting) == 1
    monkeypatch.undo()
    await _once_fetched(listed, lambda: None)
    assert await wordings(listed, number) == [reports.KALUGA_FORTY]
