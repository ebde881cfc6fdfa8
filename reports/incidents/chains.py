"""CAP messages that refer to each other: which of them still count.

References are followed as far as they lead among the messages that are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reports.model import MessageType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    Links = Mapping[str, frozenset[str]]
    """From a message to others."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is known of one. `understood`: it was read as incidents, so it says what holds now."""

    type: MessageType
    references: frozenset[str] = frozenset()
    understood: bool = True
    expires: datetime | None = None


@dataclass(frozen=True)
class Chain:
    """Messages of one source by their identities."""

    messages: Mapping[str, Message]

    def earlier(self, references: Iterable[str]) -> frozenset[str]:
        """Those of the references that are known, and what they in their turn replaced."""
        return _reached(references, self._replaced) & self.messages.keys()

    def superseded(self, identity: str) -> bool:
        """Whether a later message says what holds instead. An unclear one does not."""
        return identity in self._superseded

    def cancelled(self, identity: str) -> bool:
        """Whether the newest of it was cancelled; of several that replace it, all."""
        return identity in self._cancelled

    def cancels(self, identity: str) -> frozenset[str]:
        """The messages that cancel the newest of it."""
        newest = _reached([identity], self._updates) - self._updates.keys()
        return frozenset[str]().union(*(self._cancels.get(one, ()) for one in newest))

    @cached_property
    def _superseded(self) -> frozenset[str]:
        said = [one for one in self._replaced if self.messages[one].understood]
        return _reached([old for one in said for old in self._replaced[one]], self._replaced)

    @cached_property
    def _cancelled(self) -> frozenset[str]:
        newest = (self.messages.keys() | self._cancels.keys()) - self._updates.keys()
        over = {one for one in newest if one in self._cancels}
        return _reached(over, self._replaced) - _reached(newest - over, self._replaced)

    @cached_property
    def _replaced(self) -> Links:
        """From each update to what it replaces."""
        return {name: m.references for name, m in self._of(MessageType.UPDATE)}

    @cached_property
    def _updates(self) -> Links:
        return _turned(self._of(MessageType.UPDATE))

    @cached_property
    def _cancels(self) -> Links:
        return _turned(self._of(MessageType.CANCEL))

    def _of(self, type_: MessageType) -> list[tuple[str, Message]]:
        return [(name, one) for name, one in self.messages.items() if one.type is type_]


def _turned(messages: Iterable[tuple[str, Message]]) -> Links:
    """From what is referred to, to what refers to it."""
    turned: dict[str, frozenset[str]] = {}
    for name, message in messages:
        for one in message.references:
            turned[one] = turned.get(one, frozenset()) | {name}
    return turned


def _reached(start: Iterable[str], links: Links) -> frozenset[str]:
    """These and all that the links lead to, also where they lead in a circle."""
    reached = set(start)
    waiting = list(reached)
    while waiting:
        new = links.get(waiting.pop(), frozenset()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)
