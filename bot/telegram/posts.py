"""What sources post in their channels is kept before Telegram may forget it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from bot.complaints import Complaints
from bot.telegram.reach import FIRST_PAUSE, LONGEST_PAUSE
from handlers import posts
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Message, Update

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

    def concerns(self, update: Update) -> bool:
        """Whether this may be a report."""
        post = update.channel_post or update.edited_channel_post
        if post is None or self.office.publishers.of(post.chat) is None:
            return False
        return not self.is_command(update)

    async def keep(self, update: Update) -> None:
        """Store it, however long the database cannot; what it says is understood afterwards."""
        post = update.channel_post or update.edited_channel_post
        failed = 0
        while post and not await self._kept(post):
            await asyncio.sleep(min(self.first_pause * 2.0**failed, LONGEST_PAUSE))
            failed += 1

    async def end(self) -> None:
        """What is not understood yet is kept, and read at the next start."""
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)

    async def _kept(self, post: Message) -> bool:
        try:
            kept = await posts.keep(self.office, post, self.bot_id)
        except StorageError as error:
            self._complaints.trouble(f"a source's post cannot be stored; it waits: {error}")
            return False
        except Exception:  # a fault of ours in one post may not silence the others
            log.exception("a source's post is passed over", chat=post.chat.id, post=post.message_id)
            return True
        self._complaints.over()
        if kept:
            self._understand(*kept)
        return True

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
