"""How requests come to leave."""

import asyncio
import time

from bot.delivery.gate import Lane, wait_to_leave
from bot.delivery.pace import Pace


async def _pass(lane: Lane, rank: tuple[int, int], passed: list[tuple[int, int]]) -> None:
    async with lane.turn(rank):
        passed.append(rank)
        await asyncio.sleep(0)


async def test_of_those_who_wait_the_most_pressing_goes_first() -> None:
    lane, passed = Lane(), []  # type: tuple[Lane, list[tuple[int, int]]]
    news = [_pass(lane, (2, number), passed) for number in range(3)]
    async with lane.turn((2, 99)):
        waiting = [asyncio.create_task(one) for one in (*news, _pass(lane, (0, 5), passed))]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert passed == [(0, 5), (2, 0), (2, 1), (2, 2)]


async def test_who_gives_up_waiting_leaves_the_lane_to_the_others() -> None:
    lane, passed = Lane(), []  # type: tuple[Lane, list[tuple[int, int]]]
    async with lane.turn((2, 99)):
        first = asyncio.create_task(_pass(lane, (0, 1), passed))
        other = asyncio.create_task(_pass(lane, (0, 2), passed))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
    await other
    assert passed == [(0, 2)]


async def test_who_would_wait_too_long_is_told_for_how_long_and_books_nothing() -> None:
    pace = Pace(10)
    now = time.monotonic()
    pace.hold(1, now + 60)
    assert await wait_to_leave(pace, 1, lambda: now, patience=2) == 60
    assert pace.take(2, now) == now


async def test_a_hold_that_comes_while_one_waits_is_kept() -> None:
    pace = Pace(20)
    pace.take(2, time.monotonic())
    waiting = asyncio.create_task(wait_to_leave(pace, 1, time.monotonic, patience=2))
    await asyncio.sleep(0)
    pace.hold_all(time.monotonic() + 600)
    assert await waiting > 500
