"""An update that could not be answered: what becomes of the chat, and what is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bot.telegram.outcome import Next, failure_of
from handlers import apologies, membership
from storage import chats
from storage.errors import StorageError

if TYPE_CHECKING:
    from telegram import Bot, Update

    from bot.telegram.outcome import Failure
    from handlers.visit import Office
    from reports.model import Language
    from storage.chats import ChatKey

log = structlog.get_logger(__name__)

REFUSALS = frozenset({Next.REFUSED, Next.PLAIN})
"""Telegram takes no such request: the defect is ours."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An update, and in which language its sender reads."""

    office: Office
    bot: Bot
    update: Update
    chat: ChatKey
    language: Language

    async def settle(self, error: Exception | None) -> None:
        """Log it once, and do for the chat what can be done."""
        if isinstance(error, TelegramError):
            await self._not_sent(failure_of(error), error)
        elif isinstance(error, StorageError):
            log.warning("an update could not be answered", why=str(error))
            await self._apologise()
        else:
            log.error("an update failed", exc_info=error)
            await self._apologise()

    async def _not_sent(self, failure: Failure, error: TelegramError) -> None:
        if failure.next in REFUSALS:
            log.error("Telegram refused an answer", exc_info=error)
            await self._apologise()
        elif failure.next in (Next.GONE, Next.THREAD_GONE):
            log.info("nobody is left to answer", why=failure.why)
            await self._leave(failure)
        elif failure.next is Next.MOVED:
            await membership.moved(self.office, self.chat.chat_id, failure.chat_id)
        else:
            log.warning("an answer could not be sent", why=failure.why)

    async def _leave(self, failure: Failure) -> None:
        thread = self.chat.thread_id if failure.next is Next.THREAD_GONE else None
        async with self.office.database.write() as tx:
            await chats.deactivate(tx, self.chat.chat_id, failure.why, thread)

    async def _apologise(self) -> None:
        text, query = apologies.our_fault(self.language), self.update.callback_query
        try:
            if query:
                await query.answer(text, show_alert=True)
            else:
                thread = self.chat.thread_id or None
                await self.bot.send_message(self.chat.chat_id, text, message_thread_id=thread)
        except TelegramError as error:
            log.info("nor could that be said", why=error.message)
