"""What Telegram's "too many requests" is taken to mean: this chat waits, or everyone does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.delivery.pace import GROUP_BURST
from bot.delivery.receipts import Receipt
from storage import holds, outbox

if TYPE_CHECKING:
    from datetime import datetime

    from bot.clocks import Clocks
    from bot.delivery.pace import Pace
    from bot.delivery.receipts import Receipts
    from storage.transaction import Transaction

log = structlog.get_logger(__name__)

MANY_HELD = 3
"""So many chats whose deliveries were refused within `HELD_TOGETHER` seconds: Telegram may mean
the whole bot.
"""
HELD_TOGETHER = 5.0
LONG_HOLD = 60.0
"""Seconds of a hold on a private chat that may mean the whole bot, too. A group may be held for
long by itself: its slow mode is set by whoever owns it.
"""
FIRST_DOUBT, LONGEST_DOUBT = 30.0, 600.0
"""Seconds for which everyone waits, doubled each time: then a few are tried. Nobody's chat may
silence the relay for longer than it takes to see that the others are not meant.
"""
LONGEST_RECALLED = 3600.0
"""Seconds of a hold from before a restart; a clock that was wrong must not make it eternal."""


@dataclass(slots=True)
class Holds:
    """Tells the pace, and remembers holds beyond a restart."""

    pace: Pace
    clocks: Clocks
    receipts: Receipts
    doubt: float = 0.0
    """For how long everyone waits, or waited until just now; 0 once a delivery was taken."""
    _lately: dict[int, float] = field(default_factory=dict)

    async def recall(self, tx: Transaction) -> None:
        """Holds from before the program began."""
        now, ticks = self.clocks.now(), self.clocks.ticks()
        for chat_id, until in (await holds.standing(tx, now)).items():
            end = ticks + min((until - now).total_seconds(), LONGEST_RECALLED)
            if chat_id == holds.EVERYONE:
                self.pace.hold_all(min(end, ticks + LONGEST_DOUBT))
            else:
                self.pace.hold(chat_id, end)
        # What a group got within its last minute counts, whoever sent it.
        minute = timedelta(seconds=GROUP_BURST[1])
        for chat_id, at in await outbox.sent_to_groups(tx, now - minute):
            self.pace.told(chat_id, ticks - max(0.0, (now - at).total_seconds()))

    def refused(self, chat_id: int, seconds: float) -> None:
        """A delivery to this chat. What Telegram does not say is whom it means."""
        self._hold(chat_id, seconds)
        if self.pace.all_held_until > self.clocks.ticks():
            return  # it left before everyone had to wait
        if self.doubt:
            self._everyone(min(seconds, 2 * self.doubt, LONGEST_DOUBT))
        elif self._together(chat_id) or (chat_id > 0 and seconds >= LONG_HOLD):
            self._everyone(min(seconds, FIRST_DOUBT))

    def refused_answer(self, chat_id: int, seconds: float) -> None:
        """An answer there. However long that is, it may be for all that this person asked: who
        writes without end must not be able to silence the relay. If it is meant for everyone,
        the next deliveries are told so.
        """
        self._hold(chat_id, seconds)

    def taken(self) -> None:
        """Telegram took a delivery: not everyone is meant."""
        self.doubt = 0.0

    def _everyone(self, seconds: float) -> None:
        log.warning("everything waits: too many requests", seconds=seconds)
        self.doubt = seconds
        self.pace.hold_all(self.clocks.ticks() + seconds)
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


async def _put(tx: Transaction, chat_id: int, until: datetime) -> None:
    await holds.put(tx, chat_id, until)
