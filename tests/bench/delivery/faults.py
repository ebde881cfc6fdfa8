"""Refusals, resets, lost answers and people who blocked the bot, all at once."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.delivery import ledger
from tests.bench.delivery.relay import RelayProcess, running
from tests.bench.delivery.reports import ATTACK
from tests.bench.delivery.server import serving
from tests.bench.delivery.town import FIRST, KALUGA, fill
from tests.bench.delivery.weather import UNKNOWN, Options, Said, Weather
from tests.bench.figures import Figure, none_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.delivery.arrivals import Arrival

CHATS, FEW = 2_000, 300
PATIENCE = 240.0
MIX = Options(
    answer=0.06,
    too_many=0.10,
    broken=0.05,
    reset=0.03,
    silence=0.02,
    blocked=0.02,
    at_most=2,  # no chat has more: each costs it half a minute or so
)
RETRY_AFTER = 1.0

Told = dict[int, list["Arrival"]]


def figures(*, small: bool) -> Iterator[Figure]:
    """What each chat got in the end, and in the light of which outcomes."""
    chats = FEW if small else CHATS
    mix = replace(MIX, silence=0, broken=0.07, at_most=1) if small else MIX
    with tempfile.TemporaryDirectory() as home, serving(mix) as server:
        relay = RelayProcess(Path(home), server.url, 1000)
        fill(relay.database, {KALUGA: chats})
        with running(relay):
            begun = relay.publish(ATTACK)
            over = ledger.until_empty(relay, PATIENCE)
            states = ledger.states(relay.database)
            still_on = ledger.active_chats(relay.database)
        arrivals = server.arrivals()
    weather = Weather(mix)
    blocked = {chat for chat in range(FIRST, FIRST + chats) if weather.is_blocked(chat)}
    took = f"{over - begun:.0f} s" if over else f"not done after {PATIENCE:.0f} s"
    yield from _judged(arrivals, set(range(FIRST, FIRST + chats)) - blocked, took)
    yield none_of(f"  of {len(blocked)} that blocked the bot still on", len(blocked & still_on))
    yield told("  the ledger says", ", ".join(f"{n:,} {state}" for state, n in states.items()))


def _judged(arrivals: list[Arrival], to_reach: set[int], took: str) -> Iterator[Figure]:
    got: Told = defaultdict(list)
    for one in arrivals:
        got[one.chat].append(one)
    reached = {one.chat for one in arrivals if one.taken}
    pairs = [pair for theirs in got.values() for pair in pairwise(theirs)]
    known = sum(first.said in {Said.OK, Said.BLOCKED} for first, _ in pairs)
    early = sum(first.said is Said.TOO_MANY and _gap(first, then) < 0 for first, then in pairs)
    yield none_of(f"fault mix, {len(got):,} chats in {took}: lost", len(to_reach - reached))
    yield none_of("  repeats of known outcomes", known)
    yield none_of("  repeats of unknown ones without a mark", sum(map(_unmarked, got.values())))
    yield none_of("  sooner than a 429 told", early)
    faults = sum(one.said is not Said.OK for one in arrivals)
    yield told("  requests; faults among them", f"{len(arrivals):,}; {faults:,}")


def _gap(first: Arrival, then: Arrival) -> float:
    return then.at - first.answered - RETRY_AFTER


def _unmarked(theirs: list[Arrival]) -> int:
    """Messages after one whose outcome was unknown that do not say so."""
    unknown = [at for at, one in enumerate(theirs) if one.said in UNKNOWN]
    return sum(not one.marked for one in theirs[unknown[0] + 1 :]) if unknown else 0
