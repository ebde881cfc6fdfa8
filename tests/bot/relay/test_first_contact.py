"""Old posts of a source are kept and shown to whoever asks; they are no news."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.entries import Entries
from bot.intake import KINDS
from bot.sources import Rules, Sources, listed_sources
from reports.regions import Catalog
from storage import sources
from tests import town as towns
from tests.bot.intake.faults import page, status
from tests.bot.intake.site import Site, site
from tests.bot.reports import A_GREETING, KALUGA_ALERT, KALUGA_ALL_CLEAR, KALUGA_FORTY
from tests.telegram_pages import Channel
from tests.town import ADMIN, KALUGA

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from storage.sources import Health
    from tests.bot.relay.conftest import Clock
    from tests.town import Town

ID = "kaluga-channel"
PATH = "/s/sample_governor"
FRESH = "Над Калужской областью сбито 3 беспилотника."


@dataclass
class Publisher:
    """A governor's channel on the web."""

    town: Town
    clock: Clock
    site: Site
    posts: list[str] = field(default_factory=list)

    def posts_it(self, text: str, **ago: float) -> None:
        """A post of then, by the relay's clock."""
        date = (self.clock.now() - timedelta(**ago)).isoformat(timespec="seconds")
        self.posts.append(Channel().says(len(self.posts) + 1, text, date=date))
        self.site.pages[PATH] = page(Channel().page(*self.posts))

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[None]:
        """The relay at work, once it has heard the channel, and told what there was to tell."""
        began = self.clock.now()
        async with self.town.at_work():
            await self.until(lambda one: one.answered_at is not None and one.answered_at > began)
            await self.town.calm()
            yield

    async def until(self, holds: Callable[[Health], bool]) -> None:
        """Something holds of what the database knows of the channel."""
        async with asyncio.timeout(10):
            while not holds(await self._health()):  # noqa: ASYNC110 - rows make no event
                await asyncio.sleep(0.01)

    async def _health(self) -> Health:
        assert self.town.relay is not None
        async with self.town.relay.database.read() as tx:
            return next(one for one in await sources.health(tx) if one.listing.id == ID)

    def told(self) -> str:
        """What the person who follows Kaluga was told by itself, after the first answer."""
        return "\n".join(self.town.texts(KALUGA)[1:])


@pytest.fixture
async def publisher(
    place: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Publisher]:
    """A person follows Kaluga; then the operator lists a governor's channel."""
    monkeypatch.setattr("bot.intake.listening.loop.NOTED_EVERY", 0.05)
    async with place.at_work():
        await place.says(KALUGA, "/subscribe Калуга")
    async with site() as web:
        entry = {"id": ID, "kind": "telegram", "name": "Губернатор", "address": web.url(PATH)}
        given = [{**entry, "regions": ["RU-KLU"], "language": "ru", "every": 1}]
        rules = Rules(KINDS, Catalog.load().regions)
        listed = listed_sources(Entries("source", Path("relay.toml"), given), rules)
        monkeypatch.setattr(towns, "sources", lambda: Sources(listed))
        yield Publisher(place, clock, web)


async def test_at_first_contact_old_danger_is_shown_to_who_asks_and_told_to_nobody(
    publisher: Publisher,
) -> None:
    publisher.posts_it(A_GREETING, hours=30)
    publisher.posts_it(KALUGA_FORTY, hours=5)
    publisher.posts_it(KALUGA_ALERT, hours=2)
    async with publisher.heard():
        assert publisher.told() == ""
        latest = (await publisher.town.says(KALUGA, "/latest")).text
    assert "40 беспилотников" in latest


async def test_what_a_source_publishes_after_the_start_is_news_at_once(
    publisher: Publisher,
) -> None:
    publisher.posts_it(KALUGA_FORTY, hours=5)
    async with publisher.heard():
        publisher.posts_it(FRESH)
        await publisher.town.until(lambda: "3 беспилотника" in publisher.told())
    assert "40" not in publisher.told()


async def test_after_a_long_outage_only_what_is_fresh_is_told(publisher: Publisher) -> None:
    publisher.posts_it(A_GREETING, hours=1)
    async with publisher.heard():
        pass
    publisher.clock.ahead += 5 * 3600
    publisher.posts_it(KALUGA_FORTY, hours=3)
    publisher.posts_it(FRESH, minutes=10)
    async with publisher.heard():
        assert "3 беспилотника" in publisher.told()
        assert "40" not in publisher.told()


async def test_after_a_short_stop_what_was_missed_is_told(publisher: Publisher) -> None:
    publisher.posts_it(A_GREETING, hours=1)
    async with publisher.heard():
        pass
    publisher.clock.ahead += 50 * 60
    publisher.posts_it(KALUGA_FORTY, minutes=45)
    async with publisher.heard():
        assert "40 беспилотников" in publisher.told()


async def test_a_restart_tells_nothing_twice(publisher: Publisher) -> None:
    publisher.posts_it(FRESH, minutes=5)
    for _ in range(2):
        async with publisher.heard():
            pass
    assert publisher.told().count("3 беспилотника") == 1


@pytest.mark.allowed_logs
async def test_admins_read_that_a_channel_is_no_more(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.listening.loop.WATCHED_EVERY", 0.05)
    publisher.site.pages[PATH] = status(410)
    async with publisher.town.at_work():
        await publisher.town.says(ADMIN, "/start")
        await publisher.town.until(lambda: "Источник не слышен" in publisher.town.texts(ADMIN)[-1])
    assert "адреса больше нет" in publisher.town.texts(ADMIN)[-1]


async def test_after_an_outage_the_end_of_what_people_were_told_of_is_told(
    publisher: Publisher,
) -> None:
    publisher.posts_it(A_GREETING, hours=1)
    async with publisher.heard():
        publisher.posts_it(KALUGA_ALERT)
        await publisher.town.until(lambda: "опасность" in publisher.told())
    publisher.clock.ahead += 10 * 3600
    publisher.posts_it(KALUGA_ALL_CLEAR, hours=8)
    async with publisher.heard():
        assert "отбой" in publisher.told()


async def test_at_first_contact_the_old_end_of_what_nobody_heard_of_is_no_news(
    publisher: Publisher,
) -> None:
    publisher.posts_it(KALUGA_ALERT, hours=4)
    publisher.posts_it(KALUGA_ALL_CLEAR, hours=3)
    async with publisher.heard():
        assert publisher.told() == ""
