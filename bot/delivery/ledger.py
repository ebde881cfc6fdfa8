"""What became of each delivery, and what is done next because of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.delivery.receipts import Receipt
from bot.telegram.outcome import Failure, Next
from reports.model import BulletinType
from storage import chats, outbox
from storage.outbox import Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.clocks import Clocks
    from bot.delivery.holds import Holds
    from bot.delivery.letter import Parcel
    from bot.delivery.outage import Outage
    from bot.delivery.receipts import Receipts, Write
    from storage.outbox import Claimed
    from storage.transaction import Transaction

log = structlog.get_logger(__name__)

REPEATS_AFTER = (5.0, 30.0, 120.0, 480.0, 1800.0)
"""Seconds until what may have arrived is sent again, marked as a repeat: few copies, far apart."""
EXPIRES = timedelta(hours=1)
"""What was repeated so often, and told so long ago, stays unknown."""
TOKEN_REFUSED = 30.0
"""Seconds until a token that Telegram refused is tried again."""

WARNINGS = frozenset({BulletinType.NEW, BulletinType.UPDATE})
"""Of danger and attacks: nobody may be left without one unnoticed."""
NO_ANSWER = frozenset({Next.RETRY, Next.UNKNOWN, Next.UNAUTHORIZED})


def _nobody_watches(_bulletin_id: int, _outcome: str, _at: datetime) -> None:
    """Nobody counts."""


@dataclass(slots=True)
class Ledger:
    """Decides, and has it written. `watch` is told each outcome once it is committed."""

    receipts: Receipts
    holds: Holds
    outage: Outage
    clocks: Clocks
    watch: Callable[[int, str, datetime], None] = _nobody_watches
    in_hand: set[int] = field(default_factory=set)
    """Deliveries that were claimed, and of which nothing is written since."""
    _said: str = ""
    _refused: set[int] = field(default_factory=set)
    """Bulletins of which it was said already."""

    def settle(self, parcel: Parcel, result: int | Failure) -> None:
        """A message id, or what the failure asks for."""
        if isinstance(result, int):
            self._sent(parcel, result)
            return
        if result.why != self._said:  # in an outage the same is true of thousands
            log.info("a delivery did not succeed", next=str(result.next), why=result.why)
        self._said = result.why
        if result.next not in NO_ANSWER:
            self.outage.answered()
        match result.next:
            case Next.HOLD:
                self.holds.refused(parcel.chat_id, result.seconds)
                self._later(parcel, result.seconds, result.why)
            case Next.UNAUTHORIZED:
                self.outage.rest(TOKEN_REFUSED)
                self._later(parcel, TOKEN_REFUSED, result.why)
            case Next.RETRY:
                self.outage.unreachable()
                self._later(parcel, self.outage.seconds, result.why)
            case Next.UNKNOWN:
                self.outage.lost()
                self._unknown(parcel, result.why)
            case Next.MOVED:
                self._moved(parcel, result)
            case Next.GONE | Next.THREAD_GONE:
                self._gone(parcel, result)
            case _:
                self._failed(parcel, result)

    def needless(self, claimed: Claimed, why: str) -> None:
        """It need not be sent; or where that was tried before, not again."""
        if claimed.repeat:
            write = partial(outbox.never_known, ids=[claimed.id], error=why)
            self._write("unknown", [claimed], write)
        else:
            write = partial(outbox.skipped, ids=[claimed.id], why=why)
            self._write("skipped", [claimed], write)

    def cannot_be_written(self, claimed: Claimed) -> None:
        """A defect of ours: it will never be sent."""
        write = partial(outbox.failed, ids=[claimed.id], error="it cannot be written")
        self._write("failed", [claimed], write)

    def not_yet(self, parcel: Parcel, seconds: float) -> None:
        """Its chat's turn is later."""
        self._later(parcel, seconds, None)

    def lower(self, parcel: Parcel) -> None:
        """It tells less than its deliveries were to tell: they do not go before what does not."""
        write = partial(outbox.lower, ids=parcel.ids, priority=parcel.priority)
        self.receipts.put(Receipt(write=write))

    def give_back(self, claimed: Collection[Claimed]) -> None:
        """They were claimed and not tried."""
        if claimed:
            ids = [one.id for one in claimed]
            self._write("released", claimed, partial(outbox.release, ids=ids))

    def _sent(self, parcel: Parcel, message_id: int) -> None:
        self._said = ""
        self.outage.answered()
        self.holds.taken()
        at, (lead, *others) = self.clocks.now(), parcel.claimed
        sent = tuple(
            Sent(one.id, message_id, at, with_other, one.seen_correction)
            for one, with_other in [(lead, None), *((one, lead.id) for one in others)]
        )
        self.receipts.put(Receipt(sent, then=self._done("sent", parcel.claimed, at)))
        if parcel.overtaken:
            ids = [one.id for one in parcel.overtaken]
            write = partial(outbox.overtaken, ids=ids, told_with=lead.id)
            self._write("skipped", parcel.overtaken, write)

    def _later(self, parcel: Parcel, seconds: float, why: str | None) -> None:
        until = self.clocks.moment(seconds)
        write = partial(outbox.put_off, ids=parcel.ids, not_before=until, error=why)
        self._write("later", parcel.everything, write)

    def _unknown(self, parcel: Parcel, why: str) -> None:
        lead = parcel.claimed[0]
        old = self.clocks.now() - lead.told_at > EXPIRES
        if old and lead.attempts > len(REPEATS_AFTER):
            never = partial(outbox.never_known, ids=parcel.ids, error=why)
            self._write("unknown", parcel.everything, never)
            return
        pause = REPEATS_AFTER[min(lead.attempts, len(REPEATS_AFTER)) - 1]
        again = self.clocks.moment(pause)
        write = partial(outbox.unknown, ids=parcel.ids, error=why, again=again)
        self._write("lost", parcel.everything, write)

    def _moved(self, parcel: Parcel, failure: Failure) -> None:
        now = self.clocks.now()

        async def move(tx: Transaction) -> None:
            await chats.move(tx, parcel.chat_id, failure.chat_id)
            await outbox.later(tx, parcel.ids, now, failure.why)

        self._write("moved", parcel.everything, move)

    def _gone(self, parcel: Parcel, failure: Failure) -> None:
        thread = parcel.thread_id if failure.next is Next.THREAD_GONE else None

        async def give_up(tx: Transaction) -> None:
            await outbox.gone(tx, parcel.ids, failure.why)
            await chats.deactivate(tx, parcel.chat_id, failure.why, thread)

        self._write("gone", parcel.everything, give_up)

    def _failed(self, parcel: Parcel, failure: Failure) -> None:
        if failure.next is Next.REFUSED:
            self._alarm(parcel, failure.why)
        write = partial(outbox.failed, ids=parcel.ids, error=failure.why)
        self._write("failed", parcel.everything, write)

    def _alarm(self, parcel: Parcel, why: str) -> None:
        """Once for each bulletin: what Telegram refuses to one reader it mostly does to all."""
        for one in parcel.everything:
            if one.type in WARNINGS and one.bulletin_id not in self._refused:
                self._refused.add(one.bulletin_id)
                log.error("Telegram refuses a warning", bulletin=one.bulletin_id, why=why)

    def _write(self, outcome: str, claimed: Collection[Claimed], write: Write) -> None:
        self.receipts.put(
            Receipt(write=write, then=self._done(outcome, claimed, self.clocks.now()))
        )

    def _done(self, outcome: str, claimed: Collection[Claimed], at: datetime) -> Callable[[], None]:
        def done() -> None:
            for one in claimed:
                self.in_hand.discard(one.id)
                self.watch(one.bulletin_id, outcome, at)

        return done
