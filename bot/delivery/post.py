"""One letter to Telegram, and what became of it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from telegram import Bot, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.telegram.outcome import Failure, Next, failure_of
from handlers.visit import NO_PREVIEW

if TYPE_CHECKING:
    from bot.delivery.letter import Letter

LONGEST = 75.0
"""Seconds for a request, whatever trickles in meanwhile: less than a lease."""
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, and a topic of it (0: none)."""

    chat_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """Sends letters with a Bot API client that does not pace. `paid`: over Telegram's free rate."""

    bot: Bot = field(repr=False)  # it would show its token
    paid: bool = False

    async def send(self, letter: Letter, to: Address) -> int | Failure:
        """The id of the message that stands in the chat now, or what went wrong. Never raises."""
        try:
            async with asyncio.timeout(LONGEST):
                return await self._sent(letter, to)
        except TimeoutError:
            return Failure(Next.UNKNOWN, "the answer took too long")
        except Exception as error:  # noqa: BLE001 - whatever it is, the request may have arrived
            return Failure(Next.UNKNOWN, f"the answer cannot be read ({type(error).__name__})")

    async def _sent(self, letter: Letter, to: Address) -> int | Failure:
        sent = await self._tried(letter, to, ParseMode.HTML)
        if isinstance(sent, Failure) and sent.next is Next.PLAIN:
            return await self._tried(letter, to, None)
        return sent

    async def _tried(self, letter: Letter, to: Address, mode: ParseMode | None) -> int | Failure:
        text = letter.html if mode else plain(letter.html)
        try:
            if letter.edits is not None:
                await self._edit(letter.edits, text, to, mode)
                return letter.edits
            return await self._message(letter, text, to, mode)
        except TelegramError as error:
            failure = failure_of(error)
        if failure.next is Next.DONE and letter.edits is not None:
            return letter.edits
        return failure

    async def _edit(self, message_id: int, text: str, to: Address, mode: ParseMode | None) -> None:
        await self.bot.edit_message_text(
            text,
            chat_id=to.chat_id,
            message_id=message_id,
            parse_mode=mode,
            link_preview_options=NO_PREVIEW,
        )

    async def _message(self, letter: Letter, text: str, to: Address, mode: ParseMode | None) -> int:
        reply = letter.replies_to
        sent = await self.bot.send_message(
            to.chat_id,
            text,
            message_thread_id=to.thread_id or None,
            parse_mode=mode,
            disable_notification=letter.silent,
            allow_paid_broadcast=self.paid or None,
            link_preview_options=NO_PREVIEW,
            reply_parameters=ReplyParameters(reply, allow_sending_without_reply=True)
            if reply
            else None,
        )
        return sent.message_id


def plain(html: str) -> str:
    """The words alone, for when Telegram refuses the markup."""
    return unescape(_TAGS.sub("", html))
