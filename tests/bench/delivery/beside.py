"""Beside bare clients that send the same text, unpaced as the relay, and write nothing down."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.delivery import ledger
from tests.bench.delivery.relay import UNPACED, RelayProcess, running
from tests.bench.delivery.reports import ATTACK
from tests.bench.delivery.server import TOKEN, Server, serving
from tests.bench.delivery.town import KALUGA, fill
from tests.bench.figures import RATE, TIMES, Figure, Unit, at_least, told

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
AIOGRAM = Path(sys.prefix) / "beside" / "bin" / "python"
"""It wants another pydantic than the relay: `make bench` gives it an environment of its own."""
ROUNDS = 3
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many messages each sends: the slow ones fewer."""

    relay: int = 8_000
    ptb: int = 2_000
    aiogram: int = 8_000


def figures(*, small: bool) -> Iterator[Figure]:
    """The best of a few rounds, in which each has its turn: a busy machine slows all alike."""
    sizes = Sizes(1_000, 500, 1_000) if small else Sizes()
    best: dict[str, float] = {}
    with serving() as server:
        for _ in range(1 if small else ROUNDS):
            for name, rate in _round(server, sizes):
                best[name] = max(best.get(name, 0.0), rate)
    yield told("relay, unpaced, with its ledger", RATE(best["relay"]))
    times = best["relay"] / best["ptb"]
    yield at_least(f"  beside PTB's own request ({best['ptb']:,.0f}/s)", times, 3, TIMES)
    if "aiogram" in best:
        times = best["relay"] / best["aiogram"]
        name = f"  beside aiogram's bare client ({best['aiogram']:,.0f}/s)"
        yield at_least(name, times, 0.3, Unit("times", 2))


def _round(server: Server, sizes: Sizes) -> Iterator[tuple[str, float]]:
    rate, text = _relay(server, sizes.relay)
    yield "relay", rate
    yield "ptb", _client(server, sys.executable, "with_ptb.py", (sizes.ptb, text))
    if AIOGRAM.exists():
        job = sizes.aiogram, text
        yield "aiogram", _client(server, str(AIOGRAM), "with_aiogram.py", job)


def _relay(server: Server, chats: int) -> tuple[float, str]:
    """Messages a second until the ledger is complete, and what they said."""
    server.begin()
    with tempfile.TemporaryDirectory() as home:
        relay = RelayProcess(Path(home), server.url, 1000, UNPACED)
        fill(relay.database, {KALUGA: chats})
        with running(relay):
            relay.publish(ATTACK)
            over = server.wait(chats, PATIENCE)
            over = ledger.until_empty(relay, 5) or over
            arrivals = server.arrivals(letters=20_000)
    return len(arrivals) / (over - arrivals[0].at), arrivals[0].text


def _client(server: Server, python: str, script: str, job: tuple[int, str]) -> float:
    """Messages a second from the first to the last."""
    chats, text = job
    server.begin()
    subprocess.run(  # noqa: S603 - our own script
        [python, "-P", HERE / script, server.url, TOKEN, str(chats)],
        input=text,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    arrivals = server.arrivals()
    if len(arrivals) != chats:
        raise ValueError(f"{script}: {len(arrivals)} of {chats} arrived")
    return (chats - 1) / (arrivals[-1].at - arrivals[0].at)
