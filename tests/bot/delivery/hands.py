"""A clock that stands still until a test puts it forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.clocks import Clocks
from tests.storage.world import later

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(slots=True)
class Hands:
    """`seconds` since it began."""

    seconds: float = 0.0

    def now(self) -> datetime:
        """The date."""
        return later(self.seconds)

    def ticks(self) -> float:
        """Steady seconds."""
        return 1000.0 + self.seconds

    @property
    def clocks(self) -> Clocks:
        """What the parts of the relay are given."""
        return Clocks(self.now, self.ticks)
