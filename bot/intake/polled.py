"""What every kind of source that is asked has in common, and what asking one comes to."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

from pydantic import Field, field_validator

from bot.intake.web.urls import host_of, name_of
from bot.sources import Entry
from bot.trouble import Trouble

if TYPE_CHECKING:
    from reports.model import Report

State: TypeAlias = Mapping[str, Any]
"""What a kind remembers of a source from one poll to the next, as JSON; empty at first contact."""

LARGEST = 8 * 1024 * 1024
"""Bytes of one document, unpacked."""


LONG = timedelta(hours=1)
"""Who was not heard for so long is caught up with: what it published meanwhile is no news."""


def is_long(since: timedelta, every: int) -> bool:
    """Whether who was heard so long ago, and is asked every so many seconds, was not for long."""
    return since > max(LONG, timedelta(seconds=2 * every))


class Why(StrEnum):
    """Why a source is not heard. What is told of each stands in the catalogs."""

    UNREACHABLE = "unreachable"
    """No connection, no TLS, or it broke off."""
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    """4xx: it answers, but not us."""
    GONE = "gone"
    """410."""
    TOO_MANY = "too_many"
    """429: asked too often."""
    SERVER = "server"
    """5xx."""
    REDIRECTED = "redirected"
    """In a circle, too often, or to where it may not lead."""
    NO_PREVIEW = "no_preview"
    """Telegram: preview off, a group, or nobody of that name."""
    LAYOUT = "layout"
    """It no longer looks as it did: posts may be there and not be seen."""
    BLOCKED = "blocked"
    """A page that asks whether we are a person, and the like."""
    MALFORMED = "malformed"
    """Not what this kind of source gives, or broken."""


class Unheard(Trouble):
    """A source could not be heard. The message is a sentence for the log and the operator, and
    names no secret; `retry_after` is in seconds, where the server says. `address` is one that the
    sentence names, as a whole: for whoever asked at a terminal, and for no log.
    """

    def __init__(
        self,
        why: Why,
        sentence: str,
        retry_after: float | None = None,
        *,
        address: str | None = None,
    ) -> None:
        super().__init__(sentence)
        self.why = why
        self.retry_after = retry_after
        self.address = address


@dataclass(frozen=True, slots=True)
class Page:
    """An answer. `headers` have small letters; `body` is unpacked."""

    url: str
    """Where it was found in the end."""
    status: int
    """200, 304, or a redirect that was not to be followed."""
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    moved_to: str | None = None
    """The new address, where every redirect on the way was a permanent one."""


class Web(Protocol):
    """Fetches pages: politely, within limits, never from where a source may not lead us."""

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        redirects: bool = True,
        largest: int = LARGEST,
    ) -> Page:
        """One page. Without `redirects` one that leads elsewhere is returned as it is.

        Raises Unheard for everything but 200, 203, 304, and such a redirect.
        """


@dataclass(frozen=True, slots=True)
class Found:
    """What one poll came to. `reports` are the source's own, oldest first; the same report again
    costs little, so all that was seen may be given. `gone` are the ids of posts that vanished,
    where that is proved. `state` is kept for the next poll once the reports are.
    """

    reports: tuple[Report, ...]
    state: State
    gone: tuple[str, ...] = ()
    moved_to: str | None = None
    """Where the source says that it lives now."""
    notes: tuple[str, ...] = ()
    """What could not be used, each in a sentence; the rest was."""
    late: frozenset[str] = frozenset()
    """The ids of reports that came out before others which were found earlier: where they were
    not met before, they are old news, as those of first contact are.
    """


class Polls(Protocol):
    """Asks one source."""

    async def poll(self, web: Web, state: State) -> Found:
        """What it has published. Raises Unheard."""


class PolledEntry(Entry):
    """A source that is asked again and again."""

    mends: ClassVar[Mapping[str, str]] = {
        **Entry.mends,
        "address": "the address of what it publishes, like https://example.org/feed.xml",
        "every": "after how many seconds it is asked again, like 60",
    }

    address: str = Field(min_length=1, max_length=2000)
    every: int = Field(default=60, ge=1, le=86_400)

    @field_validator("address")
    @classmethod
    def _where_it_is_asked(cls, address: str) -> str:
        """A web address; a kind may understand other words."""
        host_of(address.strip())
        return address.strip()

    @property
    def host(self) -> str:
        """Where it is asked, as `host:port`."""
        return host_of(self.address)

    @property
    def server(self) -> str:
        """Who is asked, whatever the port: one request at a time goes there."""
        return name_of(self.host)

    @property
    def gap(self) -> tuple[float, float]:
        """Seconds to leave between two requests to its host: at least, at most."""
        return 0.5, 1.5

    @abstractmethod
    def polls(self) -> Polls:
        """How it is asked."""
