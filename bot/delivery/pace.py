"""When the next request may leave, by Telegram's limits.

Telegram's FAQ: 30 messages a second overall, one a second to a private chat, 20 a minute to a
group or channel (whose ids are negative). Pure arithmetic: seconds of any steady clock go in.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

PRIVATE_GAP = 1.0
GROUP_GAP = 3.05
"""Seconds between two messages of a broadcast to one chat."""
CATCHING_UP = 0.9
"""How much closer than the budget's own gap two requests may leave, when one left late."""
FORGET_AT = 10_000
"""Chats remembered at most before those that are free again are dropped."""


@dataclass(slots=True)
class Pace:
    """An overall budget without a burst at the start, a gap per chat, and holds.

    A request books a moment (`take`), waits for it, and then asks whether it may `leave`: only
    what really left counts, so that a program that stood still for a while makes no burst.
    """

    per_second: float
    private_gap: float = PRIVATE_GAP
    group_gap: float = GROUP_GAP
    _next: float = 0.0
    _all_held: float = 0.0
    _gaps: dict[int, float] = field(default_factory=dict)
    _holds: dict[int, float] = field(default_factory=dict)
    _left: deque[float] = field(default_factory=deque)

    def held_until(self, chat_id: int) -> float:
        """The end of Telegram's own hold on this chat, or on everyone."""
        return max(self._holds.get(chat_id, 0.0), self._all_held)

    @property
    def all_held_until(self) -> float:
        """The end of Telegram's hold on everyone."""
        return self._all_held

    def chat_free_at(self, chat_id: int) -> float:
        """The earliest moment for a broadcast's message to this chat, others aside. Answers
        to a person need not wait for it: Telegram lets short bursts into one chat pass.
        """
        return max(self._gaps.get(chat_id, 0.0), self.held_until(chat_id))

    def take(self, chat_id: int, now: float) -> float:
        """Book the next moment of the overall budget for this chat, and say when it is."""
        at = max(now, self._next, self._all_held)
        self._next = at + 1 / self.per_second
        self._gaps[chat_id] = at + (self.private_gap if chat_id > 0 else self.group_gap)
        if len(self._gaps) > FORGET_AT:
            self._forget(now)
        return at

    def leave(self, chat_id: int, now: float) -> float:
        """0, and the request leaves; or the seconds for which it must still wait."""
        wait = max(self.held_until(chat_id), self._room_at()) - now
        if wait > 0:
            return wait
        self._left.append(now)
        if len(self._left) > self._at_most:
            self._left.popleft()
        return 0.0

    def hold(self, chat_id: int, until: float) -> None:
        """Nothing to this chat before `until`."""
        self._holds[chat_id] = max(self._holds.get(chat_id, 0.0), until)

    def hold_all(self, until: float) -> None:
        """Nothing to anyone before `until`."""
        self._all_held = max(self._all_held, until)

    @property
    def _at_most(self) -> int:
        """Requests in any sliding second."""
        return max(1, int(self.per_second))

    def _room_at(self) -> float:
        if not self._left:
            return 0.0
        close = self._left[-1] + CATCHING_UP / self.per_second
        full = len(self._left) >= self._at_most
        return max(close, self._left[0] + 1.0) if full else close

    def _forget(self, now: float) -> None:
        self._gaps = {chat: free for chat, free in self._gaps.items() if free > now}
        self._holds = {chat: free for chat, free in self._holds.items() if free > now}
