"""How much of a plan is written at once: as much as holds up nobody on this machine."""

from __future__ import annotations

from dataclasses import dataclass

FIRST, AT_LEAST, AT_MOST = 1_000, 250, 5_000
"""Deliveries written in one transaction."""
AIM = 0.012
"""Seconds for which a chunk may keep others from writing; the next one is as large as fits."""
BREATHS = 4.0
"""A chunk that took t seconds is followed by 4 t without one: the plan of a million is written in
less than a minute, and whoever waits for the database meets it at rest.
"""
BREATH_AT_LEAST = 0.01
AT_ONCE = 2.0
"""So many times as large, or as small, at most: one hiccup of the disk tells little."""


@dataclass(slots=True)
class Chunks:
    """Learns from how long each whole chunk took."""

    size: int = FIRST
    breath: float = BREATH_AT_LEAST
    """Seconds until the next one."""

    def took(self, seconds: float, *, whole: bool) -> None:
        """So long. The last chunk of an audience has mostly fewer in it, and tells nothing."""
        self.breath = max(BREATHS * seconds, BREATH_AT_LEAST)
        if not whole:
            return
        times = AIM / seconds if seconds > 0 else AT_ONCE
        fits = int(self.size * min(max(times, 1 / AT_ONCE), AT_ONCE))
        self.size = min(max(fits, AT_LEAST), AT_MOST)
