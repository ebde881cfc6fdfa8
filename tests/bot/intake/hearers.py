"""Sources that answer as a test says, a desk in a real database, and a clock to put forward."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from bot.clocks import Clocks
from bot.http.metrics import Metrics
from bot.intake.listening.asking import Asking
from bot.intake.listening.deafness import Deafness
from bot.intake.listening.heeded import heeded, listing
from bot.intake.listening.loop import Listening
from bot.intake.polled import Found, PolledEntry
from bot.sources import ListedSource, Sources
from handlers.desk import Desk
from handlers.hearing import Hearing
from reports.model import Language, Report
from reports.reading import Reader
from reports.regions import Catalog
from storage import bulletins, chats, sources
from storage.chats import ChatKey, Profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.intake.polled import Polls, State, Web
    from handlers.desk import Receipt
    from reports.model import Bulletin
    from storage.database import Database
    from storage.sources import Health

START = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
ADMIN = 7
READER = Reader(Catalog.load())
Answer = Found | BaseException


class Entry(PolledEntry):
    """A kind of source that exists in tests alone."""

    kind: str = "fake"

    @classmethod
    def _where_it_is_asked(cls, address: str) -> str:
        return address

    @property
    def host(self) -> str:
        return self.address

    def polls(self) -> Polls:
        return ANSWERS[self.id]


@dataclass
class Answers:
    """What a source answers, one poll after another; the last answer for good."""

    given: deque[Answer | Callable[[], Found]] = field(default_factory=deque)
    states: list[dict[str, Any]] = field(default_factory=list)
    """What it was handed at each poll."""
    held: asyncio.Event | None = None
    now, most = 0, 0

    async def poll(self, web: Web, state: State) -> Found:
        del web
        self.states.append(dict(state))
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            if self.held:
                await self.held.wait()
            return self._next()
        finally:
            self.now -= 1

    def _next(self) -> Found:
        answer = self.given.popleft() if len(self.given) > 1 else self.given[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, Found) else answer()


ANSWERS: dict[str, Answers] = {}


@dataclass
class Clock:
    """Both clocks; `set_back` moves the wall clock alone."""

    passed: float = 0.0
    wall: timedelta = timedelta()

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed) + self.wall

    def ticks(self) -> float:
        return self.passed


@dataclass
class Place:
    """Some listed sources, and the relay's part that listens to them."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    listed: list[ListedSource] = field(default_factory=list)
    taken: list[tuple[str, bool]] = field(default_factory=list)
    """Reports that reached the desk, and whether as old ones."""
    refuses: dict[str, Exception] = field(default_factory=dict)
    admin_wrote: bool = True
    """Whether the admin has written to the bot before the start."""

    def lists(
        self, source_id: str, *answers: Answer | Callable[[], Found], **more: object
    ) -> Answers:
        """One more source."""
        known = {"name": f"Mayor of {source_id}", "address": source_id, "language": "ru"}
        entry = Entry.model_validate({"id": source_id, "kind": "fake", **known, **more})
        self.listed.append(ListedSource(entry.source, "fake", entry))
        ANSWERS[source_id] = Answers(deque(answers))
        return ANSWERS[source_id]

    async def starts(self) -> Listening:
        """The relay's part, after a start."""
        self.database.alone.set()
        hearing = Hearing(frozenset({ADMIN}), self.clock.now)
        clocks, metrics = Clocks(self.clock.now, self.clock.ticks), Metrics()
        web = cast("Web", None)
        asking = Asking(self.database, web, self.take_in, clocks, metrics, hearing)
        deafness = Deafness(self.database, clocks, metrics, hearing)
        listed = Sources(self.listed)
        if self.admin_wrote:
            await self.admin_writes()
        async with self.database.write() as tx:
            await sources.enlist(tx, [listing(one) for one in listed], self.clock.now())
        each = {one.id: one for one in heeded(listed)}
        listening = Listening(asking, clocks, each, deafness.look)
        await listening.begin()
        return listening

    async def admin_writes(self) -> None:
        """From now on the admin can be told of things."""
        async with self.database.write() as tx:
            await chats.see(tx, ChatKey(ADMIN), Profile("private", Language.EN), self.clock.now())

    async def take_in(self, report: Report, *, catching_up: bool = False) -> Receipt:
        """Through the desk, unless it is to refuse this one."""
        if error := self.refuses.get(report.id):
            raise error
        self.taken.append((report.id, catching_up))
        desk = Desk(self.database, READER, self.clock.now)
        return await desk.take_in(report, catching_up=catching_up)

    async def asks(self, listening: Listening, source_id: str) -> float:
        """One turn of one source; seconds until the next."""
        return await listening.asking.ask(listening.heeded[source_id])

    async def passes(self, listening: Listening, seconds: float) -> None:
        """So much time goes by, and whoever's turn it is has had it, or is held up."""
        self.clock.passed += seconds
        listening.look.set()
        await asyncio.sleep(0.005)
        for _ in range(60):
            held = sum(one.held is not None and not one.held.is_set() for one in ANSWERS.values())
            if listening.busy <= held:
                break
            await asyncio.sleep(0.005)

    async def health(self, source_id: str) -> Health:
        """What the database knows of it."""
        async with self.database.read() as tx:
            known = {one.listing.id: one for one in await sources.health(tx)}
        return known[source_id]

    async def told(self) -> list[tuple[str, str]]:
        """What admins were told of sources: whom it is about, and the code."""
        return [(one.source.name, one.text or "") for one in await self.bulletins()]

    async def bulletins(self) -> list[Bulletin]:
        """All that was told, oldest first."""
        made = []
        async with self.database.read() as tx:
            for number in range(1, 100):
                try:
                    made.append(await bulletins.load(tx, number))
                except LookupError:
                    break
        return made


def post(place: Place, source_id: str, number: str, text: str = "Доброе утро!") -> Report:
    """Something that a source published a minute ago."""
    one = next(one for one in place.listed if one.source.id == source_id)
    return Report(number, one.source, place.clock.now() - timedelta(minutes=1), text)


def page(*reports: Report, **state: object) -> Found:
    """What a poll found."""
    return Found(reports, state)


def again(report: Report, text: str) -> Report:
    """The same post, edited."""
    return replace(report, text=text)
