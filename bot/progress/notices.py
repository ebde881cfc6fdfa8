"""One silent message in each admin's chat, edited in place; a restart goes on with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.telegram.outcome import Next, failure_of
from handlers.visit import NO_PREVIEW
from storage import chats, switches
from storage.chats import ChatKey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from telegram.ext import ExtBot

    from bot.telegram.outcome import Failure
    from reports.model import Language
    from storage.database import Database

log = structlog.get_logger(__name__)

PATIENCE = 0.5
"""Seconds that it may wait for its moment, for `ReplyLane`; then it is given up."""
LATER = frozenset({Next.HOLD, Next.RETRY, Next.UNAUTHORIZED})
"""It surely did not arrive, and may the next time."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that stands in an admin's chat, what it says, and of which bulletins.

    Empty `html`: what it says is not known, for it was written before a restart.
    """

    message_id: int
    bulletins: tuple[int, ...]
    html: str = ""


@dataclass(slots=True)
class Notices:
    """`bot` paces as answers to people are; `held` says whether Telegram lets nothing go there."""

    database: Database
    admins: frozenset[int]
    bot: ExtBot[Any] = field(repr=False)  # it would show its token
    held: Callable[[int], bool]
    _notices: dict[int, Notice] = field(default_factory=dict)
    _given_up: set[int] = field(default_factory=set)

    async def restored(self) -> set[int]:
        """Take up what an earlier process wrote. The bulletins of which it told."""
        async with self.database.read() as tx:
            kept = {admin: await switches.get(tx, _name(admin)) for admin in self.admins}
        for admin, known in kept.items():
            if known:
                self._notices[admin] = Notice(known["message"], tuple(known["bulletins"]))
        return {one for notice in self._notices.values() for one in notice.bulletins}

    async def readers(self) -> dict[int, Language]:
        """The admins who can be told, and their languages: each has written to the bot once."""
        async with self.database.read() as tx:
            known = {admin: await chats.get(tx, ChatKey(admin)) for admin in self.admins}
        return {
            admin: chat.language
            for admin, chat in known.items()
            if chat and chat.active and admin not in self._given_up
        }

    async def tell(self, admin: int, html: str, bulletins: Collection[int]) -> bool:
        """Have the admin's message say this. False where it is to be tried again later."""
        known = self._notices.get(admin)
        if known and known.html == html:
            return True
        if self.held(admin):
            return False
        try:
            message_id = await self._put(admin, html, known)
        except TelegramError as error:
            return self._failed(admin, failure_of(error), known)
        await self._keep(admin, Notice(message_id, tuple(bulletins), html))
        return True

    async def close(self) -> None:
        """The next notice is a message of its own."""
        async with self.database.write() as tx:
            for admin in self.admins:
                await switches.put(tx, _name(admin), None)
        self._notices.clear()
        self._given_up.clear()

    async def _put(self, admin: int, html: str, known: Notice | None) -> int:
        if known is None:
            return await self._send(admin, html)
        try:
            await self.bot.edit_message_text(
                html,
                admin,
                known.message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                rate_limit_args=PATIENCE,
            )
        except TelegramError as error:
            then = failure_of(error).next
            if then is Next.LOST:
                return await self._send(admin, html)
            if then is not Next.DONE:
                raise
        return known.message_id

    async def _send(self, admin: int, html: str) -> int:
        sent = await self.bot.send_message(
            admin,
            html,
            parse_mode=ParseMode.HTML,
            disable_notification=True,
            link_preview_options=NO_PREVIEW,
            rate_limit_args=PATIENCE,
        )
        return sent.message_id

    def _failed(self, admin: int, failure: Failure, known: Notice | None) -> bool:
        # An edit can be made twice without harm; a message that may have arrived is not sent again.
        if failure.next in LATER or (failure.next is Next.UNKNOWN and known):
            return False
        log.info("an admin is not told of progress", why=failure.why)
        self._given_up.add(admin)
        return True

    async def _keep(self, admin: int, notice: Notice) -> None:
        before = self._notices.get(admin)
        self._notices[admin] = notice
        if before is None or _kept(before) != _kept(notice):
            async with self.database.write() as tx:
                await switches.put(tx, _name(admin), _kept(notice))


def _name(admin: int) -> str:
    return f"progress:{admin}"


def _kept(notice: Notice) -> dict[str, Any]:
    return {"message": notice.message_id, "bulletins": list(notice.bulletins)}
