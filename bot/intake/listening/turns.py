"""When each source is asked next, in steady seconds."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

JITTER = 0.1
"""The part of a wait by which it is shorter or longer, so that sources drift apart."""
LONGEST_BACK_OFF = 1800.0
LONGEST_PAUSE = 86_400.0
"""Seconds that a server may ask us to stay away for."""
APART = 0.15
"""Seconds between two first turns after a start, on average."""
MANY = 5
"""So many sources in the same trouble at once have it in common: it is the relay's."""


@dataclass(slots=True)
class Turns:
    """The sources that wait, by id. One that is being asked is not among them."""

    _waiting: dict[str, float] = field(default_factory=dict)

    def put(self, source_id: str, at: float) -> None:
        """Its next turn is then."""
        self._waiting[source_id] = at

    def take_due(self, now: float) -> list[str]:
        """Those whose turn it is, longest overdue first."""
        due = sorted((at, one) for one, at in self._waiting.items() if at <= now)
        for _, one in due:
            del self._waiting[one]
        return [one for _, one in due]

    def bring_forward(self, some: Iterable[str], now: float) -> None:
        """None of these waits for longer than it takes to ask them one after another."""
        for number, one in enumerate(some):
            if one in self._waiting:
                soon = now + jittered(APART * number)
                self._waiting[one] = min(self._waiting[one], soon)

    @property
    def next(self) -> float | None:
        """The first turn; None where nobody waits."""
        return min(self._waiting.values(), default=None)


def jittered(seconds: float) -> float:
    """About as long."""
    return seconds * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret


def back_off(every: float, failures: int, asked_for: float | None) -> float:
    """How long to wait after so many failures in a row; longer where the server asks for that."""
    doubled = every * 2.0 ** min(failures - 1, 20)
    pause = jittered(min(doubled, LONGEST_BACK_OFF))
    # Not jittered downwards: a server that names a time counts.
    return max(pause, min(asked_for or 0.0, LONGEST_PAUSE))


def first_turn(left: float, number: int) -> float:
    """Seconds until the first turn of the number-th source after a start, if so many seconds are
    left of its last wait: nobody is asked too often, nor all at once.
    """
    return max(left, jittered(APART * number))
