"""What every feed comes to, in whichever format it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class NotAFeed(ValueError):  # noqa: N818 - named as the sentence it is
    """What came in is no feed that can be read; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where an entry leads. `type` is a media type in small letters, or empty."""

    address: str
    """An absolute http or https address."""
    type: str = ""
    rel: str = "alternate"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `title` and `body` are plain text with line breaks and never markup."""

    guid: str | None
    """The publisher's own name for it: RSS guid, Atom id, JSON Feed id, as given."""
    link: str | None
    """The page it stands on: an absolute http or https address."""
    title: str
    body: str
    """The fullest of what the entry holds: its content or its summary."""
    published: datetime | None
    """With an offset. None where no usable date is given; a day without a time is none."""
    updated: datetime | None = None
    """When it was last changed, as the feed says."""
    lang: str | None = None
    links: tuple[Link, ...] = ()
    """All of its links, in order: a CAP message is one of type `application/cap+xml`."""

    @property
    def text(self) -> str:
        """The statement: the title as the first line, unless the body begins with it."""
        if not self.title or not self.body:
            return self.title or self.body
        return self.body if _begins(self.body, self.title) else f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as published. `entries` stand in its own order."""

    title: str
    entries: tuple[Entry, ...]
    link: str | None = None
    """The page that the feed is of."""
    notes: tuple[str, ...] = ()
    """What could not be used, or was read with a doubt, each in a sentence."""
    whole: bool = True
    """Whether the document is sound: one that broke off on the way says nothing of the rest."""


def _begins(body: str, title: str) -> bool:
    """Whether the title says nothing that the body does not: also one that was cut short."""
    given = " ".join(title.split())
    start, said = given.rstrip(".… ").casefold(), " ".join(body.split()).casefold()
    if not start or not said.startswith(start):
        return False
    # "4" is not where "40" begins, unless somebody says that the rest was cut off.
    return given.endswith(("...", "…")) or not said[len(start) : len(start) + 1].isalnum()
