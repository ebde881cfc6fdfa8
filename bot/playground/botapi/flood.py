"""Telegram's limits on sending, enforced in sliding windows, and the pace of what arrived."""

import math
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.playground.botapi import errors
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.params import Params


@dataclass(frozen=True, slots=True)
class Window:
    """At most `count` in any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast a bot may write. A private chat bears a short burst; `Window(1, 1)` is strict."""

    overall: Window = Window(30, 1)
    paid: Window = Window(1000, 1)
    private: Window = Window(3, 3)
    group: Window = Window(20, 60)


@dataclass(slots=True)
class Flood:
    """What was written lately, overall and in each chat (0 is overall)."""

    limits: Limits
    _written: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, chat_id: int | None, params: Params, now: float) -> None:
        """Counts one message at `now`, monotonic seconds.

        Raises:
            Refused: 429, with whole seconds to wait; then it does not count.
        """
        is_paid = params.flag("allow_paid_broadcast")
        windows = {0: self.limits.paid if is_paid else self.limits.overall}
        if chat_id:
            windows[chat_id] = self.limits.private if chat_id > 0 else self.limits.group
        wait = max(self._wait(key, window, now) for key, window in windows.items())
        if wait > 0:
            raise Refused(errors.too_many_requests(math.ceil(wait)))
        for key in windows:
            self._written[key].append(now)

    def _wait(self, key: int, window: Window, now: float) -> float:
        """Seconds until there is room."""
        times = self._written[key]
        while times and times[0] <= now - window.seconds:
            times.popleft()
        if len(times) < window.count:
            return 0
        return times[-window.count] + window.seconds - now


def busiest(times: Iterable[float], seconds: float) -> int:
    """The most arrivals in any stretch of that many seconds."""
    recent: deque[float] = deque()
    most = 0
    for time in sorted(times):
        recent.append(time)
        while recent[0] <= time - seconds:
            recent.popleft()
        most = max(most, len(recent))
    return most
