"""A publisher of CAP messages, one person who hears of three regions, and an admin."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.delivery.post import plain
from handlers.desk import Desk
from reports.model import (
    Incident,
    Kind,
    Language,
    MessageType,
    Outcome,
    Reading,
    Relation,
    Report,
    Source,
    Span,
    Target,
)
from reports.regions import Catalog
from reports.summaries import For, message
from storage import bulletins, chats, incidents, outbox, subscriptions
from storage.chats import ChatKey, Profile
from storage.outbox import Lease, Sent

if TYPE_CHECKING:
    from handlers.desk import Receipt
    from reports.model import Bulletin
    from storage.database import Database

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
KALUGA, TULA, MOSCOW = REGIONS = ("RU-KLU", "RU-TUL", "RU-MOW")
ADMIN = 900
RESCUERS = Source("МЧС", "ministry", "rescuers", REGIONS, "ru")
CATALOG = Catalog.load()


def alert(region: str = KALUGA, target: Target | None = Target.DRONE) -> Incident:
    """Danger from the air."""
    return Incident(region, Kind.AIR_ALERT, target, evidence=(Span(0, 3),))


@dataclass
class Publisher:
    """Sends messages, one a minute, named by a letter; reads them as it was told to mean them."""

    database: Database
    source: Source = RESCUERS
    start: datetime = NOW
    meant: dict[str, Reading] = field(default_factory=dict)
    sent: dict[str, Report] = field(default_factory=dict)
    delivered: list[Bulletin] = field(default_factory=list)

    def read(self, report: Report) -> Reading:
        """What was meant."""
        return self.meant[report.id]

    def composes(
        self, name: str, reading: Reading, *, minute: int | None = None, text: str = ""
    ) -> None:
        """A message that may be delivered from now on."""
        published = self.start + timedelta(minutes=len(self.sent) if minute is None else minute)
        self.sent[name] = Report(name, self.source, published, text or f"Words of {name}.")
        self.meant[name] = reading

    async def delivers(self, name: str, minutes_later: float = 30) -> Receipt:
        """It comes in, so long after the first was sent."""
        return await self.desk(minutes_later).take_in(self.sent[name])

    def desk(self, minutes_later: float = 30) -> Desk:
        """Where it comes in."""
        now = self.start + timedelta(minutes=minutes_later)
        return Desk(self.database, self, lambda: now, frozenset({ADMIN}))

    async def alerts(self, name: str, *said: Incident, minute: int | None = None) -> Receipt:
        """An Alert."""
        self.composes(name, said_by(MessageType.ALERT, (), *said), minute=minute)
        return await self.delivers(name)

    async def updates(
        self, name: str, of: str, *said: Incident, minute: int | None = None
    ) -> Receipt:
        """An Update of the messages whose letters stand in `of`."""
        self.composes(name, said_by(MessageType.UPDATE, tuple(of), *said), minute=minute)
        return await self.delivers(name)

    async def cancels(self, name: str, of: str, *named: str, minute: int | None = None) -> Receipt:
        """A Cancel, with regions of its own or without."""
        self.composes(name, cancelling(tuple(of), *named), minute=minute)
        return await self.delivers(name)

    async def read_out(self) -> list[str]:
        """The headlines of what the person has been sent since the last time, in English."""
        reader = For(Language.EN, None, CATALOG)
        told = [message(one, reader) for one in await self._delivered(to_people=True)]
        lines = [line for one in told for line in one.splitlines()]
        return [plain(line) for line in lines if line.startswith("<b>")]

    async def noted(self) -> list[str]:
        """The reasons that the admin has been sent since the last time."""
        return [one.text or "" for one in await self._delivered(to_people=False)]

    async def _delivered(self, *, to_people: bool) -> list[Bulletin]:
        while claimed := await self._sent():
            self.delivered += claimed
        wanted = [one for one in self.delivered if one.type.to_people is to_people]
        self.delivered = [one for one in self.delivered if one not in wanted]
        return wanted

    async def _sent(self) -> list[Bulletin]:
        async with self.database.write() as tx:
            claimed = await outbox.claim(tx, Lease(self.start, timedelta(minutes=1)), 1000)
            await outbox.sent(tx, [Sent(one.id, one.id, self.start) for one in claimed])
            ids = sorted({one.bulletin_id for one in claimed})
            return [await bulletins.load(tx, one) for one in ids]

    async def standing(self) -> set[str]:
        """The regions in which an alert stands."""
        async with self.database.read() as tx:
            known = await incidents.recent(tx, None, self.start - timedelta(hours=1), 1000)
        return {
            one.incident.region
            for one in known
            if one.incident.kind is Kind.AIR_ALERT and one.ended_at is None
        }

    async def numbers_standing(self) -> list[int]:
        """The numbers of the alerts that stand."""
        async with self.database.read() as tx:
            known = await incidents.recent(tx, REGIONS, self.start - timedelta(hours=1), 1000)
        alerts = [one for one in known if one.incident.kind is Kind.AIR_ALERT]
        return [one.number for one in alerts if one.ended_at is None]

    async def incident(self, number: int) -> Incident:
        """As it is known now."""
        async with self.database.read() as tx:
            stored = await incidents.get(tx, number)
        assert stored is not None
        return stored.incident


async def publisher(database: Database) -> Publisher:
    """One whom a person in three regions hears."""
    async with database.write() as tx:
        for key in (ChatKey(1), ChatKey(ADMIN)):
            await chats.see(tx, key, Profile("private", Language.EN), NOW)
        await subscriptions.follow(tx, ChatKey(1), REGIONS)
    return Publisher(database)


def said_by(type_: MessageType, references: tuple[str, ...], *said: Incident) -> Reading:
    """A reading with incidents; unclear without any."""
    outcome = Outcome.INCIDENTS if said else Outcome.UNCLEAR
    return Reading(outcome, said, relation=Relation(type_, references))


def cancelling(references: tuple[str, ...], *named: str) -> Reading:
    """A Cancel's own reading."""
    said = [Incident(one, Kind.ALL_CLEAR, evidence=(Span(0, 5),)) for one in named]
    return said_by(MessageType.CANCEL, references, *said)


def expiring(reading: Reading, at: datetime) -> Reading:
    """The same, over by itself at that time."""
    assert reading.relation is not None
    return replace(reading, relation=replace(reading.relation, expires=at))
