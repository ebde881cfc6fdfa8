"""What Telegram's "too many requests" is taken to mean: this chat waits, or everyone does."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.delivery.receipts import Receipt
from storage import holds

if TYPE_CHECKING:
    from datetime import datetime

    from bot.clocks import Clocks
    from bot.delivery.pace import Pace
    from bot.delivery.receipts import Receipts
    from storage.transaction import Transaction

log = structlog.get_logger(__name__)

MANY_HELD = 3
"""So many chats put on hold within `HELD_TOGETHER` seconds: Telegram means the whole bot."""
HELD_TOGETHER = 5.0
LONG_HOLD = 60.0
"""Seconds of a hold that mean the whole bot, too: one chat that was not written to too often
is not held for so long. A group's own limit is by the minute, so its holds may be as long.
"""


@dataclass(slots=True)
class Holds:
    """Tells the pace, and remembers holds beyond a restart."""

    pace: Pace
    clocks: Clocks
    receipts: Receipts
    _lately: dict[int, float] = field(default_factory=dict)

    async def recall(self, tx: Transaction) -> None:
        """Holds from before the program began."""
        now, ticks = self.clocks.now(), self.clocks.ticks()
        for chat_id, until in (await holds.standing(tx, now)).items():
            end = ticks + (until - now).total_seconds()
            if chat_id == holds.EVERYONE:
                self.pace.hold_all(end)
            else:
                self.pace.hold(chat_id, end)

    def refused(self, chat_id: int, seconds: float) -> None:
        """A delivery to this chat. What Telegram does not say is whom it means."""
        self._hold(chat_id, seconds)
        if self._together(chat_id) or _long(chat_id, seconds):
            self.everyone(seconds, "too many requests")

    def refused_answer(self, chat_id: int, seconds: float) -> None:
        """An answer there. However long that is, it may be for all that this person asked: who
        writes without end must not be able to silence the relay, nor may a few of them. If it is
        meant for everyone, the next delivery is told so.
        """
        self._hold(chat_id, seconds)
        if self._together(chat_id):
            self.everyone(min(seconds, HELD_TOGETHER), "too many requests")

    def everyone(self, seconds: float, why: str) -> None:
        """Nothing to anyone for so long."""
        now = self.clocks.ticks()
        if self.pace.all_held_until <= now:
            log.warning("everything waits", why=why, seconds=seconds)
        self.pace.hold_all(now + seconds)
        self._remember(holds.EVERYONE, seconds)

    def _hold(self, chat_id: int, seconds: float) -> None:
        self.pace.hold(chat_id, self.clocks.ticks() + seconds)
        self._remember(chat_id, seconds)

    def _remember(self, chat_id: int, seconds: float) -> None:
        until = self.clocks.moment(seconds)
        self.receipts.put(Receipt(write=partial(_put, chat_id=chat_id, until=until)))

    def _together(self, chat_id: int) -> bool:
        now = self.clocks.ticks()
        self._lately[chat_id] = now
        self._lately = {chat: at for chat, at in self._lately.items() if now - at < HELD_TOGETHER}
        return len(self._lately) >= MANY_HELD


def _long(chat_id: int, seconds: float) -> bool:
    return seconds >= LONG_HOLD and (chat_id > 0 or seconds > 2 * LONG_HOLD)


async def _put(tx: Transaction, chat_id: int, until: datetime) -> None:
    await holds.put(tx, chat_id, until)
