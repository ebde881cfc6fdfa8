"""Commands, and danger, while 100,000 news are queued."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from tests.bench.delivery.commands import for_seconds, waits
from tests.bench.delivery.relay import RelayProcess, running
from tests.bench.delivery.reports import DANGER, DANGER_BEGINS, NEWS
from tests.bench.delivery.server import serving
from tests.bench.delivery.town import KALUGA, MOSCOW, fill
from tests.bench.delivery.weather import Options
from tests.bench.figures import MS, SECONDS, Figure, at_most, none_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.delivery.server import Server

NEWS_TO, DANGER_TO = 100_000, 1_000
LONG = 20.0
"""Seconds in which people write."""
PATIENCE = 90.0


def figures(*, small: bool) -> Iterator[Figure]:
    """At the default rate, then commands once more at the paid one."""
    if small:
        return
    yield from _queued(28)
    yield from _queued(1000)


def _queued(per_second: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as home, serving(Options(answer=0.06)) as server:
        relay = RelayProcess(Path(home), server.url, per_second)
        fill(relay.database, {KALUGA: NEWS_TO, MOSCOW: DANGER_TO})
        with running(relay):
            relay.publish(NEWS)
            yield from _commands(server, per_second)
            if per_second == 28:
                yield from _danger(server, relay.publish(DANGER, "moscow"))


def _commands(server: Server, per_second: int) -> Iterator[Figure]:
    waited = waits(server, for_seconds(LONG))
    sent = len(server.arrivals(letters=0)) - len(waited)
    name = f"a command during a broadcast to {NEWS_TO:,} at {per_second}/s, 95th percentile"
    yield at_most(name, quantiles(waited, n=20)[18], 300, MS)
    measured = f"{median(waited):.0f} ms; {waited[-1]:.0f} ms; {sent / LONG:.0f}/s"
    yield told("  median; longest; the broadcast's rate meanwhile", measured)


def _danger(server: Server, begun: float) -> Iterator[Figure]:
    times: list[float] = []
    still = for_seconds(PATIENCE)
    while len(times) < DANGER_TO and still():
        server.wait(1_000_000_000, seconds=1)
        arrivals = server.arrivals()
        times = [one.at for one in arrivals if one.text.startswith(DANGER_BEGINS)]
    if not times:
        yield none_of("danger that never left", DANGER_TO)
        return
    yield at_most("danger meanwhile: its first message", (times[0] - begun) * 1000, 200, MS)
    yield at_most(f"  its last of {DANGER_TO:,}", times[-1] - begun, 40, SECONDS)
    yield none_of("  lost", DANGER_TO - len(times))
