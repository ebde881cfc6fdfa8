"""From a Telegram update to the command, button or answer that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from telegram import MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.telegram.mishaps import Unanswered
from handlers import apologies, forwards, location, membership, small_talk
from handlers.commands import correct
from handlers.registry import BUTTONS, COMMANDS
from handlers.visit import Office, StaleButton, Visit
from reports.model import Language
from storage import chats
from storage.chats import ChatKey, Profile

if TYPE_CHECKING:
    from telegram import Bot

    from handlers.command import Does

log = structlog.get_logger(__name__)

Context = ContextTypes.DEFAULT_TYPE
Handles = Callable[[Update, Context], Coroutine[Any, Any, None]]

TOLD = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
WRITTEN = TOLD & ~filters.IS_AUTOMATIC_FORWARD
"""Not edits; nor a channel's post where it turns up in the channel's discussion group."""
TO_US = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
IN_GROUP = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS

OUR_COMMANDS = frozenset(f"/{command.name}" for command in COMMANDS)
BESIDE_WORDS = " \t\n\r:,;"
"""What stands between a command and its words, or is left over after them."""

RUSSIAN_READERS = frozenset({"ru", "uk", "be", "kk", "ky", "tg", "uz"})
"""Telegram interface languages whose users are first answered in Russian."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Registers what the relay answers to."""

    office: Office

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Add all handlers; the first that fits an update answers it."""
        for command in COMMANDS:
            does = self._written(command.does)
            application.add_handler(CommandHandler(command.name, does, filters=WRITTEN))
        application.add_handler(CallbackQueryHandler(self._pressed))
        application.add_handler(
            ChatMemberHandler(self._joined_or_left, ChatMemberHandler.MY_CHAT_MEMBER)
        )
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self._migrated))
        forwarded = TO_US & filters.FORWARDED & filters.User(self.office.admins)
        application.add_handler(MessageHandler(forwarded, self._written(forwards.answer)))
        application.add_handler(
            MessageHandler(TO_US & filters.LOCATION, self._written(location.answer))
        )
        application.add_handler(MessageHandler(TO_US, self._written(small_talk.answer)))
        application.add_handler(MessageHandler(IN_GROUP & filters.COMMAND, self._no_such_command))
        application.add_handler(MessageHandler(IN_GROUP & filters.REPLY, self._replied))
        application.add_error_handler(self._failed)

    def _written(self, does: Does) -> Handles:
        async def handle(update: Update, context: Context) -> None:
            await does(await self._visit(update, context.bot, _words(update)))

        return handle

    async def _no_such_command(self, update: Update, context: Context) -> None:
        """In a group other bots have commands, too: only one that names us is answered."""
        if _command(update).partition("@")[2].lower() == context.bot.username.lower():
            visit = await self._visit(update, context.bot, _command(update))
            await small_talk.no_such_command(visit)

    async def _replied(self, update: Update, context: Context) -> None:
        """In a group an admin's reply to us may be a location, or what a correction asks for.

        What people send each other there is none of our business, also where we may read it.
        """
        message = update.effective_message
        answered = message.reply_to_message if message else None
        if not (message and answered and answered.from_user == context.bot.bot):
            return
        visit = await self._visit(update, context.bot, _words(update))
        await (location.answer if message.location else correct.typed)(visit)

    async def _pressed(self, update: Update, context: Context) -> None:
        query = update.callback_query
        verb, _, words = ((query.data if query else None) or "").partition(":")
        visit = await self._visit(update, context.bot, words)
        notice = ""
        try:
            await BUTTONS.get(verb, _unknown_button)(visit)
        except StaleButton:
            log.info("a button that no longer fits", verb=verb[:20])
            notice = apologies.out_of_date(visit.language)
        await visit.done(notice)

    async def _joined_or_left(self, update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is None:
            return
        if membership.is_outside(change.new_chat_member):
            await membership.gone(self.office, change.chat.id)
        else:
            await membership.here(await self._visit(update, context.bot, ""), change)
        await membership.told(self.office, change)

    async def _migrated(self, update: Update, context: Context) -> None:
        del context
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            await membership.moved(self.office, message.chat_id, message.migrate_to_chat_id)

    async def _visit(self, update: Update, bot: Bot, words: str) -> Visit:
        key = _key(update)
        async with self.office.database.read() as tx:
            chat = await chats.get(tx, key)
        language = chat.language if chat else _language(update)
        if chat is None or not chat.active:
            async with self.office.database.write() as tx:
                profile = Profile(_kind(update), language)
                await chats.see(tx, key, profile, self.office.clock())
        return Visit(self.office, bot, update, key, language, words)

    async def _failed(self, update: object, context: Context) -> None:
        if not isinstance(update, Update) or update.effective_chat is None:
            log.error("an update failed", exc_info=context.error)
            return
        key = _key(update)
        unanswered = Unanswered(self.office, context.bot, update, key, _language(update))
        await unanswered.settle(context.error)


async def _unknown_button(visit: Visit) -> None:
    raise StaleButton(visit.words)


def _command(update: Update) -> str:
    """The command that a message begins with, as it was written; empty if none."""
    message = update.effective_message
    entities = message.parse_entities([MessageEntity.BOT_COMMAND]) if message else {}
    return next((text for entity, text in entities.items() if entity.offset == 0), "")


def is_command(update: Update) -> bool:
    """Whether a message begins with one of our commands."""
    return _command(update).partition("@")[0].lower() in OUR_COMMANDS


def _words(update: Update) -> str:
    """What a message says, after its command if that is one of ours."""
    message = update.effective_message
    text = (message.text if message else None) or ""
    if not is_command(update):
        return text.strip()
    return text[len(_command(update)) :].strip(BESIDE_WORDS)


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
