"""The bot's conversations: polled updates in, answers out, and the menu people see."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
    TelegramError,
)
from telegram.ext import Application, ApplicationBuilder, Updater

from bot.telegram.connection import POLL_CONNECTIONS, BotApi
from bot.telegram.reach import reach
from bot.telegram.replies import ReplyLane
from handlers.registry import COMMANDS
from reports.languages import translator
from reports.model import Language

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.delivery.pace import Pace
    from bot.telegram.dispatch import Dispatch
    from bot.telegram.reach import Stop
    from handlers.command import Command

log = structlog.get_logger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
LONG_POLL = 30
"""Seconds; the server allows 50."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What people write to the bot is answered while `open` lasts."""

    api: BotApi
    dispatch: Dispatch
    pace: Pace
    clock: Callable[[], float]
    stop: Stop

    @asynccontextmanager
    async def open(self) -> AsyncIterator[App]:
        """Poll and answer. Waits for the network, or raises Stopped; raises Trouble where the
        token is refused.
        """
        app = self._application()
        await reach(app.initialize, self.stop)
        try:
            await _offer_commands(app.bot, self.dispatch.office.admins)
            async with _running(app):
                yield app
        finally:
            await app.shutdown()

    def _application(self) -> App:
        app = (
            ApplicationBuilder()
            .token(self.api.token)
            .base_url(self.api.base_url)
            .request(self.api.request(connections=16))
            .get_updates_request(self.api.request(POLL_CONNECTIONS))
            .rate_limiter(ReplyLane(self.pace, self.clock))
            .build()
        )
        self.dispatch.register(app)
        return app


@asynccontextmanager
async def _running(app: App) -> AsyncIterator[None]:
    updater = cast("Updater", app.updater)  # the builder makes one unless told not to
    await app.start()
    try:
        await updater.start_polling(
            timeout=LONG_POLL,
            allowed_updates=UPDATES,
            bootstrap_retries=-1,
            error_callback=_polling_failed,
        )
        yield
    finally:
        if updater.running:
            await updater.stop()
        await app.stop()


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.warning("another program polls with this bot's token; stop one of the two")
    else:
        log.warning("polling Telegram failed; trying again", why=error.message)


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
