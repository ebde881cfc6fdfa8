"""Asking a public Telegram channel what it has published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.clocks import utc_now
from bot.intake.polled import Found, Unheard, Why
from bot.intake.telegram.memory import Memory, digest
from bot.intake.telegram.walk import Goal, Walk
from bot.intake.web.urls import TELEGRAM, shown
from reports.formats.telegram_page import LARGEST, Flaw, MalformedPage, parse_page
from reports.model import Report, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.intake.polled import Page, State, Web
    from bot.intake.telegram.address import Address
    from reports.formats.telegram_page import ChannelPage, Post

DAY = timedelta(days=1)
REREAD = timedelta(minutes=10)
"""How often the posts of the last day are read again: they may have been edited."""
FIRST_PAGES, MOST_PAGES = 5, 20

_WHY = {
    Flaw.LAYOUT: Why.LAYOUT,
    Flaw.BLOCKED: Why.BLOCKED,
    Flaw.NO_PREVIEW: Why.NO_PREVIEW,
    Flaw.BROKEN: Why.MALFORMED,
}


@dataclass(frozen=True, slots=True)
class ChannelPolls:
    """`bot.intake.polled.Polls` of one channel. The newest page is read at each poll, those before
    it back to the last post that is known, and every ten minutes all of the last day.
    """

    address: Address
    source: Source
    now: Callable[[], datetime] = utc_now

    async def poll(self, web: Web, state: State) -> Found:
        """What the channel shows. Raises Unheard, also where another channel has its name."""
        memory, now = Memory.of(state), self.now()
        newest = await self._page(web, None, memory)
        known = digest(newest)
        due = _is_due(memory.reread, now, news=known != memory.newest)
        if known == memory.newest and not due:
            return self._unchanged(newest, memory)
        goal = _goal(memory, now, due=due)
        met, walk = memory.met(newest), Walk()
        await walk.back(newest, goal, lambda before: self._page(web, before, met))
        seen, gone = met.looked(walk.stretches)
        if due and (walk.whole or memory.last):
            seen = replace(seen, reread=now)
        seen = replace(seen, shown=max([memory.shown, *(post.id for post in newest.posts)]))
        if walk.whole:
            last = max([memory.last, *(post.id for post in newest.posts)])
            seen = replace(seen, newest=known, last=last)
        reports = tuple(self._reports(walk.posts, newest.name))
        late = frozenset(str(post.id) for post in walk.posts if post.id <= memory.shown)
        notes = tuple(dict.fromkeys(walk.notes))
        return Found(reports, seen.state, _ids(gone), notes=notes, late=late)

    def _unchanged(self, newest: ChannelPage, memory: Memory) -> Found:
        """Nothing new to say; but what was missing once is missing again."""
        walk = Walk()
        walk.take(newest, None)
        seen, gone = memory.looked(walk.stretches)
        return Found((), seen.state, _ids(gone))

    async def _page(self, web: Web, before: int | None, memory: Memory) -> ChannelPage:
        url = self.address.before(before)
        answer = await web.get(url, redirects=False, largest=LARGEST)
        if 300 <= answer.status < 400:
            raise self._led_away(answer)
        try:
            page = parse_page(answer.body)
        except MalformedPage as error:
            raise Unheard(_WHY[error.flaw], f"{self.address.shown}: {error}") from None
        if memory.is_anothers(page):
            raise Unheard(
                Why.LAYOUT,
                f"{self.address.shown}: another channel has this name now. Check whose it is; if "
                "it is the right one, list it as a source with an id of its own.",
            )
        return page

    def _led_away(self, answer: Page) -> Unheard:
        """Telegram leads from the posts to the mere name where it does not show any."""
        here = urlsplit(self.address.url)
        try:
            to = urljoin(self.address.url, answer.headers.get("location", ""))
            there = urlsplit(to)
        except ValueError:
            return Unheard(Why.REDIRECTED, f"{self.address.shown} leads to an unreadable address.")
        named = there.path.strip("/").lower() == self.address.name.lower()
        if named and there.hostname in {here.hostname, *TELEGRAM}:
            return Unheard(
                Why.NO_PREVIEW,
                f"{self.address.shown} shows no posts: its preview is off, it is a group, or "
                "nobody has that name.",
            )
        return Unheard(Why.REDIRECTED, f"{self.address.shown} leads elsewhere: {shown(to)}.")

    def _reports(self, posts: list[Post], shown_as: str) -> list[Report]:
        """Those that say something, oldest first."""
        name = self.address.name if self.address.is_telegrams else shown_as
        return [
            Report(
                id=str(post.id),
                source=self.source,
                published=post.published,
                text=post.text,
                lang=self.source.language,
                url=f"https://t.me/{name}/{post.id}" if name else None,
                first_said=post.first_said,
            )
            for post in reversed(posts)
            if post.text and post.published is not None
        ]


def _is_due(reread: datetime | None, now: datetime, *, news: bool) -> bool:
    """Whether the posts of the last day are to be read again. That takes up to minutes, for which
    what is new would wait: so it comes at the next poll, unless news follows news.
    """
    pause = 2 * REREAD if news else REREAD
    return reread is None or not timedelta(0) <= now - reread < pause


def _goal(memory: Memory, now: datetime, *, due: bool) -> Goal:
    pages = MOST_PAGES if memory.last else FIRST_PAGES
    return Goal(memory.last, now - DAY if due else None, pages)


def _ids(numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(str(number) for number in numbers)
