"""The composition root: every part is made here, once, and handed what it needs."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
import typer

from bot.catching_up import catching_up
from bot.clocks import Clocks
from bot.delivery.bell import Bell
from bot.delivery.pace import Pace
from bot.delivery.post import Post
from bot.delivery.service import DeliveryService
from bot.delivery.worker import LAST_ANSWERS, in_flight
from bot.http.health import Readiness, health_routes
from bot.http.metrics import Metrics, metrics_routes
from bot.http.server import LAST_REQUESTS, app, serve
from bot.intake.channel import sources_by_chat
from bot.intake.listening.loop import LAST_TURNS
from bot.intake.listening.service import IntakeService
from bot.intake.push.desk import PushDesk, push_routes
from bot.intake.push.door import Door
from bot.listed import Listed
from bot.progress.watch import LAST_WORDS
from bot.stage import Stage, stage_for
from bot.telegram.channels import Channels
from bot.telegram.conversation import LAST_REPLIES, Conversation
from bot.telegram.dispatch import Dispatch
from bot.telegram.polling import TO_CONFIRM
from bot.telegram.posting import asking
from bot.telegram.reach import Stop, Stopped, reach
from bot.telegram.replies import ReplyLane
from handlers.desk import Desk
from handlers.hearing import Hearing
from handlers.posts import Publishers
from handlers.visit import Office
from reports.languages import translator
from reports.model import Language
from reports.reading import Reader
from reports.regions import Catalog
from storage import outbox
from storage.database import Database
from storage.instance import only_relay
from storage.migrations import SchemaState, require_current, schema_state, upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from bot.settings import Settings
    from bot.sources import Sources
    from bot.telegram.connection import BotApi
    from bot.telegram.polling import Polling
    from handlers.desk import Receipt
    from reports.model import Report

log = structlog.get_logger(__name__)

TURN = 0.001
"""Seconds until a thread that computes lets another go on."""

LONGEST_STOP = LAST_TURNS + LAST_WORDS + TO_CONFIRM + LAST_REPLIES + LAST_ANSWERS + LAST_REQUESTS
"""Seconds that a stop takes at most, where nothing answers: compose.yaml waits for longer."""

CLOCKS = Clocks(now=lambda: datetime.now(UTC), ticks=time.monotonic)


def run(settings: Settings, listed: Listed) -> int:
    """Serve until the process is asked to stop. Returns its exit code."""
    # Reports are read beside the loop, which must not wait for long to get its turn back.
    sys.setswitchinterval(TURN)
    asyncio.run(_until_stopped(settings, listed))
    return 0


async def _until_stopped(settings: Settings, listed: Listed) -> None:
    stop = Stop()
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(asked, stop.event.set)
    with suppress(Stopped):
        async with relay(settings, listed, stop):
            # The lexicons and the catalog stay for good: to look through them for garbage again
            # and again would hold everything up for a tenth of a second each time.
            gc.freeze()
            await stop.event.wait()
            log.info("stopping: what is in flight is finished, in %d seconds at most", LONGEST_STOP)


@asynccontextmanager
async def relay(
    settings: Settings, listed: Listed, stop: Stop, pace: Pace | None = None
) -> AsyncIterator[Relay]:
    """The relay at work while the context lasts, at Telegram's pace unless told otherwise.

    At the end polling stops first, then delivery, which finishes what is in flight, then the
    port, then the database. Raises Trouble or StorageError where it cannot begin, and Stopped.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(_database_to_serve(settings, stop))
        stage = stage_for(settings, listed, Catalog.load())
        pace = pace or Pace(settings.messages_per_second)
        one = Relay(settings, database, stage, stop, pace)
        await one.open(stack)
        yield one


@asynccontextmanager
async def open_desk(settings: Settings, sources: Sources) -> AsyncIterator[Desk]:
    """The desk alone, also while `run` is at work on the same database and delivers."""
    catalog = Catalog.load()
    stage = stage_for(settings, Listed(sources), catalog)
    database = await Database.open(settings.database_location)
    try:
        if await schema_state(database) is SchemaState.EMPTY:
            await upgrade(database, CLOCKS.now())
        await require_current(database)
        yield Desk(database, Reader(catalog), CLOCKS.now, stage.admins)
    finally:
        await database.close()


@asynccontextmanager
async def _database_to_serve(settings: Settings, stop: Stop) -> AsyncIterator[Database]:
    database = await Database.open(settings.database_location)
    try:
        async with only_relay(database, stop.event.set):
            copy = await upgrade(database, CLOCKS.now())
            if copy is not None:
                log.info("the database was upgraded; a copy was made before", copy=str(copy))
            yield database
    finally:
        await database.close()


@dataclass(slots=True)
class Relay:
    """All parts of the running program."""

    settings: Settings
    database: Database
    stage: Stage
    stop: Stop
    pace: Pace
    bell: Bell = field(default_factory=Bell)
    metrics: Metrics = field(default_factory=Metrics)
    url: str = ""
    """Where its HTTP port is."""
    desk: Desk = field(init=False)
    """Where every report goes."""
    delivery: DeliveryService = field(init=False)
    _polling: Polling | None = None

    def __post_init__(self) -> None:
        reader = Reader(self.stage.catalog)  # reads its lexicon once: not for each report
        self.desk = Desk(self.database, reader, CLOCKS.now, self.stage.admins, self.bell.ring)
        self.delivery = DeliveryService(
            self.database, self.stage.catalog, self.pace, CLOCKS, self.metrics
        )

    async def open(self, stack: AsyncExitStack) -> None:
        """Start every part; the stack ends them in reverse."""
        channels = Channels(self.stage.listed.channels, self.database, CLOCKS.now)
        await channels.begin()
        intake = self._intake
        await intake.begin()
        address = await stack.enter_async_context(serve(self._app(), self.settings.http))
        self.url = address.url
        stack.push_async_callback(self.stage.close)
        self._say_where()
        self._warm_up()
        await self.desk.read_again()
        await stack.enter_async_context(catching_up(self.desk))
        # Sources are heard even while Telegram cannot be reached.
        listening = await stack.enter_async_context(intake.at_work(self._take_in, self._proxy))
        api = self.stage.api(self.url)
        await stack.enter_async_context(self._delivering(api))
        dispatch = Dispatch(self._office)
        lane = ReplyLane(self.delivery.gate, self.delivery.holds)
        conversation = Conversation(api, dispatch, lane, self.stop)
        self._polling = await stack.enter_async_context(conversation.open())
        seen = self.delivery.seen_by(self.stage.admins, self._polling.bot)
        await stack.enter_async_context(seen)
        await stack.enter_async_context(channels.settled(asking(api)))
        await self.stage.begin()
        stack.push_async_callback(listening.stop)

    @property
    def _intake(self) -> IntakeService:
        hearing = Hearing(self.stage.admins, CLOCKS.now, self.bell.ring)
        listed = self.stage.listed.sources
        return IntakeService(listed, self.database, CLOCKS, self.metrics, hearing)

    @property
    def _proxy(self) -> str | None:
        return self.settings.proxy.get_secret_value() if self.settings.proxy else None

    @property
    def _office(self) -> Office:
        catalog, admins = self.stage.catalog, self.stage.admins
        by_chat = sources_by_chat(self.stage.listed.sources)
        return Office(
            self.database,
            catalog,
            CLOCKS.now,
            self.desk.read,
            Publishers(self.desk, by_chat, self._count),
            admins,
            self.bell.ring,
        )

    def _app(self) -> web.Application:
        door = Door(self.stage.listed.sources, CLOCKS.ticks)
        desk = PushDesk(door, self._take_in, CLOCKS.ticks)
        return app(
            [
                *push_routes(desk),
                *health_routes(self._readiness),
                *metrics_routes(self.metrics, self.delivery.watch.gauges),
                *self.stage.routes,
            ]
        )

    @asynccontextmanager
    async def _delivering(self, api: BotApi) -> AsyncIterator[None]:
        sender = api.sender(connections=in_flight(self.pace.per_second))
        post = Post(sender, self.settings.paid_broadcast, self.pace.free_rate_only)
        try:
            await reach(sender.initialize, self.stop)
            async with self.delivery.at_work(post, self.bell):
                yield
        finally:
            await sender.shutdown()

    async def _take_in(self, report: Report, *, catching_up: bool = False) -> Receipt:
        receipt = await self.desk.take_in(report, catching_up=catching_up)
        self._count(report, receipt)
        return receipt

    def _count(self, report: Report, receipt: Receipt) -> None:
        self.metrics.reports.labels(report.source.id, receipt.outcome.value).inc()

    async def _readiness(self) -> Readiness:
        async with self.database.read() as tx:
            await outbox.most_pressing(tx, CLOCKS.now())
        hears = self._polling is not None and self._polling.hears
        return Readiness(() if hears else ("Telegram",))

    def _warm_up(self) -> None:
        """So that the first person who asks, and the first who is told, need not wait."""
        self.stage.catalog.lookup("")
        for language in Language:
            translator(language, "handlers.languages")

    def _say_where(self) -> None:
        if self.settings.playground:
            typer.echo(
                "No RELAY_TELEGRAM_TOKEN is set, so this is the playground: "
                f"open {self.url} in a browser. Ctrl+C stops it."
            )
        else:
            typer.echo(f"Relaying to Telegram. Reports, health and metrics: {self.url}")
