"""While Telegram cannot be reached nobody is tried but now and then one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_REST, LONGEST_REST = 1.0, 15.0
"""Seconds; doubled each time."""
LOST_IN_A_ROW = 5
"""So many answers lost one after another, and none received: each further try would only make
one more message of which nobody knows whether it arrived.
"""


@dataclass(slots=True)
class Outage:
    """How long to rest before the next try."""

    ticks: Callable[[], float]
    _until: float = 0.0
    _rest: float = FIRST_REST
    _lost: int = 0

    @property
    def seconds(self) -> float:
        """How much longer to rest; 0: try."""
        return max(0.0, self._until - self.ticks())

    @property
    def lasts(self) -> bool:
        """Whether Telegram has not been heard of since it fell silent."""
        return self._rest > FIRST_REST

    def answered(self) -> None:
        """Telegram is there."""
        self._rest, self._lost = FIRST_REST, 0

    def unreachable(self) -> None:
        """A request could not even be made. Several at once count as one."""
        if not self.seconds:
            self.rest(self._rest)
            self._rest = min(2 * self._rest, LONGEST_REST)

    def lost(self) -> None:
        """An answer did not come."""
        self._lost += 1
        if self._lost >= LOST_IN_A_ROW:
            self.unreachable()

    def rest(self, seconds: float) -> None:
        """Not before so many seconds have passed."""
        self._until = max(self._until, self.ticks() + seconds)
