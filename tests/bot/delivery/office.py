"""The delivery whole, on a database, with a wire in Telegram's place."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.delivery.bell import Bell
from bot.delivery.pace import Pace
from bot.delivery.post import Post
from bot.delivery.service import DeliveryService
from bot.http.metrics import Metrics
from reports.regions import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.clocks import Clocks
    from bot.delivery.worker import Delivery
    from tests.storage.world import World


@dataclass(slots=True)
class Wire:
    """Takes every message, unless there is trouble on order for its chat (0: for any)."""

    arrived: list[int] = field(default_factory=list)
    texts: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    trouble: dict[int, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    hanging: set[int] = field(default_factory=set)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Whoever hangs is answered once it is set."""

    async def call(self, method: str, body: bytes) -> Any:  # noqa: ANN401 - as a sender answers
        """As Telegram answers."""
        del method
        message = json.loads(body)
        chat: int = message["chat_id"]
        self.arrived.append(chat)
        self.texts[chat].append(message["text"])
        number = len(self.arrived)
        if trouble := self.trouble[chat] or self.trouble[0]:
            raise trouble.pop(0)
        if {0, chat} & self.hanging:
            await self.open.wait()
        return {"message_id": number}


@dataclass(slots=True)
class Office:
    """A world that the delivery works for."""

    world: World
    clocks: Clocks
    pace: Pace = field(default_factory=lambda: Pace(28))
    wire: Wire = field(default_factory=Wire)
    bell: Bell = field(default_factory=Bell)

    def service(self) -> DeliveryService:
        """All its parts, new."""
        database = self.world.database
        database.alone.set()
        return DeliveryService(database, Catalog.load(), self.pace, self.clocks, Metrics())

    def delivery(self) -> Delivery:
        """Its loops do not run yet."""
        return self.service()._delivery(Post(self.wire))  # type: ignore[arg-type]  # the wire

    def at_work(self) -> AbstractAsyncContextManager[None]:
        """Deliver while the context lasts."""
        return self.service().at_work(Post(self.wire), self.bell)  # type: ignore[arg-type]

    async def crowd(self, count: int, region: str = "RU-KLU", first: int = 1) -> list[int]:
        """So many people who follow it."""
        people = list(range(first, first + count))
        for chat_id in people:
            await self.world.person(chat_id, region)
        return people

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for the wire to show it."""
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 - a list makes no event
                await asyncio.sleep(0.002)

    async def until_counts(self, expected: dict[str, int]) -> None:
        """Wait for the ledger to say so."""
        async with asyncio.timeout(20):
            while await self.world.counts() != expected:  # noqa: ASYNC110 - rows make no event
                await asyncio.sleep(0.005)


async def written(delivery: Delivery) -> None:
    """What was put into the ledger so far is in it; no more can be put there."""
    delivery.ledger.receipts.end()
    await delivery.ledger.receipts.run()


async def written_so_far(delivery: Delivery) -> None:
    """What was put into the ledger so far is in it."""
    receipts = delivery.ledger.receipts
    batch, receipts._waiting = receipts._waiting, []
    await receipts._written(batch)
    receipts._go_on(batch)
