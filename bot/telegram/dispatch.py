"""From a Telegram update to the command, button or answer that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from handlers import membership, small_talk
from handlers.registry import BUTTONS, COMMANDS
from handlers.visit import Office, Visit
from reports.languages import translator
from reports.model import Language
from storage import chats
from storage.chats import ChatKey, Profile

if TYPE_CHECKING:
    from handlers.command import Does

log = structlog.get_logger(__name__)

Context = ContextTypes.DEFAULT_TYPE
Handles = Callable[[Update, Context], Coroutine[Any, Any, None]]

RUSSIAN_READERS = frozenset({"ru", "uk", "be", "kk", "ky", "tg", "uz"})
"""Telegram interface languages whose users are first answered in Russian."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Registers what the relay answers to."""

    office: Office

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Add all handlers; the first that fits an update answers it."""
        new = filters.UpdateType.MESSAGE
        for command in COMMANDS:
            does = self._told(command.does)
            application.add_handler(CommandHandler(command.name, does, filters=new))
        application.add_handler(CallbackQueryHandler(self._pressed))
        application.add_handler(
            ChatMemberHandler(self._joined_or_left, ChatMemberHandler.MY_CHAT_MEMBER)
        )
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self._migrated))
        to_us = new & filters.ChatType.PRIVATE
        application.add_handler(MessageHandler(to_us, self._told(small_talk.answer)))
        application.add_error_handler(self._failed)

    def _told(self, does: Does) -> Handles:
        async def handle(update: Update, context: Context) -> None:
            message = update.effective_message
            text = (message.text if message else None) or ""
            words = "".join(text.split(maxsplit=1)[1:]) if text.startswith("/") else text
            if does is small_talk.answer:
                words = text
            await does(await self._visit(update, context, words))

        return handle

    async def _pressed(self, update: Update, context: Context) -> None:
        query = update.callback_query
        verb, _, words = ((query.data if query else None) or "").partition(":")
        visit = await self._visit(update, context, words)
        try:
            if verb in BUTTONS:
                await BUTTONS[verb](visit)
        except (ValueError, KeyError):
            log.info("a button that no longer fits", verb=verb[:20])
        finally:
            await visit.done()

    async def _joined_or_left(self, update: Update, context: Context) -> None:
        if update.my_chat_member is None:
            return
        visit = await self._visit(update, context, "")
        await membership.changed(visit, update.my_chat_member)

    async def _migrated(self, update: Update, context: Context) -> None:
        del context
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            await membership.moved(self.office, message.chat_id, message.migrate_to_chat_id)

    async def _visit(self, update: Update, context: Context, words: str) -> Visit:
        key = _key(update)
        async with self.office.database.read() as tx:
            chat = await chats.get(tx, key)
        language = chat.language if chat else _language(update)
        if chat is None or not chat.active:
            async with self.office.database.write() as tx:
                profile = Profile(_kind(update), language)
                await chats.see(tx, key, profile, self.office.clock())
        return Visit(self.office, context.bot, update, key, language, words)

    async def _failed(self, update: object, context: Context) -> None:
        log.error("an update failed", exc_info=context.error)
        if not isinstance(update, Update) or update.effective_chat is None:
            return
        text = translator(_language(update), "handlers.languages").gettext(
            "Something went wrong on this side; nothing stored is lost. "
            "Please try again in a minute."
        )
        try:
            await context.bot.send_message(update.effective_chat.id, text)
        except TelegramError as error:
            log.info("nor could that be said", error=error.message)


def _key(update: Update) -> ChatKey:
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        raise ValueError("an update without a chat")
    in_topic = message is not None and bool(message.is_topic_message)
    thread_id = message.message_thread_id if message and in_topic else None
    return ChatKey(chat.id, thread_id or 0)


def _kind(update: Update) -> str:
    chat = update.effective_chat
    return str(chat.type) if chat else str(ChatType.PRIVATE)


def _language(update: Update) -> Language:
    user = update.effective_user
    code = (user.language_code if user else None) or "ru"
    return Language.RU if code.split("-")[0] in RUSSIAN_READERS else Language.EN
