"""How much each of many may ask for: so much at once, and then at a steady rate."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NEIGHBOURS = 64
"""Bits: whoever has one IPv6 address has all that begin like it."""


@dataclass(slots=True)
class Quota:
    """`burst` at once and `per_minute` in the long run, for each by itself.

    `ticks` are steady seconds. `most` bounds the memory: who has not asked for longest is
    forgotten first, and begins anew.
    """

    per_minute: int
    burst: int
    ticks: Callable[[], float]
    most: int = 10_000
    _free_at: OrderedDict[str, float] = field(default_factory=OrderedDict, init=False)
    """When each will have nothing left to make up for."""

    def take(self, who: str, count: int = 1) -> float:
        """0 where so much is granted; else nothing is taken, and these are the seconds until it
        would be.
        """
        now, each = self.ticks(), 60 / self.per_minute
        free_at = max(self._free_at.get(who, now), now) + count * each
        wait = free_at - now - self.burst * each
        if wait > each / 1000:  # what is left over from adding up fractions keeps nobody waiting
            return wait
        self._free_at[who] = free_at
        self._free_at.move_to_end(who)
        if len(self._free_at) > self.most:
            self._free_at.popitem(last=False)
        return 0.0


def neighbourhood(remote: str | None) -> str:
    """Whose quota a request from this address counts against."""
    try:
        address = ip_address((remote or "").partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{int(address) >> (128 - NEIGHBOURS):x}::"
