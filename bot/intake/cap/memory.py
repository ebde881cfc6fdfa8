"""What is remembered of an index of CAP files from one poll to the next."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.intake.cap.index import File
    from bot.intake.polled import Page, State

TRIES = 5
"""Polls at which a file that cannot be had is asked for."""

_OF = "of"
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
"""What a server says of a page, and how it is asked whether that still holds."""


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it stands in the source's state. Files are known by digests: an address may hold a
    secret.
    """

    page: Mapping[str, str] = field(default_factory=dict)
    """What the server said of the index, where all that it leads to was read."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The files that were read, with what the index said of when they last changed."""
    missed: Mapping[str, int] = field(default_factory=dict)
    """How often each of the others could not be had."""

    @classmethod
    def of(cls, state: State) -> Memory:
        """What `state` holds; nothing at first contact, or where another kind wrote it."""
        if not state.keys() >= {"page", "files", "missed"}:
            return cls()
        return cls(state["page"], state["files"], state["missed"])

    def at(self, address: str) -> Memory:
        """What of it holds at this address: what a server said of another page says nothing."""
        return self if self.page.get(_OF) == _digest(address) else replace(self, page={})

    @property
    def state(self) -> State:
        """As JSON."""
        return asdict(self)

    @property
    def conditions(self) -> Mapping[str, str]:
        """The headers that ask for the index only if it has changed."""
        return {_CONDITIONS[name]: said for name, said in self.page.items() if name in _CONDITIONS}

    def knows(self, file: File) -> bool:
        """Whether this state of the file was read, or given up."""
        key = digest(file)
        given_up = self.missed.get(_attempt(file), 0) >= TRIES
        return self.files.get(key) == file.updated or given_up

    def after(self, listed: Iterable[File], read: Iterable[File], missed: Iterable[File]) -> Memory:
        """With what became of the files at a poll. What has left the index is forgotten."""
        listed = list(listed)
        files = {**self.files, **{digest(file): file.updated for file in read}}
        failures = dict(self.missed)
        for attempt in map(_attempt, missed):
            failures[attempt] = failures.get(attempt, 0) + 1
        for file in read:
            failures.pop(_attempt(file), None)
        here, awaited = set(map(digest, listed)), set(map(_attempt, listed))
        return Memory(
            files={key: updated for key, updated in files.items() if key in here},
            missed={key: number for key, number in failures.items() if key in awaited},
        )


def said_of(page: Page, address: str) -> Mapping[str, str]:
    """What the server said of a page by which it can be asked whether it has changed; and of
    which address that was.
    """
    said = {name: page.headers[name] for name in _CONDITIONS if name in page.headers}
    return {_OF: _digest(address), **said} if said else {}


def digest(file: File) -> str:
    """What a file is remembered by."""
    return _digest(file.url)


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _attempt(file: File) -> str:
    """What one state of it is remembered by: a file that changes is worth new tries."""
    return f"{digest(file)} {file.updated}"
