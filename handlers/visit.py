"""One person's (or group's) message or button press, with all that answering it needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from reports.languages import Translator, translator

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Bot

    from handlers.posts import Publishers
    from reports.model import Language, Reading, Report
    from reports.regions import Catalog
    from storage.chats import ChatKey
    from storage.database import Database

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Button = tuple[str, str]
"""What it says, and the callback data (at most 64 bytes)."""
Rows = Sequence[Sequence[Button]]

LONGEST_NUMBER = 15
"""Digits; no number that the relay has given out comes near."""


class StaleButton(Exception):  # noqa: N818 - nobody's mistake: buttons outlive what they are about
    """A button whose argument fits nothing that there is."""


@dataclass(frozen=True, slots=True)
class Office:
    """What every visit may use."""

    database: Database
    catalog: Catalog
    clock: Callable[[], datetime]
    read: Callable[[Report], Awaitable[Reading]]
    """What a report says, read beside the loop."""
    publishers: Publishers
    """The channels that are sources."""
    admins: frozenset[int] = frozenset()
    wake: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Visit:
    """`words` is what follows the command, or a button's argument; no blanks around it."""

    office: Office
    bot: Bot
    update: Update
    chat: ChatKey
    language: Language
    words: str

    @property
    def user_id(self) -> int:
        """Who is asking; 0 where Telegram does not say (a channel)."""
        user = self.update.effective_user
        return user.id if user else 0

    @property
    def is_admin(self) -> bool:
        """Whether the operator listed this person in RELAY_ADMINS."""
        return self.user_id > 0 and self.user_id in self.office.admins

    @property
    def is_private(self) -> bool:
        """Whether this is a chat with one person."""
        chat = self.update.effective_chat
        return chat is not None and chat.type == ChatType.PRIVATE

    @property
    def texts(self) -> Translator:
        """The answers in the reader's language."""
        return translator(self.language, "handlers.languages")

    async def answer(self, html: str, rows: Rows = ()) -> None:
        """Send a new message here."""
        await self.bot.send_message(
            self.chat.chat_id,
            html,
            message_thread_id=self.chat.thread_id or None,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(rows),
            link_preview_options=NO_PREVIEW,
        )

    async def turn_into(self, html: str, rows: Rows = ()) -> None:
        """Change the message whose button was pressed; a new one where that cannot be."""
        pressed = self._pressed()
        if pressed is None:
            await self.answer(html, rows)
            return
        try:
            await pressed.edit_text(
                html,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(rows),
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if "not modified" not in error.message:
                await self.answer(html, rows)

    async def refuse(self, text: str) -> None:
        """Say why not: to whoever pressed a button alone, else in the chat. Plain text."""
        if self.update.callback_query:
            await self.done(text)
        else:
            await self.answer(escape(text))

    async def done(self, notice: str = "") -> None:
        """End the button's waiting circle, with a notice that is to be closed, if any."""
        if self.update.callback_query:
            # Telegram forgets a query soon, and once it is answered; no circle is left to end.
            with suppress(BadRequest):
                await self.update.callback_query.answer(notice or None, show_alert=bool(notice))

    def region(self, code: str) -> str:
        """The code from a button, if it is a region's. Raises StaleButton."""
        if code not in self.office.catalog.regions:
            raise StaleButton(code)
        return code

    def regions(self, codes: str) -> list[str]:
        """The same for several, with commas between."""
        return [self.region(code) for code in codes.split(",")]

    def number(self, text: str) -> int:
        """The number from a button. Raises StaleButton."""
        if not is_number(text):
            raise StaleButton(text)
        return int(text)

    def _pressed(self) -> Message | None:
        query = self.update.callback_query
        return query.message if query and isinstance(query.message, Message) else None


def is_number(text: str) -> bool:
    """Whether this may be the number of something here."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )
