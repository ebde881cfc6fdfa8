"""Telegram's limits, in any order of messages."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import FREE, GROUP_BURST, GROUP_GAP, PRIVATE_GAP, SPREAD, Pace

if TYPE_CHECKING:
    from collections.abc import Iterable

CHATS = st.sampled_from([1, 2, 3, -1, -2])
ALMOST = 1e-6


def _sent(pace: Pace, chats: list[int]) -> list[float]:
    """When each message leaves, sent one after another as soon as it may."""
    now, moments = 100.0, []
    for chat in chats:
        now = max(now, pace.free_at(), pace.chat_free_at(chat))
        pace.left(now)
        pace.told(chat, now)
        moments.append(now)
    return moments


def _most(moments: Iterable[float], seconds: float) -> int:
    times = sorted(moments)
    return max(sum(at <= one < at + seconds - ALMOST for one in times) for at in times)


@given(st.lists(st.floats(0, 0.7), min_size=1, max_size=150), st.integers(1, 30))
def test_however_late_requests_leave_no_sliding_second_holds_more(
    late: list[float], rate: int
) -> None:
    pace, now, moments = Pace(rate), 100.0, []
    for delay in late:
        now = max(now + delay, pace.free_at())
        pace.left(now)
        moments.append(now)
    assert _most(moments, SPREAD) <= FREE


@given(st.lists(st.floats(0, 0.08), min_size=60, max_size=200))
def test_telegram_sees_no_more_than_30_in_a_second_however_long_each_is_under_way(
    under_way: list[float],
) -> None:
    left = _sent(Pace(28), list(range(1, len(under_way) + 1)))
    arrived = [at + delay for at, delay in zip(left, under_way, strict=True)]
    assert _most(arrived, 1) <= 30


def test_the_default_rate_is_used_up() -> None:
    moments = _sent(Pace(28), list(range(1, 3001)))
    assert 2999 / (moments[-1] - moments[0]) > 27.5


def test_a_moment_that_was_missed_is_made_up_for() -> None:
    pace, moments = Pace(20), [100.0]
    pace.left(100.0)
    for _ in range(40):
        moments.append(pace.free_at() + 0.01)
        pace.left(moments[-1])
    assert 40 / (moments[-1] - moments[0]) > 19.5


def test_there_is_no_burst_at_the_start() -> None:
    moments = _sent(Pace(10), [1, 2, 3])
    assert all(later - earlier > 0.07 for earlier, later in pairwise(moments))


@given(st.lists(CHATS, max_size=100))
def test_a_chat_is_never_written_to_faster_than_telegram_permits(chats: list[int]) -> None:
    last: dict[int, float] = {}
    for chat, at in zip(chats, _sent(Pace(1000), chats), strict=True):
        gap = PRIVATE_GAP if chat > 0 else GROUP_GAP
        assert at - last.get(chat, at - gap) >= gap - ALMOST
        last[chat] = at


def test_a_group_gets_20_messages_a_minute_answers_included() -> None:
    pace, moments = Pace(1000), list[float]()
    for number in range(50):
        asked = number % 3 == 0
        free = pace.answer_free_at(-5) if asked else pace.chat_free_at(-5)
        moments.append(max(100.0, *moments, free))
        (pace.answered if asked else pace.told)(-5, moments[-1])
    assert _most(moments, GROUP_BURST[1]) == 20


@pytest.mark.parametrize("chat", [1, -5])
def test_who_asks_without_end_does_not_keep_danger_from_a_chat(chat: int) -> None:
    pace, now = Pace(1000), 100.0
    for _ in range(200):
        now = max(now, pace.answer_free_at(chat))
        pace.answered(chat, now)
    assert pace.chat_free_at(chat) - now <= 5


def test_a_short_burst_of_answers_passes_and_a_long_one_does_not() -> None:
    pace = Pace(1000)
    for _ in range(4):
        assert pace.answer_free_at(1) <= 100
        pace.answered(1, 100)
    assert pace.answer_free_at(1) == 105


def test_a_bot_that_may_not_pay_keeps_to_the_free_rate() -> None:
    pace = Pace(1000)
    pace.free_rate_only()
    assert _most(_sent(pace, list(range(1, 200))), 1) <= FREE


def test_one_chats_hold_leaves_the_others_alone() -> None:
    pace = Pace(10)
    pace.hold(1, until=60)
    assert pace.chat_free_at(1) == pace.answer_free_at(1) == 60
    assert pace.chat_free_at(2) == pace.free_at() == 0


def test_a_shorter_hold_does_not_lift_a_longer_one() -> None:
    pace = Pace(10)
    pace.hold(1, until=60)
    pace.hold(1, until=5)
    assert pace.held_until(1) == 60


def test_a_hold_for_all_holds_everyone() -> None:
    pace = Pace(10)
    pace.hold_all(until=7)
    assert pace.free_at() == pace.chat_free_at(2) == pace.answer_free_at(3) == 7


def test_chats_that_are_free_again_are_not_kept_in_memory() -> None:
    pace = Pace(1e9)
    for chat in range(1, 30_000):
        pace.told(chat, now=float(chat))
    assert len(pace._chats) <= 10_001
