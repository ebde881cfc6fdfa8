"""When the next request may leave, by Telegram's limits.

Telegram's FAQ: 30 messages a second overall, 1,000 where the operator pays; about one a second
to a private chat, short bursts aside; 20 a minute to a group or channel (whose ids are
negative). Edits count like messages. Pure arithmetic: seconds of any steady clock go in.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

FREE, PAID = 30, 1000
"""Telegram's limits on messages a second."""
SPREAD, PAID_SPREAD = 1.084, 1.03
"""Seconds in which no more leave than Telegram takes in one: of two requests the first may be
under way for longer than the second, by 80 milliseconds and more. Among a thousand such
differences all but cancel out.
"""
CATCHING_UP = 0.02
"""Seconds by which a request may leave early, to make up for those that left late."""
PRIVATE_GAP, GROUP_GAP = 1.0, 1.0
"""Seconds between two messages of a broadcast to one chat."""
PRIVATE_BURST = (5, 5.0)
GROUP_BURST = (20, 60.5)
"""So many messages to one chat in any stretch of so many seconds, answers included."""
PRIVATE_ANSWERS = (4, 5.0)
GROUP_ANSWERS = (8, 60.5)
"""So many of them may be answers: who asks without end must not keep danger from a chat."""
FORGET_AT = 10_000
"""Chats remembered before those that are free again are dropped."""
FORGET_EVERY = 1.0
"""Seconds between two looks for such, for each goes through them all."""
UNPAID = 28.0
"""Messages a second where Telegram lets the bot not pay for more."""


@dataclass(slots=True)
class Window:
    """At most `most` in any stretch of `seconds`."""

    most: int
    seconds: float
    _at: deque[float] = field(default_factory=deque)

    def free_at(self) -> float:
        """When there is room for one more."""
        return self._at[0] + self.seconds if len(self._at) >= self.most else 0.0

    def add(self, now: float) -> None:
        """One more."""
        self._at.append(now)
        if len(self._at) > self.most:
            self._at.popleft()

    @property
    def last(self) -> float:
        """When the newest was added; before any, long ago."""
        return self._at[-1] if self._at else float("-inf")

    def empty_at(self) -> float:
        """When none of them counts any more."""
        return self.last + self.seconds


@dataclass(slots=True)
class Chat:
    """What one chat was sent lately."""

    all: Window
    answers: Window
    told: float = float("-inf")
    """When the last delivery left for it."""

    @classmethod
    def of(cls, chat_id: int) -> Chat:
        """One that was sent nothing."""
        if chat_id > 0:
            return cls(Window(*PRIVATE_BURST), Window(*PRIVATE_ANSWERS))
        return cls(Window(*GROUP_BURST), Window(*GROUP_ANSWERS))


@dataclass(slots=True)
class Pace:
    """An overall budget without a burst at the start, gaps and windows per chat, and holds.

    Only what really left counts, so that a program that stood still for a while makes no burst.
    """

    per_second: float
    private_gap: float = PRIVATE_GAP
    group_gap: float = GROUP_GAP
    _due: float = 0.0
    _all: Window = field(init=False)
    _all_held: float = 0.0
    _chats: dict[int, Chat] = field(default_factory=dict)
    _holds: dict[int, float] = field(default_factory=dict)
    _forgot: float = float("-inf")

    def __post_init__(self) -> None:
        if self.per_second <= FREE:
            self._all = Window(FREE, SPREAD)
        else:
            self._all = Window(max(PAID, int(self.per_second)), PAID_SPREAD)

    def free_at(self) -> float:
        """The earliest moment for a request to any chat that is free itself."""
        return max(self._due - CATCHING_UP, self._all.free_at(), self._all_held)

    def left(self, now: float) -> None:
        """A request leaves, to whichever chat."""
        self._due = max(self._due, now) + 1 / self.per_second
        self._all.add(now)

    def told(self, chat_id: int, now: float) -> None:
        """A delivery to this chat leaves."""
        chat = self._chat(chat_id, now)
        chat.all.add(now)
        chat.told = now

    def answered(self, chat_id: int, now: float) -> None:
        """An answer to this chat leaves."""
        chat = self._chat(chat_id, now)
        chat.all.add(now)
        chat.answers.add(now)

    def answer_free_at(self, chat_id: int) -> float:
        """The earliest moment for an answer there: short bursts pass."""
        chat = self._chats.get(chat_id)
        crowded = max(chat.all.free_at(), chat.answers.free_at()) if chat else 0.0
        return max(crowded if self._gap(chat_id) else 0.0, self.held_until(chat_id))

    def chat_free_at(self, chat_id: int) -> float:
        """The earliest moment for a delivery to this chat."""
        chat, gap = self._chats.get(chat_id), self._gap(chat_id)
        spaced = max(chat.told + gap, chat.all.free_at()) if chat and gap else 0.0
        return max(spaced, self.held_until(chat_id))

    def free_rate_only(self) -> None:
        """Telegram takes no payment: no more than it lets everyone send."""
        self.per_second = min(self.per_second, UNPAID)
        self._all = Window(FREE, SPREAD)

    def held_until(self, chat_id: int) -> float:
        """The end of Telegram's own hold on this chat, or on everyone."""
        return max(self._holds.get(chat_id, 0.0), self._all_held)

    @property
    def all_held_until(self) -> float:
        """The end of Telegram's hold on everyone."""
        return self._all_held

    @property
    def holds(self) -> dict[int, float]:
        """Chats and the ends of Telegram's holds on them; some may be over."""
        return dict(self._holds)

    def hold(self, chat_id: int, until: float) -> None:
        """Nothing to this chat before `until`."""
        self._holds[chat_id] = max(self._holds.get(chat_id, 0.0), until)

    def hold_all(self, until: float) -> None:
        """Nothing to anyone before `until`."""
        self._all_held = max(self._all_held, until)

    def _gap(self, chat_id: int) -> float:
        return self.private_gap if chat_id > 0 else self.group_gap

    def _chat(self, chat_id: int, now: float) -> Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= FORGET_AT and now - self._forgot > FORGET_EVERY:
                self._forget(now)
            chat = self._chats[chat_id] = Chat.of(chat_id)
        return chat

    def _forget(self, now: float) -> None:
        self._chats = {chat: one for chat, one in self._chats.items() if one.all.empty_at() > now}
        self._holds = {chat: until for chat, until in self._holds.items() if until > now}
        self._forgot = now
