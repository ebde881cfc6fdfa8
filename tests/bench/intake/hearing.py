"""From a publication to the first message about it: asked for, and pushed."""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.delivery.relay import SOURCES, RelayProcess, running
from tests.bench.delivery.reports import attack_of
from tests.bench.delivery.server import serving
from tests.bench.delivery.town import KALUGA, fill
from tests.bench.figures import MS, Figure, Unit, at_most, none_of, told
from tests.bench.intake.publishers import publishing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.delivery.server import Server
    from tests.bench.intake.publishers import Publishers

EVERY = 2
REPORTS, FEW = 20, 5
PATIENCE = 15.0
SECONDS = Unit("s", 2)


def hearing(*, small: bool) -> Iterator[Figure]:
    """A publisher is asked every two seconds, and publishes at any time."""
    pick = random.Random(5)  # noqa: S311 - the same moments each time
    with publishing(1, EVERY, first=1) as publishers, _at_work(publishers) as (server, _):
        took: list[float] = []
        for number in range(FEW if small else REPORTS):
            time.sleep(pick.uniform(1, 1 + EVERY))
            begun = time.monotonic()
            publishers[0].publish(attack_of(40 + number))
            took += _until_message(server, number, begun)
    yield from _told("published until the first message, asked every 2 s", took, small=small)


def push(*, small: bool) -> Iterator[Figure]:
    """A publisher sends its reports itself."""
    with publishing(1, EVERY, first=1) as publishers, _at_work(publishers) as (server, relay):
        took: list[float] = []
        for number in range(FEW if small else REPORTS):
            time.sleep(1.2)
            took += _until_message(server, number, relay.publish(attack_of(40 + number)))
    shown = [one * 1000 for one in took]
    yield at_most("pushed until the first message, median", median(shown or [0]), 100, MS)
    yield told("  longest", f"{max(shown, default=0):.0f} ms of {len(shown)}")
    yield none_of("  lost", (FEW if small else REPORTS) - len(took))


@contextmanager
def _at_work(publishers: Publishers) -> Iterator[tuple[Server, RelayProcess]]:
    with tempfile.TemporaryDirectory() as home, serving() as server:
        listed = SOURCES + publishers.entries
        relay = RelayProcess(Path(home), server.url, listed=listed)
        fill(relay.database, {KALUGA: 1})
        with running(relay):
            time.sleep(EVERY + 1)
            yield server, relay


def _until_message(server: Server, number: int, begun: float) -> list[float]:
    """The seconds until message number so and so; nothing if it never came."""
    server.wait(number + 1, PATIENCE)
    arrived = server.arrivals()
    return [arrived[number].at - begun] if len(arrived) > number else []


def _told(what: str, took: list[float], *, small: bool) -> Iterator[Figure]:
    yield at_most(f"{what}, median", median(took or [0]), EVERY / 2 + 1, SECONDS)
    yield told("  longest", f"{max(took, default=0):.2f} s of {len(took)}")
    yield none_of("  lost", (FEW if small else REPORTS) - len(took))
