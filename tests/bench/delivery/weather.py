"""What a request to the Bot API sink meets on its way: delays, limits and faults."""

from __future__ import annotations

import random
from collections import Counter, deque
from dataclasses import dataclass, field
from enum import StrEnum


class Said(StrEnum):
    """What the sender heard of one request."""

    OK = "200"
    BLOCKED = "403"
    TOO_MANY = "429"
    BROKEN = "500"
    RESET = "reset"
    SILENCE = "silence"


UNKNOWN = frozenset({Said.BROKEN, Said.RESET, Said.SILENCE})
"""Whether the message was taken, the sender cannot tell from these."""


@dataclass(frozen=True, slots=True)
class Options:
    """Times in seconds. `limit` is arrivals in a sliding second; the rest are probabilities.

    `blocked` is of chats, the others of requests; no chat meets more than `at_most` faults.
    """

    network: float = 0.0
    """The longest way to the server; each request's own is drawn anew."""
    answer: float = 0.0
    limit: int | None = None
    too_many: float = 0.0
    broken: float = 0.0
    reset: float = 0.0
    silence: float = 0.0
    blocked: float = 0.0
    at_most: int = 2
    seed: int = 4

    @property
    def faults(self) -> tuple[tuple[Said, float], ...]:
        """Those drawn for each request."""
        return (
            (Said.TOO_MANY, self.too_many),
            (Said.BROKEN, self.broken),
            (Said.RESET, self.reset),
            (Said.SILENCE, self.silence),
        )


@dataclass(slots=True)
class Weather:
    """Draws what happens to each request, the same at each run."""

    options: Options
    _dice: random.Random = field(init=False)
    _recent: deque[float] = field(default_factory=deque)
    _met: Counter[int] = field(default_factory=Counter)
    _fair: bool = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.options.seed)  # noqa: S311 - a sample, not a secret
        self._fair = not any(chance for _, chance in self.options.faults)

    def on_the_way(self) -> float:
        """Seconds until a request that was sent now arrives."""
        network = self.options.network
        return self._dice.uniform(0, network) if network else 0.0

    def meets(self, chat: int, now: float) -> tuple[Said, bool]:
        """What is answered to a message that arrives, and whether it is taken."""
        if self.is_blocked(chat):
            return Said.BLOCKED, False
        if not self._room(now):
            return Said.TOO_MANY, False
        said = Said.OK if self._fair else self._fault(chat)
        taken = said is Said.OK or (said in UNKNOWN and self._dice.random() < 0.5)
        return said, taken

    def is_blocked(self, chat: int) -> bool:
        """Whether this chat's person has blocked the bot; the same at each request."""
        share = self.options.blocked
        if not share:
            return False
        return random.Random(f"{self.options.seed}:{chat}").random() < share  # noqa: S311 - as above

    def _room(self, now: float) -> bool:
        if self.options.limit is None:
            return True
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= self.options.limit:
            return False
        self._recent.append(now)
        return True

    def _fault(self, chat: int) -> Said:
        left = self._dice.random()
        for said, chance in self.options.faults:
            left -= chance
            if left < 0 and self._met[chat] < self.options.at_most:
                self._met[chat] += 1
                return said
        return Said.OK
