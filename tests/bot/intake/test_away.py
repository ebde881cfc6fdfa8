"""Who was not heard for long is caught up with; how long that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.intake.polled import Unheard, Why
from tests.bot.intake.hearers import ANSWERS, Place, page, post

if TYPE_CHECKING:
    from storage.database import Database

SLOW = Unheard(Why.TOO_SLOW, "It took too long.")


@pytest.fixture
def place(database: Database) -> Place:
    ANSWERS.clear()
    return Place(database)


@pytest.mark.allowed_logs
async def test_who_is_first_heard_long_after_the_start_is_caught_up_with(place: Place) -> None:
    answers = place.lists("kaluga", SLOW)
    listening = await place.starts()
    place.clock.passed += 60
    morning = post(place, "kaluga", "1")
    await place.asks(listening, "kaluga")
    place.clock.passed += 8 * 3600
    answers.given[0] = page(morning)
    await place.asks(listening, "kaluga")
    assert place.taken == [("1", True)]
