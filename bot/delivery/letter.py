"""What a claimed delivery says: a new message, an edit, a reply, or nothing any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.model import BulletinClass
from storage.bulletins import PRIORITIES

if TYPE_CHECKING:
    from storage.outbox import Claimed

SILENT = frozenset({BulletinClass.NEWS, BulletinClass.DIGEST})
"""What comes without a sound."""


Keyboard = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of buttons: what each says, and its callback data."""


@dataclass(frozen=True, slots=True)
class Letter:
    """HTML for one chat. `edits` and `replies_to` are ids of messages there."""

    html: str
    edits: int | None = None
    replies_to: int | None = None
    silent: bool = False
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class Needless:
    """Nothing is to be sent, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to one chat, and the deliveries that it makes; the first stands for all.

    Those that were `overtaken` it makes needless: later ones in it tell more.
    """

    letter: Letter
    claimed: tuple[Claimed, ...]
    overtaken: tuple[Claimed, ...] = ()
    tells: BulletinClass | None = None
    """The class of what it tells, where that was found anew."""

    @property
    def everything(self) -> tuple[Claimed, ...]:
        """All that depends on it."""
        return self.claimed + self.overtaken

    @property
    def ids(self) -> list[int]:
        """The numbers of all of these."""
        return [one.id for one in self.everything]

    @property
    def chat_id(self) -> int:
        """Telegram's id of the chat."""
        return self.claimed[0].chat_id

    @property
    def thread_id(self) -> int:
        """The topic; 0: none."""
        return self.claimed[0].thread_id

    @property
    def priority(self) -> int:
        """Not that of its deliveries where it tells less: history does not go before danger."""
        theirs = self.claimed[0].priority
        return theirs if self.tells is None else max(theirs, PRIORITIES.index(self.tells))

    @property
    def tells_less(self) -> bool:
        """Whether one of its deliveries would be claimed before its turn."""
        return any(one.priority < self.priority for one in self.everything)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The lowest goes first: danger before news, earlier before later."""
        lead = self.claimed[0]
        return self.priority, lead.bulletin_id, lead.id
