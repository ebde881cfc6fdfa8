"""Chains of CAP messages that come in in any order, and more than once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handlers.desk import Desk
from reports.model import MessageType, Target
from tests.handlers.publisher import (
    KALUGA,
    NOW,
    REGIONS,
    RESCUERS,
    TULA,
    Publisher,
    alert,
    cancelling,
    publisher,
    said_by,
)

if TYPE_CHECKING:
    from storage.database import Database

NAMES = "ABDEC"
"""An Alert, updates of it, and its Cancel."""
MONTHS = count(1)
"""Examples lie so far apart that none meets another's incidents."""


@dataclass(frozen=True)
class Case:
    """What each message but the Cancel says of which regions; and how the messages come in."""

    said: list[dict[str, Target | None]]
    cancelled: bool
    lists_all: bool
    arrivals: list[int]

    def composed(self, by: Publisher) -> list[str]:
        """The messages, in the order of their sending."""
        names = list(NAMES[: len(self.said)])
        for minute, name in enumerate(names):
            told = [alert(region, target) for region, target in self.said[minute].items()]
            kind = MessageType.UPDATE if minute else MessageType.ALERT
            reading = said_by(kind, self._before(names[:minute]), *told)
            by.composes(name, reading, minute=minute)
        if self.cancelled:
            by.composes("C", cancelling(self._before(names)), minute=len(names))
        return [*names, "C"] if self.cancelled else names

    def _before(self, names: list[str]) -> tuple[str, ...]:
        return tuple(names if self.lists_all else names[-1:])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to three updates, each in any order, some of the messages twice."""
    places = st.dictionaries(
        st.sampled_from(REGIONS), st.sampled_from([Target.DRONE, Target.MISSILE, None]), min_size=1
    )
    said = draw(st.lists(places, min_size=2, max_size=4))
    cancelled = draw(st.booleans())
    each = range(len(said) + cancelled)
    arrivals = draw(st.permutations(each)) + draw(st.lists(st.sampled_from(each), max_size=3))
    again = draw(st.permutations(arrivals))
    return Case(said, cancelled, draw(st.booleans()), again)


async def _fresh(database: Database) -> Publisher:
    """The same publisher a month later."""
    month = next(MONTHS)
    by = await publisher(database)
    source = replace(RESCUERS, id=f"rescuers-{month}")
    return replace(by, source=source, start=NOW + timedelta(days=30 * month))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases())
@example(
    case=Case([{KALUGA: None}, {KALUGA: None}], cancelled=True, lists_all=False, arrivals=[0, 2, 1])
)
async def test_the_newest_message_decides_whatever_the_order(
    database: Database, case: Case
) -> None:
    by = await _fresh(database)
    names = case.composed(by)
    read = []
    for which in case.arrivals:
        await by.delivers(names[which])
        read += await by.read_out()
    standing = await by.standing()
    newest = set(case.said[-1])
    assert standing == set() if case.cancelled else newest <= standing <= set().union(*case.said)
    _is_plausible(read, lists_all=case.lists_all)


def _is_plausible(read: list[str], *, lists_all: bool) -> None:
    """No all-clear without danger before it, and no danger after it.

    While what links an old message to its Cancel has not come in, it may be of another threat.
    """
    warned: set[str] = set()
    calm: set[str] = set()
    for line in read:
        region, _, what = line.partition(":")
        region = region.removesuffix(", update")
        threat = what.rpartition(" #")[0].removeprefix(" all clear,").removesuffix(" lifted")
        if "lifted" in what:
            assert region in warned
            calm |= {region, region + threat}
        else:
            warned.add(region)
            assert (region if lists_all else region + threat) not in calm
    assert not calm or warned <= calm


async def test_what_comes_in_at_once_comes_to_the_same(database: Database) -> None:
    by = await _fresh(database)
    said: list[dict[str, Target | None]] = [
        {KALUGA: Target.DRONE},
        {KALUGA: Target.MISSILE},
        {KALUGA: None, TULA: None},
    ]
    names = Case(said, cancelled=True, lists_all=False, arrivals=[]).composed(by)
    await asyncio.gather(*(by.delivers(name) for name in names * 2))
    assert await by.standing() == set()
    _is_plausible(await by.read_out(), lists_all=False)


async def test_a_cancel_that_was_to_be_read_again_is_read_after_a_crash(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = await _fresh(database)
    said: list[dict[str, Target | None]] = [{KALUGA: None}, {KALUGA: None}]
    Case(said, cancelled=True, lists_all=False, arrivals=[]).composed(by)
    await by.delivers("A")
    await by.delivers("C")
    monkeypatch.setattr(Desk, "read_again", _crash)
    with pytest.raises(OSError, match="crash"):
        await by.delivers("B")
    monkeypatch.undo()
    assert await by.standing() == {KALUGA}
    assert await by.desk().read_again() == 1
    assert await by.standing() == set()


async def _crash(_: Desk) -> int:
    raise OSError("crash")
