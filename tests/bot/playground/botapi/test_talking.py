"""A real python-telegram-bot application talks with people over the loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.playground.botapi import Event, Telegram
from tests.bot.playground.botapi.wire import ANNA, TOKEN, Wire

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Follow", callback_data="follow")]])


async def _greet(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_html("<b>Hello</b> &amp; welcome", reply_markup=KEYBOARD)


async def _follow(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("Noted")
    await update.callback_query.edit_message_text("You follow Kaluga.")


@asynccontextmanager
async def _polling(wire: Wire) -> AsyncIterator[None]:
    builder = Application.builder().token(TOKEN).base_url(f"{wire.url}/bot")
    application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
    application.add_handler(CommandHandler("start", _greet))
    application.add_handler(CallbackQueryHandler(_follow))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(timeout=30)
        yield
        await application.updater.stop()
        await application.stop()


async def _next(telegram: Telegram, what: str) -> Event:
    async with asyncio.timeout(2):
        async for event in telegram.events():
            if event.what == what and (event.message is None or event.message.author != ANNA):
                return event
    raise AssertionError(what)


async def test_a_command_is_answered_and_a_button_edits_the_answer(wire: Wire) -> None:
    async with _polling(wire):
        greeting = asyncio.create_task(_next(wire.telegram, "message"))
        await asyncio.sleep(0)
        wire.telegram.say(ANNA, "/start")
        message = (await greeting).message
        assert message
        assert message.html == "<b>Hello</b> &amp; welcome"

        edit = asyncio.create_task(_next(wire.telegram, "edited"))
        await asyncio.sleep(0)
        query = wire.telegram.press(ANNA, ANNA, message.message_id, "follow")
        await edit
        assert query.text == "Noted"
        assert (message.text, message.buttons, message.edited) == ("You follow Kaluga.", [], True)
