"""At Telegram's own limit: never over it, and not far below."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.playground.botapi import busiest
from tests.bench.delivery.relay import RelayProcess, running
from tests.bench.delivery.reports import ATTACK
from tests.bench.delivery.server import serving
from tests.bench.delivery.town import KALUGA, fill
from tests.bench.delivery.weather import Options, Said
from tests.bench.figures import COUNT, RATE, Figure, at_least, at_most, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.delivery.arrivals import Arrival

CHATS, FEW = 3_000, 140
ALLOWED = 30
NETWORK = 0.08


def figures(*, small: bool) -> Iterator[Figure]:
    """A broadcast at the default rate to a server that enforces 30 a second."""
    chats = FEW if small else CHATS
    arrivals = _broadcast(chats)
    times = [one.at for one in arrivals]
    mean = (len(times) - 1) / (times[-1] - times[0])
    refused = sum(one.said is Said.TOO_MANY for one in arrivals)
    yield at_most(f"{chats:,} chats: busiest second", busiest(times, 1), ALLOWED, COUNT)
    yield at_least("  mean", mean, 27.5, RATE)
    yield at_most("  refused by a server that enforces 30", refused, 0, COUNT)
    yield none_of("  lost", chats - len({one.chat for one in arrivals if one.taken}))


def _broadcast(chats: int) -> list[Arrival]:
    conditions = Options(network=NETWORK, limit=ALLOWED)
    with tempfile.TemporaryDirectory() as home, serving(conditions) as server:
        relay = RelayProcess(Path(home), server.url)
        fill(relay.database, {KALUGA: chats})
        with running(relay):
            relay.publish(ATTACK)
            server.wait(chats, seconds=chats / 20 + 10)
            return sorted(server.arrivals(), key=lambda one: one.at)
