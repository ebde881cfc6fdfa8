"""What sources post in their channels is kept before Telegram may forget it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog

from bot.complaints import Complaints
from bot.telegram.polling import Unread
from bot.telegram.reach import FIRST_PAUSE, LONGEST_PAUSE
from handlers import posts
from handlers.salvage import salvaged, source_of
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from handlers.visit import Office
    from reports.model import Report
    from storage.reports import Saved

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Posts:
    """`is_command` says what an admin of a channel writes to the bot there, which is no report."""

    office: Office
    bot_id: int
    is_command: Callable[[Update], bool]
    first_pause: float = FIRST_PAUSE
    """Seconds until it is tried again to store one; doubled for each time after it."""
    _complaints: Complaints = field(default_factory=Complaints)
    _reading: set[asyncio.Task[None]] = field(default_factory=set)

    def concerns(self, update: Update | Unread) -> bool:
        """Whether this may be a report."""
        if isinstance(update, Unread):
            return source_of(update.given, self.office.publishers) is not None
        post = update.channel_post or update.edited_channel_post
        if post is None or self.office.publishers.of(post.chat) is None:
            return False
        return not self.is_command(update)

    async def keep(self, update: Update | Unread) -> None:
        """Store it, however long the database cannot; what it says is understood afterwards."""
        failed = 0
        while not await self._kept(update):
            await asyncio.sleep(min(self.first_pause * 2.0**failed, LONGEST_PAUSE))
            failed += 1

    async def end(self) -> None:
        """What is not understood yet is kept, and read at the next start."""
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)

    async def _kept(self, update: Update | Unread) -> bool:
        try:
            await self._taken(update)
        except StorageError as error:
            self._complaints.trouble(f"a source's post cannot be stored; it waits: {error}")
            return False
        except Exception:  # a fault of ours in one post may not silence the others
            log.exception("a source's post is passed over", update=update.update_id)
        self._complaints.over()
        return True

    async def _taken(self, update: Update | Unread) -> None:
        if isinstance(update, Unread):
            await self._salvaged(update.given)
            return
        post = update.channel_post or update.edited_channel_post
        try:
            kept = post and await posts.keep(self.office, post, self.bot_id)
        except StorageError:
            raise
        except Exception:  # as above
            log.exception("a source's post is left to admins", update=update.update_id)
            await self._salvaged(update.to_dict())
            return
        if kept:
            self._understand(*kept)

    async def _salvaged(self, given: dict[str, Any]) -> None:
        """Told to admins in the words that could be found in it."""
        publishers = self.office.publishers
        if source := source_of(given, publishers):
            report = salvaged(given, source, self.office.clock())
            saved = await publishers.desk.keep(report)
            await publishers.desk.leave_to_admins(saved, report)

    def _understand(self, saved: Saved, report: Report) -> None:
        task = asyncio.create_task(self._understood(saved, report))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _understood(self, saved: Saved, report: Report) -> None:
        try:
            await self.office.publishers.understand(saved, report)
        except StorageError as error:
            log.info("a source's post is kept and read later", why=str(error))
        except Exception:  # as above
            log.exception("a source's post is kept and not understood", report=report.id)
