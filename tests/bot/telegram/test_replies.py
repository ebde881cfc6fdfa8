"""Answers to people, and for how long they wait."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import RetryAfter

from bot.clocks import Clocks
from bot.delivery.gate import Gate
from bot.delivery.holds import Holds
from bot.delivery.pace import Pace
from bot.delivery.receipts import Receipts
from bot.telegram.replies import LONGEST_WAIT, ReplyLane
from storage.database import Database
from tests.storage.world import later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ANNA, BORIS = 1, 2


@dataclass(slots=True)
class Answering:
    """Someone who answers; Telegram first refuses as often as `refusals` says."""

    pace: Pace
    lane: ReplyLane
    refusals: list[int] = field(default_factory=list)
    requests: int = 0

    async def answer(self, chat_id: object, patience: float | None = None) -> str:
        """Send one."""
        data: dict[str, Any] = {"chat_id": chat_id}
        return str(await self.lane.process_request(self._send, (), {}, "", data, patience))

    async def _send(self) -> str:
        self.requests += 1
        if self.refusals:
            raise RetryAfter(self.refusals.pop(0))
        return "sent"


@pytest.fixture
async def anna(sqlite_file: Path) -> AsyncIterator[Answering]:
    """Nobody is held."""
    database = await Database.open(str(sqlite_file))
    pace, clocks = Pace(1000), Clocks(lambda: later(0), time.monotonic)
    holds = Holds(pace, clocks, Receipts(database))
    yield Answering(pace, ReplyLane(Gate(pace, time.monotonic), holds))
    await database.close()


async def test_an_answer_that_is_refused_for_a_moment_is_sent_once_more(anna: Answering) -> None:
    anna.refusals = [0]
    assert await anna.answer(ANNA) == "sent"
    assert anna.requests == 2


async def test_an_answer_that_is_refused_twice_is_given_up(anna: Answering) -> None:
    anna.refusals = [0, 0]
    with pytest.raises(RetryAfter):
        await anna.answer(ANNA)
    assert anna.requests == 2


async def test_who_is_held_for_long_is_not_tried_and_others_are(anna: Answering) -> None:
    anna.refusals = [int(LONGEST_WAIT) + 5]
    for _ in range(3):
        with pytest.raises(RetryAfter):
            await anna.answer(ANNA)
    assert anna.requests == 1
    assert await anna.answer(BORIS) == "sent"


async def test_what_has_less_patience_gives_up_earlier(anna: Answering) -> None:
    anna.pace.hold(ANNA, time.monotonic() + 5)
    with pytest.raises(RetryAfter):
        await anna.answer(ANNA, patience=1.0)
    assert anna.requests == 0


async def test_a_hold_of_everyone_is_no_answers_to_break(anna: Answering) -> None:
    anna.pace.hold_all(time.monotonic() + 600)
    with pytest.raises(RetryAfter):
        await anna.answer(ANNA)
    assert anna.requests == 0


async def test_what_goes_to_no_chat_does_not_wait(anna: Answering) -> None:
    anna.pace.hold_all(time.monotonic() + 600)
    assert await anna.answer(None) == "sent"
