"""A bulletin to a million chats: the plan is written while all else goes on."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.delivery import ledger
from tests.bench.delivery.commands import for_seconds, waits
from tests.bench.delivery.relay import RelayProcess, running
from tests.bench.delivery.reports import ATTACK
from tests.bench.delivery.server import Server, serving
from tests.bench.delivery.town import FIRST, KALUGA, fill
from tests.bench.figures import MEGABYTES, MS, Figure, at_most, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHATS = 1_000_000
PATIENCE = 180.0
"""Seconds: a plan that takes longer is left."""


def figures(*, small: bool) -> Iterator[Figure]:
    """Until the first message, what a command waits for the plan beyond an idle relay's, memory."""
    if small:
        return
    with tempfile.TemporaryDirectory() as home, serving() as server:
        relay = RelayProcess(Path(home), server.url)
        began = time.monotonic()
        fill(relay.database, {KALUGA: CHATS})
        filled = time.monotonic() - began
        with running(relay):
            idle = median(waits(server, for_seconds(3)))
            begun = relay.publish(ATTACK)
            waited = waits(server, _planning(relay.database))
            took = time.monotonic() - begun
            yield at_most("first of 1,000,000 leaves", (_first(server) - begun) * 1000, 300, MS)
            name = f"  longest that a command waits for the plan (idle: {idle:.0f} ms)"
            yield at_most(name, waited[-1] - idle, 100, MS)
            yield at_most("  resident memory at its highest", relay.peak(), 300, MEGABYTES)
            measured = f"{took:.0f} s; {median(waited):.0f} ms; {filled:.0f} s"
            yield told("  plan written in; a command's median; the chats made in", measured)


def _planning(database: str) -> Callable[[], bool]:
    still = for_seconds(PATIENCE)
    return lambda: still() and not ledger.is_planned(database)


def _first(server: Server) -> float:
    return next((one.at for one in server.arrivals(0) if one.chat >= FIRST), float("inf"))
