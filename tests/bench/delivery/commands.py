"""People who write to the bot, and how long each waits for the answer."""

from __future__ import annotations

import time
from itertools import count, cycle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.delivery.server import Server

EVERY = 0.15
"""Seconds between two commands."""
ANSWERED_BY = 10.0
"""Seconds that the last ones have."""
_people = count(1)
_texts = cycle(("/latest", "/regions", "/help", "/subscribe Тула"))


def waits(server: Server, going_on: Callable[[], bool]) -> list[float]:
    """Milliseconds that each of those waited who wrote while it was going on, one at a time.

    Each is somebody new; who got no answer waited for `ANSWERED_BY` and more.
    """
    written = dict(_written(server, going_on))
    answered = _answers(server, set(written))
    by = time.monotonic() + ANSWERED_BY
    while len(answered) < len(written) and time.monotonic() < by:
        time.sleep(0.2)
        answered = _answers(server, set(written))
    now = time.monotonic()
    return sorted((answered.get(one, now) - at) * 1000 for one, at in written.items())


def _written(server: Server, going_on: Callable[[], bool]) -> Iterator[tuple[int, float]]:
    while going_on():
        person = next(_people)
        yield person, server.command(person, next(_texts))
        time.sleep(EVERY)


def _answers(server: Server, people: set[int]) -> dict[int, float]:
    arrivals = reversed(server.arrivals(letters=0))
    return {one.chat: one.at for one in arrivals if one.chat in people}


def for_seconds(seconds: float) -> Callable[[], bool]:
    """Going on until that time is over."""
    over = time.monotonic() + seconds
    return lambda: time.monotonic() < over
