"""The bot's queue of updates: kept until confirmed, filtered by what the bot asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
AT_MOST = 100


@dataclass(slots=True)
class Updates:
    """Updates in order. `turn` counts polls: a newer one ends the one that waits."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    next_id: int = 1
    allowed: list[str] | None = None
    turn: int = 0
    wake: list[Callable[[], None]] = field(default_factory=list)

    def put(self, kind: str, payload: dict[str, Any]) -> None:
        """Queues an update, unless the bot does not want that kind."""
        if not self._wanted(kind):
            return
        self.waiting.append({"update_id": self.next_id, kind: payload})
        self.next_id += 1
        self.ring()

    def take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """The updates from `offset` on; everything before it is confirmed and forgotten.

        A negative offset keeps that many from the end.
        """
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset > 0:
            self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        return self.waiting[: min(max(limit, 1), AT_MOST)]

    def begin(self) -> int:
        """Starts a poll; the one that waits is ended."""
        self.turn += 1
        self.ring()
        return self.turn

    def ring(self) -> None:
        """Wakes whoever waits."""
        for wake in list(self.wake):
            wake()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED
