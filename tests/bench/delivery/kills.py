"""`kill -9` again and again while a broadcast goes out."""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import suppress
from http.client import HTTPException
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.delivery import ledger
from tests.bench.delivery.relay import RelayProcess
from tests.bench.delivery.reports import ATTACK
from tests.bench.delivery.server import Server, serving
from tests.bench.delivery.town import FIRST, KALUGA, fill
from tests.bench.delivery.weather import Options
from tests.bench.figures import COUNT, Figure, at_most, none_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.delivery.arrivals import Arrival

CHATS, KILLS = 5_000, 30
FEW_CHATS, FEW_KILLS = 1_000, 4
RECEIPT = 0.25
"""Seconds after an answer in which its receipt may still be on its way to the disk."""
LONG_KNOWN = 2.0
"""Seconds after which not even a busy machine excuses a receipt that is not written."""
AFTER_DEATH = 0.1
PATIENCE = 120.0


def figures(*, small: bool) -> Iterator[Figure]:
    """What every chat got in the end, and which of it came twice."""
    chats, kills = (FEW_CHATS, FEW_KILLS) if small else (CHATS, KILLS)
    with tempfile.TemporaryDirectory() as home, serving(Options(answer=0.06)) as server:
        relay = RelayProcess(Path(home), server.url, 1000)
        fill(relay.database, {KALUGA: chats})
        try:
            killed = _killed_on_the_way(relay, server, _instants(chats, kills))
        finally:
            relay.kill()
        arrivals = server.arrivals()
    yield from _judged(arrivals, killed, chats)


def _instants(chats: int, kills: int) -> list[tuple[int, float]]:
    """After how many messages, and how many seconds later, each kill comes; the first at once."""
    dice = random.Random(4)  # noqa: S311 - a sample, the same at each run
    reached = sorted(dice.sample(range(1, chats), kills - 1))
    return [(count, dice.uniform(0, 0.05)) for count in (0, *reached)]


def _killed_on_the_way(
    relay: RelayProcess, server: Server, instants: Sequence[tuple[int, float]]
) -> list[float]:
    killed = []
    published = False
    for count, later in instants:
        relay.start()
        if not published:
            published = _publish(relay)
        server.wait(count, PATIENCE)
        time.sleep(later)
        killed.append(relay.kill())
    relay.start()
    relay.publish(ATTACK)  # once more, as a source does that heard no answer: nothing comes of it
    ledger.until_empty(relay, PATIENCE)
    return killed


def _publish(relay: RelayProcess) -> bool:
    with suppress(OSError, HTTPException):
        relay.publish(ATTACK)
        return True
    return False


def _judged(arrivals: list[Arrival], killed: list[float], chats: int) -> Iterator[Figure]:
    got: dict[int, list[Arrival]] = {}
    for one in arrivals:
        got.setdefault(one.chat, []).append(one)
    repeats = [pair for theirs in got.values() for pair in pairwise(theirs)]
    ages = [_age_at_kill(first, then, killed) for first, then in repeats]
    lost = sum(chat not in got for chat in range(FIRST, FIRST + chats))
    yield none_of(f"{len(killed)} kills in a broadcast to {chats:,}: lost", lost)
    yield told("  repeats, in flight at a kill", f"{sum(age <= RECEIPT for age in ages):,}")
    others = sum(age > RECEIPT for age in ages)
    yield at_most("  repeats of what was answered before", others, 0, COUNT)
    yield none_of("  repeats that no kill excuses", sum(age > LONG_KNOWN for age in ages))
    yield none_of("  repeats without a mark", sum(not then.marked for _, then in repeats))
    unneeded = sum(theirs[0].marked for theirs in got.values())
    yield told("  marked, though the first had not left", f"{unneeded:,}")
    known = [age * 1000 for age in ages if age > 0]
    oldest = f"{max(known, default=0):.0f} ms; {len(known)} repeats had been answered"
    yield told("  longest from an answer to a kill that forgot it", oldest)


def _age_at_kill(first: Arrival, then: Arrival, killed: list[float]) -> float:
    """Seconds for which the first one's answer was known at the kill between the two.

    Negative or 0: it was in flight. Infinite: there was no kill, so nothing excuses the second.
    """
    # What was in the socket at the kill still arrives a moment after it.
    between = [at for at in killed if first.at - AFTER_DEATH <= at <= then.at]
    if not between:
        return float("inf")
    return between[0] - first.answered if first.answered else 0.0
