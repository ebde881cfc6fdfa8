"""What it costs to ask two hundred sources each minute."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tests.bench.delivery.relay import RelayProcess, running
from tests.bench.delivery.reports import attack_of
from tests.bench.delivery.server import serving
from tests.bench.delivery.town import KALUGA, fill
from tests.bench.figures import MEGABYTES, Figure, Unit, at_most, told
from tests.bench.intake.publishers import OLD, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.intake.publishers import Publishers

MANY, FEW = (200, 60), (50, 15)
"""How many, and after how many seconds each is asked again: as many requests a second."""
LASTS, SHORT = 180.0, 20.0
NEWS_EVERY = 5.0
"""Seconds after which somebody publishes something."""
PATIENCE = 180.0
PERCENT = Unit("%", 1)


def figures(*, small: bool) -> Iterator[Figure]:
    """CPU and memory of the whole relay, once it has met all of them."""
    count, every = FEW if small else MANY
    with (
        tempfile.TemporaryDirectory() as home,
        serving() as server,
        publishing(count, every) as publishers,
    ):
        relay = RelayProcess(Path(home), server.url, listed=publishers.entries)
        fill(relay.database, {KALUGA: 1})
        with running(relay):
            without = relay.resident()
            met = _met(relay, count * OLD)
            asked, cpu, begun = publishers.asked.total(), relay.cpu(), time.monotonic()
            _go_by(publishers, SHORT if small else LASTS)
            took = time.monotonic() - begun
            used, asked = relay.cpu() - cpu, publishers.asked.total() - asked
            memory, peak = relay.resident(), relay.peak()
    what = f"asking {count} sources every {every} s"
    yield at_most(f"{what}: CPU, of one core", used / took * 100, 5, PERCENT)
    yield at_most("  memory, with all else that the relay holds", memory, 150, MEGABYTES)
    yield told("  before the first was asked; at its peak", f"{without:.0f} MB; {peak:.0f} MB")
    yield at_most("  requests open at once at a host", publishers.most_at_once, 1, Unit(""))
    yield told("  requests meanwhile", f"{asked:,} in {took:.0f} s")
    yield told("  first contact with all of them", f"{count * OLD:,} posts in {met:.0f} s")


def _met(relay: RelayProcess, posts: int) -> float:
    """Until all that they had published is taken in. Returns the seconds that took."""
    begun = time.monotonic()
    while _taken_in(relay) < posts and time.monotonic() - begun < PATIENCE:
        time.sleep(1)
    met = time.monotonic() - begun
    time.sleep(2)
    return met


def _taken_in(relay: RelayProcess) -> int:
    with urlopen(f"http://127.0.0.1:{relay.port}/metrics") as answer:
        told = answer.read().decode()
    counts = re.findall(r"^relay_reports_total{.*} (\S+)$", told, re.MULTILINE)
    return sum(int(float(one)) for one in counts)


def _go_by(publishers: Publishers, seconds: float) -> None:
    ends, number = time.monotonic() + seconds, 0
    while (left := ends - time.monotonic()) > 0:
        publishers[number * 7 % len(publishers)].publish(attack_of(41 + number))
        number += 1
        time.sleep(min(NEWS_EVERY, left))
