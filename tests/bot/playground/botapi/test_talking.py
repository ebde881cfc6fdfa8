"""A real python-telegram-bot application talks with people over the loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
)

from bot.playground.botapi import Limits, Message, Telegram, Window
from tests.bot.playground.botapi.wire import ANNA, TOKEN, Json, Wire

GROUP = -500
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Follow", callback_data="follow")]])


async def _greet(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_html("<b>Hello</b> &amp; welcome", reply_markup=KEYBOARD)


async def _follow(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("Noted")
    await update.callback_query.edit_message_text("You follow Kaluga.")


async def _thank(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.my_chat_member
    if update.my_chat_member.new_chat_member.status == "member":
        await update.my_chat_member.chat.send_message("Thank you.")


@asynccontextmanager
async def _polling(wire: Wire) -> AsyncIterator[None]:
    builder = Application.builder().token(TOKEN).base_url(f"{wire.url}/bot")
    application: Application[Json, Json, Json, Json, Json, Json] = builder.build()
    application.add_handler(CommandHandler("start", _greet))
    application.add_handler(CallbackQueryHandler(_follow))
    application.add_handler(ChatMemberHandler(_thank))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(timeout=30)
        yield
        await application.updater.stop()
        await application.stop()


@pytest.fixture
async def bot(wire: Wire) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{wire.url}/bot") as bot:
        wire.telegram.say(ANNA, "/start")
        yield bot


def _said(telegram: Telegram, chat_id: int = ANNA) -> list[Message]:
    bot = telegram.world.bot.id
    return [one for one in telegram.history(chat_id) if one.author == bot]


async def test_a_command_is_answered_and_a_button_edits_the_answer(wire: Wire) -> None:
    async with _polling(wire):
        wire.telegram.say(ANNA, "/start")
        [greeting] = await wire.telegram.until(lambda: _said(wire.telegram))
        assert greeting.html == "<b>Hello</b> &amp; welcome"

        query = wire.telegram.press(ANNA, ANNA, greeting.message_id, "follow")
        await wire.telegram.until(lambda: greeting.edited)
        assert (query.text, greeting.text, greeting.buttons) == ("Noted", "You follow Kaluga.", [])


async def test_a_bot_brought_into_a_group_can_say_thank_you(wire: Wire) -> None:
    async with _polling(wire):
        wire.telegram.add_group(GROUP, "Neighbours", ANNA)
        wire.telegram.add_bot(GROUP, ANNA)
        [thanks] = await wire.telegram.until(lambda: _said(wire.telegram, GROUP))
        assert thanks.text == "Thank you."


async def test_the_bot_knows_itself_and_a_chat_in_full(bot: Bot, wire: Wire) -> None:
    assert (bot.username, bot.id) == ("alert_relay_bot", wire.telegram.world.bot.id)
    assert (await bot.get_chat(ANNA)).first_name == "Anna"


async def test_who_administers_a_group_is_what_the_bot_reads(bot: Bot, wire: Wire) -> None:
    wire.telegram.add_group(GROUP, "Neighbours", ANNA)
    wire.telegram.add_bot(GROUP, ANNA)
    [owner] = await bot.get_chat_administrators(GROUP)
    assert (owner.user.id, owner.status) == (ANNA, "creator")
    itself = await bot.get_chat_member(GROUP, bot.id)
    assert itself.status == "member"


async def test_a_block_reaches_the_bot_as_forbidden(bot: Bot, wire: Wire) -> None:
    wire.telegram.block(ANNA)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ANNA, "Are you there?")


async def test_flood_control_reaches_the_bot_with_the_time_to_wait(
    bot: Bot, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    wire.telegram.enforce(Limits(private=Window(1, 60)))
    await bot.send_message(ANNA, "One")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ANNA, "Two")
    assert caught.value.retry_after in {timedelta(seconds=59), timedelta(seconds=60)}


async def test_a_group_that_became_a_supergroup_tells_the_bot_its_new_id(
    bot: Bot, wire: Wire
) -> None:
    wire.telegram.add_group(GROUP, "Neighbours", ANNA)
    wire.telegram.add_bot(GROUP, ANNA)
    new = wire.telegram.migrate(GROUP)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(GROUP, "Still there?")
    assert caught.value.new_chat_id == new
    assert (await bot.send_message(new, "Here.")).chat.type == "supergroup"


async def test_a_repeated_edit_is_not_modified(bot: Bot) -> None:
    message = await bot.send_message(ANNA, "Same")
    with pytest.raises(BadRequest, match="is not modified"):
        await bot.edit_message_text("Same", ANNA, message.message_id)


async def test_another_token_is_unauthorized(wire: Wire) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:other", base_url=f"{wire.url}/bot"):
            pass
