"""How requests come to leave."""

from __future__ import annotations

import asyncio
import time

from bot.delivery.gate import Gate
from bot.delivery.pace import Pace

PATIENT = 60.0


def _gate(per_second: float) -> Gate:
    return Gate(Pace(per_second), time.monotonic)


async def _in_order(gate: Gate, *asked: str) -> list[str]:
    """In which order those leave that ask in this one."""
    left: list[str] = []

    async def ask(who: str) -> None:
        wait = gate.delivery(PATIENT) if who == "delivery" else gate.answer(len(who), PATIENT)
        assert await wait == 0
        left.append(who)

    waiting = []
    for who in asked:
        waiting.append(asyncio.create_task(ask(who)))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    return left


async def test_an_answer_takes_the_next_moment_before_any_delivery() -> None:
    left = await _in_order(_gate(25), "delivery", "delivery", "delivery", "answer")
    assert left == ["delivery", "answer", "delivery", "delivery"]


async def test_a_flood_of_questions_cannot_keep_an_alert_from_going_out() -> None:
    answers = [f"answer{'s' * number}" for number in range(9)]
    left = await _in_order(_gate(30), *answers, "delivery")
    assert left.index("delivery") <= 4


async def test_who_gives_up_waiting_leaves_the_moment_to_the_others() -> None:
    gate = _gate(50)
    assert await gate.answer(1, PATIENT) == 0
    given_up = asyncio.create_task(gate.answer(2, PATIENT))
    other = asyncio.create_task(gate.answer(3, PATIENT))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await other == 0
    assert gate.pace.free_at() < time.monotonic() + 0.03


async def test_who_would_wait_too_long_is_told_for_how_long_and_takes_no_moment() -> None:
    gate = _gate(10)
    gate.pace.hold(1, time.monotonic() + 60)
    assert await gate.answer(1, patience=2) > 59
    assert gate.pace.free_at() == 0


async def test_a_hold_that_comes_while_one_waits_sends_it_away() -> None:
    gate = _gate(20)
    assert await gate.delivery(PATIENT) == 0
    waiting = asyncio.create_task(gate.answer(1, patience=2))
    await asyncio.sleep(0)
    gate.pace.hold_all(time.monotonic() + 600)
    assert await waiting > 500


async def test_many_who_gave_up_leave_no_places_behind() -> None:
    gate = _gate(50)
    assert await gate.delivery(PATIENT) == 0
    waiting = [asyncio.create_task(gate.answer(chat, PATIENT)) for chat in range(2, 40)]
    waiting += [asyncio.create_task(gate.delivery(PATIENT)) for _ in range(40)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    assert await gate.answer(1, PATIENT) == 0
    assert await gate.delivery(PATIENT) == 0
    assert (len(gate._answers), len(gate._deliveries)) == (0, 0)


async def test_a_short_hold_that_comes_while_one_waits_is_waited_out() -> None:
    gate = _gate(20)
    assert await gate.delivery(PATIENT) == 0
    waiting = asyncio.create_task(gate.delivery(PATIENT))
    await asyncio.sleep(0)
    until = time.monotonic() + 0.1
    gate.pace.hold_all(until)
    assert await waiting == 0
    assert time.monotonic() >= until


async def test_at_the_end_nobody_waits_to_be_answered() -> None:
    gate = _gate(10)
    waiting = [asyncio.create_task(gate.answer(chat, PATIENT)) for chat in (1, 2, 2, 2, 2, 2, 2)]
    await asyncio.sleep(0)
    gate.end_answers()
    assert all(await asyncio.gather(*waiting[1:]))
    assert await gate.answer(3, PATIENT) > 0


async def test_of_answers_that_wait_together_no_more_leave_than_a_chat_may_get() -> None:
    gate = _gate(1000)
    for _ in range(7):
        gate.pace.answered(-5, time.monotonic())
    asked = [asyncio.create_task(gate.answer(-5, patience=0.1)) for _ in range(4)]
    assert sum(not wait for wait in await asyncio.gather(*asked)) == 1
