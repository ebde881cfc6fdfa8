"""A web that has one channel: what its pages show follows from what was posted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from bot.intake.polled import LARGEST, Found, Page, State
from bot.intake.telegram.address import Address
from bot.intake.telegram.polls import ChannelPolls
from reports.model import Source
from tests.telegram_pages import Channel, document

SOURCE = Source("Sample: a governor", "governor", "kaluga-governor", ("RU-KLU",), "ru")
BEGIN = datetime(2026, 3, 5, 12, tzinfo=UTC)
Answer = Callable[[int | None], bytes | Page | Exception]


@dataclass
class ChannelSite:
    """Serves `a_page` posts at a time. `answers` may say something else to a request, by its
    `before`; `asked` are these, in order.
    """

    channel: Channel = field(default_factory=Channel)
    a_page: int = 5
    texts: dict[int, str] = field(default_factory=dict)
    dates: dict[int, datetime] = field(default_factory=dict)
    albums: set[int] = field(default_factory=set)
    answers: dict[int | None, bytes | Page | Exception] = field(default_factory=dict)
    asked: list[int | None] = field(default_factory=list)

    def post(self, number: int, text: str = "", *, at: datetime = BEGIN) -> None:
        self.texts[number] = text or f"Sample {number}"
        self.dates[number] = at

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        redirects: bool = True,
        largest: int = LARGEST,
    ) -> Page:
        assert not redirects
        assert (headers, largest < LARGEST) == (None, True)
        query = parse_qs(urlsplit(url).query)
        before = int(query["before"][0]) if query else None
        self.asked.append(before)
        answer = self.answers.get(before, b"") or self.page(before)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Page) else Page(url, 200, {}, answer)

    def page(self, before: int | None = None) -> bytes:
        """As the site would show it now."""
        older = [number for number in sorted(self.texts) if before is None or number < before]
        shown = older[-self.a_page :]
        cursor = shown[0] if len(older) > self.a_page else None
        return self.channel.page(*map(self._block, shown), before=cursor)

    def _block(self, number: int) -> str:
        date = self.dates[number].isoformat()
        if number in self.albums:
            body = document("album_with_a_text").replace("/20?", f"/{number}?")
            body = body.replace("/21?", f"/{number + 1}?").replace("/22?", f"/{number + 2}?")
            return self.channel.block(number, body, date=date)
        return self.channel.says(number, self.texts[number], date=date)


@dataclass
class Reader:
    """Polls the site, as the relay does: with what it remembers, at a time that the test sets."""

    site: ChannelSite
    state: State = field(default_factory=dict)
    at: datetime = BEGIN

    async def poll(self, *, after: timedelta = timedelta(minutes=1)) -> Found:
        self.at += after
        polls = ChannelPolls(Address.parse("@sample_governor"), SOURCE, lambda: self.at)
        found = await polls.poll(self.site, self.state)
        self.state = found.state
        return found

    async def numbers(self, *, after: timedelta = timedelta(minutes=1)) -> list[int]:
        """The numbers of the posts that a poll reports."""
        return [int(report.id) for report in (await self.poll(after=after)).reports]
