"""One letter to Telegram, and what became of it."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bot.telegram.answers import NotTelegram
from bot.telegram.outcome import Failure, Next, failure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.delivery.letter import Keyboard, Letter
    from bot.telegram.sender import Sender

log = structlog.get_logger(__name__)

LONGEST = 75.0
"""Seconds for a request, whatever trickles in meanwhile: less than a lease."""
TEXTS_AT_ONCE = 256
"""Encoded texts that are kept: the regions and languages of what is under way."""
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, and a topic of it (0: none)."""

    chat_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class _Wording:
    """What of a message is the same for all its readers."""

    text: str
    html: bool
    silent: bool = False
    paid: bool = False
    keyboard: Keyboard = ()


@dataclass(slots=True)
class Post:
    """Sends letters by a client that does not pace. `paid`: over Telegram's free rate."""

    sender: Sender
    paid: bool = False
    unpaid: Callable[[], None] = lambda: None
    """Called when Telegram takes no payment: the pace must be the free one from then on."""

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
        sent = await self._tried(letter, to, html=True)
        if isinstance(sent, Failure) and sent.next is Next.UNPAID:
            self._pay_no_more()
            sent = await self._tried(letter, to, html=True)
        if isinstance(sent, Failure) and sent.next is Next.PLAIN:
            return await self._tried(letter, to, html=False)
        return sent

    async def _tried(self, letter: Letter, to: Address, *, html: bool) -> int | Failure:
        text = letter.html if html else plain(letter.html)
        try:
            if letter.edits is not None:
                await self._edit(letter.edits, _Wording(text, html), to)
                return letter.edits
            wording = _Wording(text, html, letter.silent, self.paid, letter.keyboard)
            return await self._message(wording, letter.replies_to, to)
        except TelegramError as error:
            failure = failure_of(error)
        if failure.next is Next.DONE and letter.edits is not None:
            return letter.edits
        return failure

    async def _edit(self, message_id: int, wording: _Wording, to: Address) -> None:
        own = b',"chat_id":%d,"message_id":%d}' % (to.chat_id, message_id)
        await self.sender.call("editMessageText", _encoded(wording) + own)

    async def _message(self, wording: _Wording, reply: int | None, to: Address) -> int:
        body = b'%b,"chat_id":%d' % (_encoded(wording), to.chat_id)
        if to.thread_id:
            body += b',"message_thread_id":%d' % to.thread_id
        if reply:
            body += (
                b',"reply_parameters":{"message_id":%d,"allow_sending_without_reply":true}' % reply
            )
        sent = await self.sender.call("sendMessage", body + b"}")
        message_id = sent.get("message_id") if isinstance(sent, dict) else None
        if not isinstance(message_id, int):
            raise NotTelegram("an answer that is no message")
        return message_id

    def _pay_no_more(self) -> None:
        if self.paid:
            log.warning("Telegram does not let the bot pay for its rate: it sends without")
            self.unpaid()
        self.paid = False


@lru_cache(TEXTS_AT_ONCE)
def _encoded(wording: _Wording) -> bytes:
    """A JSON object that is still open at its end: what is the reader's own comes after it."""
    given: dict[str, object] = {
        "text": wording.text,
        "link_preview_options": {"is_disabled": True},
    }
    if wording.html:
        given["parse_mode"] = "HTML"
    if wording.silent:
        given["disable_notification"] = True
    if wording.paid:
        given["allow_paid_broadcast"] = True
    if wording.keyboard:
        given["reply_markup"] = {"inline_keyboard": [_row(row) for row in wording.keyboard]}
    return json.dumps(given, ensure_ascii=False).encode(errors="replace")[:-1]


def _row(buttons: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"text": text, "callback_data": data} for text, data in buttons]


def plain(html: str) -> str:
    """The words alone, for when Telegram refuses the markup."""
    return unescape(_TAGS.sub("", html))
