"""What became of each delivery is written down, and decides what is done next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.telegram.outcome import Failure, Next
from storage import chats, outbox
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.delivery.pace import Pace
    from storage.database import Database
    from storage.outbox import Claimed
    from storage.transaction import Transaction

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0
"""Seconds until what surely was not sent is tried again; doubled each time."""
REPEATS_AFTER = (5.0, 30.0, 120.0, 480.0, 1800.0)
"""Seconds until what may have arrived is sent again, marked as a repeat: few copies, far apart."""
EXPIRES = timedelta(hours=1)
"""What was repeated so often, and told so long ago, stays unknown."""
MANY_HELD = 3
"""So many chats put on hold within `HELD_TOGETHER` seconds: Telegram means the whole bot."""
HELD_TOGETHER = 5.0
LONG_HOLD = 60.0
"""Seconds of a hold that mean the whole bot, too."""
WRITE_AGAIN = 1.0
"""Seconds between attempts to write a receipt. The message itself is never sent again for it."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """`now` dates what is recorded; `ticks` are steady seconds for the pace."""

    now: Callable[[], datetime]
    ticks: Callable[[], float]


@dataclass(slots=True)
class Ledger:
    """Writes outcomes, and tells the pace of holds."""

    database: Database
    pace: Pace
    clocks: Clocks
    told: Callable[[str], None] = lambda _outcome: None
    """Is told each outcome in a word, for the metrics."""
    _held: dict[int, float] = field(default_factory=dict)
    _hurried: bool = False
    _trouble: bool = False
    _said: str = ""

    def hurry(self) -> None:
        """The program is ending: a receipt that still cannot be written is not waited for."""
        self._hurried = True

    async def settle(self, claimed: Claimed, result: int | Failure) -> None:
        """Record the message id, or do what the failure asks for."""
        if isinstance(result, int):
            await self._write(
                "sent", lambda tx: outbox.sent(tx, claimed.id, result, self.clocks.now())
            )
            self._said = ""
            return
        if result.why != self._said:  # in an outage the same is true of thousands
            log.info("a delivery did not succeed", next=str(result.next), why=result.why)
        self._said = result.why
        match result.next:
            case Next.HOLD:
                await self._hold(claimed, result)
            case Next.UNAUTHORIZED:
                await self._hold_all(claimed, result)
            case Next.RETRY:
                await self._again(claimed, result)
            case Next.UNKNOWN:
                await self._unknown(claimed, result)
            case Next.MOVED:
                await self._moved(claimed, result)
            case Next.GONE:
                await self._gone(claimed, result)
            case Next.THREAD_GONE:
                await self._gone(claimed, result, claimed.thread_id)
            case _:
                await self._write("failed", lambda tx: outbox.failed(tx, claimed.id, result.why))

    async def needless(self, claimed: Claimed, why: str) -> None:
        """It need not be sent."""
        await self._write("skipped", lambda tx: outbox.skipped(tx, claimed.id, why))

    async def not_yet(self, claimed: Claimed, seconds: float) -> None:
        """Its chat's turn is later."""
        until = self._in(seconds)
        await self._write("later", lambda tx: outbox.put_off(tx, claimed.id, until))

    async def give_back(self, claimed: Claimed) -> None:
        """It was claimed and not tried."""
        await self._write("released", lambda tx: outbox.release(tx, [claimed.id]))

    def _in(self, seconds: float) -> datetime:
        return self.clocks.now() + timedelta(seconds=seconds)

    async def _hold(self, claimed: Claimed, failure: Failure) -> None:
        now = self.clocks.ticks()
        self.pace.hold(claimed.chat_id, now + failure.seconds)
        self._held[claimed.chat_id] = now
        self._held = {chat: at for chat, at in self._held.items() if now - at < HELD_TOGETHER}
        if len(self._held) >= MANY_HELD or failure.seconds >= LONG_HOLD:
            await self._hold_all(claimed, failure)
        else:
            await self._put_off(claimed, failure)

    async def _hold_all(self, claimed: Claimed, failure: Failure) -> None:
        now = self.clocks.ticks()
        if self.pace.all_held_until <= now:
            log.warning("everything waits", why=failure.why, seconds=failure.seconds)
        self.pace.hold_all(now + failure.seconds)
        await self._put_off(claimed, failure)

    async def _put_off(self, claimed: Claimed, failure: Failure) -> None:
        until = self._in(failure.seconds)
        await self._write("held", lambda tx: outbox.put_off(tx, claimed.id, until, failure.why))

    async def _again(self, claimed: Claimed, failure: Failure) -> None:
        until = self._in(_pause(claimed.attempts))
        await self._write("retried", lambda tx: outbox.later(tx, claimed.id, until, failure.why))

    async def _unknown(self, claimed: Claimed, failure: Failure) -> None:
        old = self.clocks.now() - claimed.told_at > EXPIRES
        if old and claimed.attempts > len(REPEATS_AFTER):
            await self._write("unknown", lambda tx: outbox.never_known(tx, claimed.id, failure.why))
            return
        again = self._in(REPEATS_AFTER[min(claimed.attempts, len(REPEATS_AFTER)) - 1])
        await self._write("unknown", lambda tx: outbox.unknown(tx, claimed.id, failure.why, again))

    async def _moved(self, claimed: Claimed, failure: Failure) -> None:
        async def move(tx: Transaction) -> None:
            await chats.move(tx, claimed.chat_id, failure.chat_id)
            await outbox.later(tx, claimed.id, self.clocks.now(), failure.why)

        await self._write("moved", move)

    async def _gone(self, claimed: Claimed, failure: Failure, thread_id: int | None = None) -> None:
        async def give_up(tx: Transaction) -> None:
            await outbox.failed(tx, claimed.id, failure.why)
            await chats.deactivate(tx, claimed.chat_id, failure.why, thread_id)

        await self._write("gone", give_up)

    async def _write(self, outcome: str, receipt: Callable[[Transaction], Awaitable[None]]) -> None:
        """Keep at it until the receipt is written: it must never look like a failed send."""
        while not await self._wrote(receipt):
            if self._hurried:
                log.error("a receipt is lost; the next start settles what it was for")
                return
            await asyncio.sleep(WRITE_AGAIN)
        self.told(outcome)

    async def _wrote(self, receipt: Callable[[Transaction], Awaitable[None]]) -> bool:
        try:
            async with self.database.write() as tx:
                await receipt(tx)
        except StorageError as error:
            if not self._trouble:
                log.warning("receipts cannot be written; trying again", why=str(error))
            self._trouble = True
            return False
        self._trouble = False
        return True


def _pause(attempts: int) -> float:
    return min(FIRST_PAUSE * 2.0 ** (attempts - 1), LONGEST_PAUSE)
