"""How long nobody is tried while Telegram cannot be reached."""

from __future__ import annotations

import pytest

from bot.delivery.outage import LONGEST_REST, Outage
from tests.bot.delivery.hands import Hands


@pytest.fixture
def hands() -> Hands:
    """The clock that it goes by."""
    return Hands()


@pytest.fixture
def outage(hands: Hands) -> Outage:
    """Telegram was reached until now."""
    return Outage(hands.ticks)


def _rests(outage: Outage, hands: Hands, times: int) -> list[float]:
    rests = []
    for _ in range(times):
        outage.unreachable()
        rests.append(outage.seconds)
        hands.seconds += outage.seconds
    return rests


def test_each_rest_is_twice_as_long_up_to_a_bound(outage: Outage, hands: Hands) -> None:
    assert _rests(outage, hands, 6) == [1, 2, 4, 8, LONGEST_REST, LONGEST_REST]


def test_several_that_fail_at_once_count_as_one(outage: Outage, hands: Hands) -> None:
    for _ in range(30):
        outage.unreachable()
    assert outage.seconds == 1
    hands.seconds += 1
    assert _rests(outage, hands, 1) == [2]


def test_after_an_answer_it_begins_anew(outage: Outage, hands: Hands) -> None:
    _rests(outage, hands, 4)
    outage.answered()
    assert _rests(outage, hands, 1) == [1]


def test_only_so_many_lost_answers_in_a_row_mean_an_outage(outage: Outage) -> None:
    for _ in range(4):
        outage.lost()
    assert outage.seconds == 0
    outage.lost()
    assert outage.seconds == 1


def test_one_answer_between_lost_ones_means_that_telegram_is_there(outage: Outage) -> None:
    for _ in range(10):
        for _ in range(4):
            outage.lost()
        outage.answered()
    assert outage.seconds == 0


def test_a_shorter_rest_does_not_end_a_longer_one(outage: Outage) -> None:
    outage.rest(30)
    outage.unreachable()
    outage.rest(2)
    assert outage.seconds == 30


def test_silence_lasts_until_an_answer_comes(outage: Outage) -> None:
    assert not outage.lasts
    outage.unreachable()
    assert outage.lasts
    outage.answered()
    assert not outage.lasts
