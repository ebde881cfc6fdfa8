"""Sources that publish a feed: RSS, Atom or JSON Feed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field

from bot.clocks import utc_now
from bot.intake.feed.memory import Memory
from bot.intake.feed.wordings import STEADY
from bot.intake.polled import Found, PolledEntry, Unheard, Why, is_long
from bot.intake.web.urls import shown
from reports.ahead import is_ahead
from reports.formats.feed import Feed, NotAFeed, feed_of_page, parse_feed
from reports.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.intake.feed.memory import Told
    from bot.intake.polled import Page, Polls, State, Web
    from reports.model import Source

ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9,"
    " application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
LARGEST = 24 * 1024 * 1024
"""Bytes of one feed, unpacked: some publish all that they ever said, in 50,000 entries."""

NOTED = timedelta(minutes=15)
"""How often it is written down that a feed is still heard: not each time, for that costs."""

Clock = Callable[[], datetime]


class FeedEntry(PolledEntry):
    """A feed, by its address. How often it is asked is the operator's to say, not the feed's."""

    mends: ClassVar[Mapping[str, str]] = {
        **PolledEntry.mends,
        "every": "after how many seconds it is asked again, at least 10, like 60",
    }

    kind: Literal["feed"]
    every: int = Field(default=60, ge=10, le=86_400)

    def polls(self) -> Polls:
        """How it is asked."""
        return FeedPolls(self.address, self.source, every=self.every)


@dataclass(frozen=True, slots=True)
class FeedPolls:
    """Asks a feed. What it keeps of one: `etag`, `modified`, `body` (a digest), `notes`, `turn`
    (a count), and `known` (see Memory), each as of the last answer that was a feed; and `heard`,
    when that or one that nothing has changed was, in steps of NOTED.
    """

    address: str
    source: Source
    clock: Clock = utc_now
    every: int = 60

    async def poll(self, web: Web, state: State) -> Found:
        """Its entries, oldest first. Raises Unheard."""
        headers = {"Accept": ACCEPTED, **self._conditions(state)}
        page = await web.get(self.address, headers, largest=LARGEST)
        digest = hashlib.sha256(page.body).hexdigest()[:32]
        if page.status == HTTPStatus.NOT_MODIFIED or digest == state.get("body"):
            kept = state if self._is_noted(state) else {**state, "heard": self._now}
            return Found((), kept, moved_to=page.moved_to, notes=tuple(state.get("notes", ())))
        feed = await asyncio.to_thread(_parsed, page)
        return self._found(feed, page, state, digest)

    def _found(self, feed: Feed, page: Page, state: State, digest: str) -> Found:
        turn = int(state.get("turn", 0)) + 1
        salt = f"{turn} {state.get('body', '')}"
        memory = Memory.of(state.get("known", ()), salt, first=self._is_caught_up_with(state))
        memory.steady = STEADY * self.every
        now = self.clock()
        notes = tuple(_notes(feed, memory, now))
        # An empty feed says nothing of what it held: nothing is forgotten for it.
        told = memory.told(feed, now) if feed.entries else []
        told.reverse()  # most feeds have the newest first, and of one moment keep that order
        told.sort(key=lambda one: one.published)
        kept: dict[str, Any] = {"of": self._of, "notes": list(notes), "turn": turn}
        kept["heard"] = state["heard"] if self._is_noted(state) else self._now
        kept["known"] = memory.kept()
        if not memory.waits:  # else what is there now is to be looked at again
            kept |= {"body": digest, **_versions(feed, page)}
        return Found(tuple(map(self._report, told)), kept, moved_to=page.moved_to, notes=notes)

    def _report(self, told: Told) -> Report:
        entry = told.entry
        # Many feeds name the language of the program that writes them: the operator knows better.
        lang = self.source.language or entry.lang
        return Report(told.id, self.source, told.published, entry.text, lang, entry.link)

    def _conditions(self, state: State) -> dict[str, str]:
        if state.get("of") != self._of:
            return {}
        names = (("etag", "If-None-Match"), ("modified", "If-Modified-Since"))
        return {header: state[name] for name, header in names if name in state}

    @property
    def _now(self) -> int:
        return int(self.clock().timestamp())

    def _is_noted(self, state: State) -> bool:
        """Whether that it is heard now need not be written down."""
        return 0 <= self._now - int(state.get("heard", 0)) < NOTED.total_seconds()

    def _is_caught_up_with(self, state: State) -> bool:
        """Whether nobody knows how old an entry is that is first seen now and bears no date."""
        since = timedelta(seconds=self._now - state.get("heard", 0))
        return state.get("of") != self._of or is_long(since, self.every)

    @property
    def _of(self) -> str:
        """Which address the state is of, without what may be secret in it."""
        return hashlib.sha256(self.address.encode()).hexdigest()[:16]


def _parsed(page: Page) -> Feed:
    content_type = page.headers.get("content-type", "")
    try:
        return parse_feed(page.body, content_type, _base(page.url))
    except NotAFeed as error:
        named = feed_of_page(page.body, content_type, _base(page.url))
        hint = f" It names this feed: {shown(named)}" if named else ""
        raise Unheard(Why.MALFORMED, f"{error}{hint}", address=named) from None


def _versions(feed: Feed, page: Page) -> dict[str, str]:
    """What the server can be asked with whether anything has changed. Of what broke off it would
    say that it has not.
    """
    names = (("etag", "etag"), ("modified", "last-modified"))
    found = {name: page.headers.get(header, "") for name, header in names if feed.whole}
    return {name: value for name, value in found.items() if value}


def _base(address: str) -> str:
    """Where relative links start from: a key behind the question mark is nobody else's."""
    return urlsplit(address)._replace(query="", fragment="").geturl()


def _notes(feed: Feed, memory: Memory, now: datetime) -> Iterator[str]:
    yield from feed.notes
    if memory.known and not feed.entries:
        yield "The feed is empty, and was not before."
    dates = [one.published for one in feed.entries]
    if undated := dates.count(None):
        yield f"{undated} entries have no date that can be used."
    if any(is_ahead(date, now) for date in dates if date):
        yield "It gives times that are still to come: that of first sight is taken."
