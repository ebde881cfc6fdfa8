"""All that delivery consists of, made once and put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.delivery.backlog import Backlogs
from bot.delivery.bulletins import Bulletins
from bot.delivery.gate import Gate
from bot.delivery.holds import Holds
from bot.delivery.ledger import Ledger
from bot.delivery.letters import Letters
from bot.delivery.outage import Outage
from bot.delivery.plan import Plan
from bot.delivery.receipts import Receipts
from bot.delivery.supply import Supply
from bot.delivery.worker import Delivery
from bot.delivery.writing import Writing
from bot.progress.board import Board
from bot.progress.notices import Notices
from bot.progress.watch import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram.ext import ExtBot

    from bot.clocks import Clocks
    from bot.delivery.bell import Bell
    from bot.delivery.pace import Pace
    from bot.delivery.post import Post
    from bot.http.metrics import Metrics
    from reports.regions import Catalog
    from storage.database import Database


@dataclass(slots=True)
class DeliveryService:
    """`gate` and `holds` are for answers to people, too: they share the pace."""

    database: Database
    catalog: Catalog
    pace: Pace
    clocks: Clocks
    metrics: Metrics
    gate: Gate = field(init=False)
    holds: Holds = field(init=False)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.gate = Gate(self.pace, self.clocks.ticks)
        self.holds = Holds(self.pace, self.clocks, Receipts(self.database))
        self.watch = Watch(self.database, self.metrics, self.clocks)

    @asynccontextmanager
    async def at_work(self, post: Post, bell: Bell) -> AsyncIterator[None]:
        """Deliver while the context lasts, and look whenever the bell rings."""
        delivery = self._delivery(post)
        bell.heard_by.append(delivery.look)
        try:
            async with delivery.at_work():
                yield
        finally:
            bell.heard_by.remove(delivery.look)

    @asynccontextmanager
    async def seen_by(self, admins: frozenset[int], bot: ExtBot[Any]) -> AsyncIterator[None]:
        """While the context lasts these people see how far broadcasts are, through this bot."""
        notices = Notices(self.database, admins, bot, self._is_held)
        self.watch.board = Board(self.database, self.catalog, notices, self.clocks)
        async with self.watch.at_work():
            yield

    def _delivery(self, post: Post) -> Delivery:
        outage = Outage(self.clocks.ticks)
        ledger = Ledger(self.holds.receipts, self.holds, outage, self.clocks, self.watch.settled)
        bulletins = Bulletins()
        letters = Letters(self.catalog, bulletins, Backlogs(self.catalog, bulletins))
        supply = Supply(self.database, Writing(self.database, letters, ledger), ledger)
        plan = Plan(self.database, supply.loop.wake.set, self.clocks.ticks)
        return Delivery(plan, supply, self.gate, post, ledger, self.metrics.requests.observe)

    def _is_held(self, chat_id: int) -> bool:
        return self.pace.held_until(chat_id) > self.clocks.ticks()
