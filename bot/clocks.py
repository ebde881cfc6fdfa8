"""The two clocks that delivery goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Clocks:
    """`now` dates what is recorded; `ticks` are steady seconds for the pace."""

    now: Callable[[], datetime]
    ticks: Callable[[], float]

    def moment(self, seconds: float) -> datetime:
        """The time so many seconds from now."""
        return self.now() + timedelta(seconds=seconds)


def utc_now() -> datetime:
    """The time, as the machine has it."""
    return datetime.now(UTC)
