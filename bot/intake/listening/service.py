"""All that listening to sources consists of, made once and put together."""

from __future__ import annotations

from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.intake.listening.asking import Asking
from bot.intake.listening.deafness import Deafness
from bot.intake.listening.heeded import heeded, listing
from bot.intake.listening.loop import Listening
from bot.intake.web.fetcher import Equipment, PoliteWeb
from storage import sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection
    from contextlib import AbstractAsyncContextManager

    from bot.clocks import Clocks
    from bot.http.metrics import Metrics
    from bot.intake.listening.asking import TakesIn
    from bot.intake.listening.heeded import Heeded
    from bot.intake.polled import Page, Web
    from bot.sources import Sources
    from handlers.hearing import Hearing
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class IntakeService:
    """Asks the listed sources that have to be asked; all are watched for silence."""

    listed: Sources
    database: Database
    clocks: Clocks
    metrics: Metrics
    hearing: Hearing

    async def begin(self) -> None:
        """These are the sources from now on, for whoever asks how they are."""
        async with self.database.write() as tx:
            await sources.enlist(tx, [listing(one) for one in self.listed], self.clocks.now())

    @asynccontextmanager
    async def at_work(self, take_in: TakesIn, proxy: str | None) -> AsyncIterator[Listening]:
        """Listen while the context lasts. `proxy` leads to Telegram, where there is one."""
        asked = {one.id: one for one in heeded(self.listed)}
        async with _web(asked.values(), proxy) as web:
            asking = Asking(self.database, web, take_in, self.clocks, self.metrics, self.hearing)
            deafness = Deafness(self.database, self.clocks, self.metrics, self.hearing)
            listening = Listening(asking, self.clocks, asked, deafness.look)
            async with listening.at_work():
                yield listening


class _Nowhere:
    """Where nobody is asked there is no need to read in whom this machine trusts."""

    async def get(self, url: str, *_more: object, **_how: object) -> Page:
        """Never called."""
        raise AssertionError(url)


def _web(asked: Collection[Heeded], proxy: str | None) -> AbstractAsyncContextManager[Web]:
    if not asked:
        return nullcontext(_Nowhere())
    gaps = {one.entry.host: one.entry.gap for one in asked}
    return PoliteWeb(gaps, Equipment(proxy=proxy))
