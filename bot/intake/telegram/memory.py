"""What is remembered of a channel from one poll to the next."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.intake.polled import State
    from reports.formats.telegram_page import ChannelPage, Post

REMEMBERED = 500
"""Posts whose absence would be noticed: the newest."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Posts that were read, oldest first, and between which numbers all there are were shown."""

    posts: tuple[Post, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it stands in the source's state."""

    peer: int | None = None
    """Telegram's own number of the channel."""
    title: str = ""
    last: int = 0
    """The newest post up to which everything was read."""
    newest: str = ""
    """The digest of the newest page."""
    reread: datetime | None = None
    """When the posts of the last day were last read again."""
    there: frozenset[int] = frozenset()
    """Posts with a text that were shown."""
    missed: frozenset[int] = frozenset()
    """Those of them that were not, when it was last looked."""
    shown: int = 0
    """The newest post that was ever shown; what stands before it and is met only now is late."""

    @classmethod
    def of(cls, state: State) -> Memory:
        """What `state` holds; nothing at first contact, or where another kind wrote it."""
        if not state.keys() >= {one.name for one in fields(cls)} - {"shown"}:
            return cls()
        reread = state["reread"]
        return cls(
            peer=state["peer"],
            title=state["title"],
            last=state["last"],
            newest=state["newest"],
            reread=datetime.fromisoformat(reread) if reread else None,
            there=frozenset(state["there"]),
            missed=frozenset(state["missed"]),
            shown=state.get("shown", state["last"]),
        )

    @property
    def state(self) -> State:
        """As JSON."""
        return asdict(self) | {
            "reread": self.reread.isoformat() if self.reread else None,
            "there": sorted(self.there),
            "missed": sorted(self.missed),
        }

    def is_anothers(self, page: ChannelPage) -> bool:
        """Whether the name has passed to another channel."""
        if self.peer is not None and page.peer is not None:
            return page.peer != self.peer
        # Without Telegram's number: another title, and the posts are counted anew.
        renamed = bool(self.title) and page.title != self.title
        return renamed and bool(page.posts) and page.posts[-1].id < self.last

    def met(self, page: ChannelPage) -> Memory:
        """With who it is."""
        peer = self.peer if page.peer is None else page.peer
        return replace(self, peer=peer, title=page.title or self.title)

    def looked(self, stretches: Iterable[Stretch]) -> tuple[Memory, tuple[int, ...]]:
        """With what is there and what is not, and what is gone: missed twice in a row."""
        there, missed, gone = set(self.there), set(self.missed), set[int]()
        for stretch in stretches:
            shown = {post.id for post in stretch.posts}
            shown.update(number for post in stretch.posts for number in post.also)
            absent = {number for number in there if stretch.first <= number <= stretch.last}
            absent -= shown
            gone |= absent & missed
            missed = (missed - shown) | absent
            there |= {post.id for post in stretch.posts if post.text}
        there -= gone
        kept = frozenset(sorted(there)[-REMEMBERED:])
        return replace(self, there=kept, missed=(frozenset(missed) - gone) & kept), tuple(
            sorted(gone)
        )


def digest(page: ChannelPage) -> str:
    """Of what the posts say. The bytes differ at each fetch: views, signatures, the time taken."""
    said = [[post.id, str(post.published), post.text, post.first_said] for post in page.posts]
    return hashlib.sha256(json.dumps([page.title, said]).encode()).hexdigest()[:32]
