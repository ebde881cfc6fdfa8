"""The bot's conversations: polled updates in, answers out, and the menu people see."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.telegram.connection import POLL_CONNECTIONS, BotApi
from bot.telegram.dispatch import is_command
from bot.telegram.polling import Polling
from bot.telegram.posts import Posts
from bot.telegram.reach import reach
from bot.telegram.turns import ChatByChat
from handlers.registry import COMMANDS
from reports.languages import translator
from reports.model import Language

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.telegram.dispatch import Dispatch
    from bot.telegram.reach import Stop
    from bot.telegram.replies import ReplyLane
    from handlers.command import Command

log = structlog.get_logger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

LAST_REPLIES = 4.0
"""Seconds that a stop waits for answers to people that are on their way."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What people write to the bot is answered while `open` lasts."""

    api: BotApi
    dispatch: Dispatch
    lane: ReplyLane
    stop: Stop

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Polling]:
        """Poll and answer. Waits for the network, or raises Stopped; raises Trouble where the
        token is refused.
        """
        turns = ChatByChat()
        app = self._application(turns)
        try:
            await reach(app.initialize, self.stop)
            async with _running(app, turns, self.dispatch) as polling:
                try:
                    yield polling
                finally:
                    self.lane.end()
        finally:
            await app.shutdown()
            await app.bot.shutdown()  # the above leaves it open where it had not begun

    def _application(self, turns: ChatByChat) -> App:
        app = (
            ApplicationBuilder()
            .token(self.api.token)
            .base_url(self.api.base_url)
            .request(self.api.calls(connections=16))
            .get_updates_request(self.api.request(POLL_CONNECTIONS))
            .concurrent_updates(turns)
            .rate_limiter(self.lane)
            .updater(None)
            .build()
        )
        self.dispatch.register(app)
        return app


@asynccontextmanager
async def _running(app: App, turns: ChatByChat, dispatch: Dispatch) -> AsyncIterator[Polling]:
    posts = Posts(dispatch.office, app.bot.id, is_command)
    polling = Polling(app.bot, app.update_queue, posts)
    await app.start()
    # The menu must not delay the first answer.
    tasks = [
        asyncio.create_task(polling.run()),
        asyncio.create_task(_offer_commands(app.bot, dispatch.office.admins)),
    ]
    try:
        yield polling
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await posts.end()
        ending = asyncio.get_running_loop().call_later(LAST_REPLIES, turns.end)
        await app.stop()
        ending.cancel()


async def _offer_commands(bot: Bot, admins: frozenset[int]) -> None:
    """Telegram's menu, in each language; the admins' commands in their chats alone."""
    everyone = [command for command in COMMANDS if not command.admins]
    await _menu(bot, everyone, BotCommandScopeDefault())
    for admin in admins:
        await _menu(bot, list(COMMANDS), BotCommandScopeChat(admin))


async def _menu(bot: Bot, commands: list[Command], scope: BotCommandScope) -> None:
    for language in Language:
        texts = translator(language, "handlers.languages")
        menu = [BotCommand(one.name, texts.gettext(one.about)) for one in commands]
        code = None if language is Language.EN else language.value
        try:
            await bot.set_my_commands(menu, scope=scope, language_code=code)
        except BadRequest:
            return  # an admin who never wrote to the bot has no chat with it yet
        except TelegramError as error:
            log.warning("the menu of commands could not be set", why=error.message)
