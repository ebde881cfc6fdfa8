"""Whom Telegram's "too many requests" keeps waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery.holds import FIRST_DOUBT, HELD_TOGETHER, LONGEST_RECALLED, Holds
from bot.delivery.pace import Pace
from bot.delivery.receipts import Receipts
from storage import chats
from storage.database import Database
from tests.bot.delivery.hands import Hands

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ANNA, BORIS, CLARA, GROUP = 1, 2, 3, -4


@pytest.fixture
def hands() -> Hands:
    """The clock that it goes by."""
    return Hands()


def _held(holds: Holds, hands: Hands) -> dict[int, float]:
    """Seconds of each hold; 0 stands for everyone."""
    pace = holds.pace
    ends = pace.holds | {0: pace.all_held_until}
    return {chat: end - hands.ticks() for chat, end in ends.items() if end > hands.ticks()}


@pytest.fixture
async def quick(hands: Hands, sqlite_file: Path) -> AsyncIterator[Holds]:
    """Of which nothing is ever written down."""
    database = await Database.open(str(sqlite_file))
    yield Holds(Pace(28), hands.clocks, Receipts(database))
    await database.close()


@pytest.fixture
def holds(database: Database, hands: Hands) -> Holds:
    """Nobody is held; what is to be remembered waits to be written."""
    return Holds(Pace(28), hands.clocks, Receipts(database))


async def _begun_anew(holds: Holds, hands: Hands) -> Holds:
    """The same relay after a restart."""
    holds.receipts.end()
    await holds.receipts.run()
    anew = Holds(Pace(28), hands.clocks, Receipts(holds.receipts.database))
    async with holds.receipts.database.write() as tx:
        await anew.recall(tx)
    return anew


def test_a_chats_hold_is_its_own(quick: Holds, hands: Hands) -> None:
    quick.refused(ANNA, 30)
    quick.refused(BORIS, 5)
    quick.refused(ANNA, 10)
    assert _held(quick, hands) == {ANNA: 30, BORIS: 5}


@pytest.mark.allowed_logs
def test_three_chats_within_five_seconds_mean_everyone(quick: Holds, hands: Hands) -> None:
    for chat in (ANNA, ANNA, BORIS):
        quick.refused(chat, 20)
    assert 0 not in _held(quick, hands)
    hands.seconds += HELD_TOGETHER - 0.5
    quick.refused(CLARA, 20)
    assert _held(quick, hands)[0] == 20


def test_three_chats_one_after_another_are_each_their_own(quick: Holds, hands: Hands) -> None:
    for chat in (ANNA, BORIS, CLARA):
        quick.refused(chat, 20)
        hands.seconds += HELD_TOGETHER / 2
    assert 0 not in _held(quick, hands)


@pytest.mark.allowed_logs
def test_a_long_hold_on_a_private_chat_means_everyone_until_a_few_were_tried(
    quick: Holds, hands: Hands
) -> None:
    quick.refused(ANNA, 600)
    assert _held(quick, hands) == {ANNA: 600, 0: FIRST_DOUBT}
    hands.seconds += FIRST_DOUBT
    quick.taken()
    assert not quick.doubt
    assert _held(quick, hands) == {ANNA: 600 - FIRST_DOUBT}


@pytest.mark.allowed_logs
def test_while_each_try_is_refused_everyone_waits_for_twice_as_long(
    quick: Holds, hands: Hands
) -> None:
    for chat in (ANNA, BORIS, CLARA):
        quick.refused(chat, 600)
        hands.seconds += _held(quick, hands)[0]
    assert quick.doubt == 4 * FIRST_DOUBT


def test_a_groups_slow_mode_is_its_own_however_long(quick: Holds, hands: Hands) -> None:
    quick.refused(GROUP, 3590)
    assert _held(quick, hands) == {GROUP: 3590}


def test_who_floods_the_bot_with_questions_is_held_alone(quick: Holds, hands: Hands) -> None:
    for _ in range(10):
        quick.refused_answer(ANNA, 3600)
    assert _held(quick, hands) == {ANNA: 3600}


def test_a_few_who_flood_the_bot_with_questions_do_not_silence_it(
    quick: Holds, hands: Hands
) -> None:
    for chat in (ANNA, BORIS, CLARA):
        quick.refused_answer(chat, 3600)
    quick.refused(GROUP, 50)
    assert 0 not in _held(quick, hands)


@pytest.mark.allowed_logs
async def test_holds_survive_a_restart(holds: Holds, hands: Hands) -> None:
    holds.refused(ANNA, 20)
    holds.refused(BORIS, 90)
    hands.seconds += 25
    assert _held(await _begun_anew(holds, hands), hands) == {BORIS: 65, 0: 5}


async def test_a_clock_that_was_wrong_makes_no_hold_eternal(holds: Holds, hands: Hands) -> None:
    holds.refused(GROUP, 400 * 24 * 3600)
    assert _held(await _begun_anew(holds, hands), hands) == {GROUP: LONGEST_RECALLED}


async def test_a_longer_hold_is_remembered_whatever_comes_after_it(
    holds: Holds, hands: Hands
) -> None:
    holds.refused(ANNA, 50)
    holds.refused(ANNA, 5)
    assert _held(await _begun_anew(holds, hands), hands) == {ANNA: 50}


async def test_who_asks_to_be_forgotten_leaves_no_hold_behind(holds: Holds, hands: Hands) -> None:
    holds.refused(ANNA, 50)
    holds.refused(BORIS, 50)
    holds.receipts.end()
    await holds.receipts.run()
    async with holds.receipts.database.write() as tx:
        await chats.forget(tx, ANNA)
    assert _held(await _begun_anew(holds, hands), hands) == {BORIS: 50}
