"""When the next request may leave, by Telegram's limits.

Telegram's FAQ: 30 messages a second overall, one a second to a private chat, 20 a minute to a
group or channel (whose ids are negative). Pure arithmetic: seconds of any steady clock go in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PRIVATE_GAP = 1.0
GROUP_GAP = 3.0
"""Seconds between two messages of a broadcast to one chat."""
FORGET_AT = 10_000
"""Chats remembered at most before those that are free again are dropped."""


@dataclass(slots=True)
class Pace:
    """An overall budget without a burst at the start, a gap per chat, and holds.

    Moments are at least 1/`per_second` apart, so that no sliding second holds more.
    """

    per_second: float
    private_gap: float = PRIVATE_GAP
    group_gap: float = GROUP_GAP
    _next: float = 0.0
    _gaps: dict[int, float] = field(default_factory=dict)
    _holds: dict[int, float] = field(default_factory=dict)

    def held_until(self, chat_id: int) -> float:
        """The end of Telegram's own hold on this chat."""
        return self._holds.get(chat_id, 0.0)

    def chat_free_at(self, chat_id: int) -> float:
        """The earliest moment for a broadcast's message to this chat, others aside. Answers
        to a person need not wait for it: Telegram lets short bursts into one chat pass.
        """
        return max(self._gaps.get(chat_id, 0.0), self.held_until(chat_id))

    def take(self, chat_id: int, now: float) -> float:
        """Book the next moment of the overall budget for this chat, and say when it is."""
        at = max(now, self._next)
        self._next = at + 1 / self.per_second
        self._gaps[chat_id] = at + (self.private_gap if chat_id > 0 else self.group_gap)
        if len(self._gaps) > FORGET_AT:
            self._forget(now)
        return at

    def hold(self, chat_id: int, until: float) -> None:
        """Nothing to this chat before `until`."""
        self._holds[chat_id] = max(self.held_until(chat_id), until)

    def hold_all(self, until: float) -> None:
        """Nothing to anyone before `until`."""
        self._next = max(self._next, until)

    def _forget(self, now: float) -> None:
        self._gaps = {chat: free for chat, free in self._gaps.items() if free > now}
        self._holds = {chat: free for chat, free in self._holds.items() if free > now}
