"""Work whose cost grows with the ledger takes a small share of the time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TIMES = 50
"""What took t seconds is not done again for 50 t: at most two percent of the time."""


@dataclass(slots=True)
class Sparing:
    """Says when it may be done again, by the clock that it is given."""

    ticks: Callable[[], float]
    _due: float = 0.0

    @property
    def due(self) -> bool:
        """Whether enough time has passed."""
        return self.ticks() >= self._due

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Do it."""
        began = self.ticks()
        try:
            yield
        finally:
            ended = self.ticks()
            self._due = ended + TIMES * (ended - began)

    @property
    def pause(self) -> float:
        """Seconds until it may be done again."""
        return max(0.0, self._due - self.ticks())
