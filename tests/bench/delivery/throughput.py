"""At the paid rate of 1,000 a second: how fast, and how much of a core."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.delivery import ledger
from tests.bench.delivery.relay import RelayProcess, running
from tests.bench.delivery.reports import ATTACK
from tests.bench.delivery.server import serving
from tests.bench.delivery.town import KALUGA, fill
from tests.bench.delivery.weather import Options
from tests.bench.figures import CORES, RATE, Figure, at_least, at_most, none_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator

CHATS, FEW = 20_000, 2_000
ANSWERS_AFTER = 0.06
PATIENCE = 60.0
"""Seconds: what has not arrived by then counts against it."""


def figures(*, small: bool) -> Iterator[Figure]:
    """One broadcast, from its first message to the last receipt in the ledger."""
    chats = FEW if small else CHATS
    with tempfile.TemporaryDirectory() as home, serving(Options(answer=ANSWERS_AFTER)) as server:
        relay = RelayProcess(Path(home), server.url, 1000)
        fill(relay.database, {KALUGA: chats})
        with running(relay):
            cpu = relay.cpu()
            begun = relay.publish(ATTACK)
            over = server.wait(chats, PATIENCE)
            over = ledger.until_empty(relay, 5) or over
            cpu = relay.cpu() - cpu
            times = [one.at for one in server.arrivals()]
            missing = ledger.without_receipt(relay.database)
    rate = (len(times) - 1) / (times[-1] - times[0])
    name = f"{chats:,} chats, answered after 60 ms: sustained"
    yield at_least(name, rate, 900, RATE)
    yield at_most("  CPU of the relay", cpu / (over - begun), 1.0, CORES)
    yield told("  CPU for one message", f"{cpu / len(times) * 1000:.2f} ms")
    yield none_of("  without a receipt in the ledger", missing)
