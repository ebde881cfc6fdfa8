"""One report on a relay that has nothing else to do."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.delivery.relay import RelayProcess, running
from tests.bench.delivery.reports import attack_of
from tests.bench.delivery.server import serving
from tests.bench.delivery.town import KALUGA, fill
from tests.bench.figures import MS, Figure, at_most, none_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORTS, FEW = 15, 3
BETWEEN = 1.2
"""Seconds: one chat gets one message a second."""


def figures(*, small: bool) -> Iterator[Figure]:
    """From the moment at which a source sends a report to its message at the server."""
    reports = FEW if small else REPORTS
    with tempfile.TemporaryDirectory() as home, serving() as server:
        relay = RelayProcess(Path(home), server.url)
        fill(relay.database, {KALUGA: 1})
        with running(relay):
            begun = []
            for number in range(reports):
                begun.append(relay.publish(attack_of(40 + number)))
                time.sleep(BETWEEN)
            arrived = [one.at for one in server.arrivals()]
    took = sorted((at - since) * 1000 for since, at in zip(begun, arrived, strict=False))
    yield at_most("a report pushed to its first message, idle, median", median(took), 50, MS)
    yield told("  longest", f"{took[-1]:.0f} ms of {reports}")
    yield none_of("  lost", max(0, reports - len(arrived)))
