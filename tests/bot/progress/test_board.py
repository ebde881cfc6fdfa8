"""The message that tells admins how far broadcasts are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from telegram.ext import BaseRateLimiter, ExtBot

from bot.playground.botapi import Telegram, errors, serve
from bot.progress.board import Board
from bot.progress.notices import Notices
from bot.telegram.connection import BotApi
from reports.model import Language
from storage import chats, progress, subscriptions
from storage.chats import ChatKey, Profile
from tests.bot.delivery.hands import Hands
from tests.reports.summaries.tellings import catalog
from tests.storage.outcomes import made_at, reported, settle
from tests.storage.world import NOW, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from bot.playground.botapi import Message
    from storage.database import Database
    from storage.progress import Counts

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's
OLGA, BEN, NEVER_WROTE = 901, 902, 903


class AtOnce(BaseRateLimiter[float]):
    """Lets every request pass."""

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0917 - python-telegram-bot's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: float | None,
    ) -> Any:  # noqa: ANN401
        """Send."""
        del endpoint, data, rate_limit_args
        return await callback(*args, **kwargs)


@dataclass(slots=True)
class Room:
    """Where admins read, and what the watch would tell the board."""

    world: World
    telegram: Telegram
    bot: ExtBot[float]
    hands: Hands = field(default_factory=Hands)
    board: Board = field(init=False)
    held: bool = False

    def begin(self, *admins: int) -> None:
        """The relay starts, with these admins."""
        notices = Notices(self.world.database, frozenset(admins), self.bot, lambda _chat: self.held)
        self.board = Board(self.world.database, catalog(), notices, self.hands.clocks)

    async def after(self, seconds: float) -> None:
        """So long after the broadcast began the watch looks, and tells."""
        self.hands.seconds = seconds
        async with self.world.database.write() as tx:
            there = await progress.unfinished(tx)
            for one in there:
                if not one.open:
                    await progress.finish(tx, one.id, self.hands.now())
        self.board.note([one for one in there if one.open])
        await self.board.tell()

    async def sent(self, bulletin_id: int, count: int, at: float) -> None:
        """So many left by then."""
        self.hands.seconds = at
        await settle(self.world, bulletin_id, "sent", count, at=self.hands.now())

    def read_by(self, admin: int) -> list[Message]:
        """The bot's messages there."""
        return [one for one in self.telegram.history(admin) if one.author != admin]

    def last(self, admin: int = OLGA) -> str:
        """The newest."""
        return self.read_by(admin)[-1].text.replace("\u202f", " ")

    def edits(self, admin: int = OLGA) -> int:
        """How often one was edited, or that was tried."""
        asked = [one for one in self.telegram.requests if one.chat_id == admin]
        return sum(one.method == "editMessageText" for one in asked)


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Room]:
    """Two admins who wrote to the bot, and sixty people who follow Kaluga."""
    world, telegram = World(database), Telegram()
    for admin, code in ((OLGA, "ru"), (BEN, "en"), (NEVER_WROTE, "ru")):
        telegram.add_person(admin, "Admin", code)
    async with database.write() as tx:
        for chat_id in range(1, 61):
            await chats.see(tx, ChatKey(chat_id), Profile("private", Language.RU), NOW)
            await subscriptions.follow(tx, ChatKey(chat_id), ["RU-KLU"])
        for admin, language in ((OLGA, Language.RU), (BEN, Language.EN)):
            telegram.say(admin, "/start")
            await chats.see(tx, ChatKey(admin), Profile("private", language), NOW)
    async with serve(telegram, TOKEN) as api:
        known = BotApi(api, TOKEN)
        async with ExtBot(
            TOKEN,
            base_url=known.base_url,
            request=known.request(2),
            get_updates_request=known.request(1),
            rate_limiter=AtOnce(),
        ) as bot:
            one = Room(world, telegram, bot)
            one.begin(OLGA)
            yield one


async def test_what_is_over_in_five_seconds_needs_no_message(room: Room) -> None:
    told = await reported(room.world)
    await room.after(4.9)
    await room.sent(told, 60, at=4.9)
    await room.after(6)
    assert room.read_by(OLGA) == []


async def test_one_silent_message_is_edited_until_the_end(room: Room) -> None:
    told = await reported(room.world)
    await room.sent(told, 10, at=1)
    await room.sent(told, 20, at=5)
    await room.after(5)
    assert "Отправлено 30 сообщений, осталось 30, ещё меньше минуты." in room.last()
    await room.sent(told, 28, at=9)
    await settle(room.world, told, "gone", 2)
    await room.after(10)
    (message,) = room.read_by(OLGA)
    assert message.text == (
        "Рассылка закончена\n\nТревога: Калужская область #1\n"
        "Отправлено 58 сообщений. 2 чата недоступны. Первое ушло через 1 секунду "
        "после получения исходного сообщения, последнее — через 9 секунд."
    )
    (sending,) = [one for one in room.telegram.requests if one.method == "sendMessage"]
    assert sending.params["disable_notification"]


async def test_it_is_edited_every_five_seconds_at_most(room: Room) -> None:
    told = await reported(room.world)
    for second in range(5, 16):
        await room.sent(told, 1, at=second)
        await room.after(second)
    assert room.edits() == 2


async def test_what_says_the_same_is_not_edited(room: Room) -> None:
    await reported(room.world)
    for second in (5, 10, 15):
        await room.after(second)
    assert (len(room.read_by(OLGA)), room.edits()) == (1, 0)


async def test_the_larger_the_ledger_the_rarer_the_count(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, count = await reported(room.world), progress.counts_of

    async def slowly(*asked: Any) -> Counts:  # noqa: ANN401 - handed on
        room.hands.seconds += 1
        return await count(*asked)

    monkeypatch.setattr("storage.progress.counts_of", slowly)
    for second in (5, 20, 55, 57):
        await room.sent(told, 1, at=second)
        await room.after(second)
    assert room.edits() == 1


async def test_each_admin_reads_it_in_their_language(room: Room) -> None:
    room.begin(OLGA, BEN)
    await reported(room.world)
    await room.after(5)
    assert "осталось 60" in room.last(OLGA)
    assert "0 messages sent, 60 to go." in room.last(BEN)


async def test_several_broadcasts_share_a_message_and_the_next_one_gets_its_own(
    room: Room,
) -> None:
    first, second = await reported(room.world), await reported(room.world, region="RU-BRY")
    await room.world.person(99, "RU-BRY")
    third = await room.world.tell(await room.world.incident())
    await room.after(5)
    assert room.last().count("осталось") == 2
    for told in (first, second, third):
        await room.sent(told, 60, at=6)
    await room.after(10)
    assert len(room.read_by(OLGA)) == 1
    new = await room.world.tell(await room.world.incident())
    await made_at(room.world, new, room.hands.now())
    await room.after(20)
    assert len(room.read_by(OLGA)) == 2


async def test_after_a_restart_the_same_message_goes_on(room: Room) -> None:
    told = await reported(room.world)
    await room.after(5)
    room.begin(OLGA)
    await room.sent(told, 5, at=7)
    await room.after(8)
    assert "осталось 55" in room.last()
    room.begin(OLGA)
    await room.sent(told, 55, at=9)
    await room.after(60)
    assert room.last().startswith("Рассылка закончена")
    assert len(room.read_by(OLGA)) == 1


async def test_after_a_restart_the_time_waits_for_a_rate_of_its_own(room: Room) -> None:
    told = await reported(room.world)
    room.hands.seconds = 60
    room.begin(OLGA)
    await room.sent(told, 6, at=61)
    await room.after(62)
    assert "осталось 54." in room.last()
    await room.after(67)
    assert "осталось 54, ещё около 1 минуты." in room.last()


async def test_an_admin_who_cannot_be_told_keeps_nothing_from_the_others(room: Room) -> None:
    room.begin(BEN, NEVER_WROTE, OLGA)
    room.telegram.block(BEN)
    told = await reported(room.world)
    await room.after(5)
    await room.sent(told, 60, at=6)
    await room.after(10)
    assert room.last().startswith("Рассылка закончена")
    tried = [one for one in room.telegram.requests if one.chat_id in (BEN, NEVER_WROTE)]
    assert len(tried) == 1


async def test_a_message_that_was_deleted_is_written_anew(room: Room) -> None:
    told = await reported(room.world)
    await room.after(5)
    (old,) = room.read_by(OLGA)
    del room.telegram.world.chat(OLGA).messages[old.message_id]
    await room.sent(told, 5, at=6)
    await room.after(10)
    (new,) = room.read_by(OLGA)
    assert "осталось 55" in new.text


async def test_while_telegram_holds_the_chat_nothing_is_tried_or_queued(room: Room) -> None:
    told = await reported(room.world)
    await room.after(5)
    room.held = True
    for second in (10, 15, 20):
        await room.sent(told, 1, at=second)
        await room.after(second)
    assert room.edits() == 0
    room.held = False
    await room.after(25)
    assert ("осталось 57" in room.last(), room.edits()) == (True, 1)


async def test_the_last_edit_is_tried_again_where_telegram_refused_it(room: Room) -> None:
    told = await reported(room.world)
    await room.after(5)
    await room.sent(told, 60, at=6)
    room.telegram.faults.fail(errors.too_many_requests(3), "editMessageText")
    await room.after(10)
    assert room.last().startswith("Идёт рассылка")
    await room.after(15)
    assert room.last().startswith("Рассылка закончена")


async def test_a_message_that_may_have_arrived_is_not_sent_twice(room: Room) -> None:
    await reported(room.world)
    room.telegram.faults.drop("sendMessage")
    for second in (5, 10, 15):
        await room.after(second)
    assert len(room.read_by(OLGA)) == 1


async def test_who_asks_to_be_forgotten_leaves_no_message_behind(room: Room) -> None:
    await reported(room.world)
    await room.after(5)
    async with room.world.database.write() as tx:
        await chats.forget(tx, OLGA)
    room.begin(OLGA)
    assert await room.board.notices.restored() == set()
