"""Admins are told once who is not heard, and once that it is heard again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.intake.listening.habits import silence_of
from bot.intake.polled import Unheard, Why
from storage import sources
from tests.bot.intake.hearers import ANSWERS, START, Place, page, post

if TYPE_CHECKING:
    from bot.intake.listening.loop import Listening
    from storage.database import Database

CUT = Unheard(Why.UNREACHABLE, "No connection.")
LAYOUT = Unheard(Why.LAYOUT, "Blocks, and no posts in them.")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

pytestmark = pytest.mark.allowed_logs


@pytest.fixture
def place(database: Database) -> Place:
    ANSWERS.clear()
    return Place(database)


async def _polls(place: Place, listening: Listening, seconds: float, times: int = 1) -> None:
    """So many rounds in which all are asked, so far apart, and a look after each."""
    for _ in range(times):
        place.clock.passed += seconds
        for source_id in listening.heeded:
            await place.asks(listening, source_id)
        await listening.watched()


def _mends(*source_ids: str) -> None:
    for source_id in source_ids:
        ANSWERS[source_id].given[0] = page()


async def test_a_hiccup_is_told_to_nobody(place: Place) -> None:
    place.lists("kaluga", CUT)
    listening = await place.starts()
    await _polls(place, listening, 60, times=4)
    _mends("kaluga")
    await _polls(place, listening, 60, times=4)
    assert await place.told() == []


async def test_trouble_that_lasts_is_told_once_and_so_is_its_end(place: Place) -> None:
    place.lists("kaluga", page(), CUT)
    listening = await place.starts()
    await _polls(place, listening, 60, times=20)
    assert await place.told() == [("Mayor of kaluga", "unreachable")]
    assert (await place.bulletins())[0].published == START + timedelta(seconds=60)
    _mends("kaluga")
    await _polls(place, listening, 60, times=3)
    assert (await place.told())[1:] == [("Mayor of kaluga", "again")]


async def test_what_does_not_pass_by_itself_is_told_at_the_second_time(place: Place) -> None:
    place.lists("kaluga", LAYOUT)
    listening = await place.starts()
    await _polls(place, listening, 10)
    assert await place.told() == []
    await _polls(place, listening, 10, times=3)
    assert await place.told() == [("Mayor of kaluga", "layout")]


async def test_a_source_that_comes_and_goes_is_told_of_once_an_hour(place: Place) -> None:
    place.lists("kaluga", LAYOUT)
    listening = await place.starts()
    for _ in range(9):
        ANSWERS["kaluga"].given[0] = LAYOUT
        await _polls(place, listening, 120, times=2)
        _mends("kaluga")
        await _polls(place, listening, 120)
    codes = [code for _, code in await place.told()]
    assert codes == ["layout", "again"]


async def test_many_that_fail_at_once_are_told_of_together(place: Place) -> None:
    for number in range(6):
        place.lists(f"s{number}", page(), CUT)
    listening = await place.starts()
    await _polls(place, listening, 60, times=12)
    [(names, code)] = await place.told()
    assert (names.count("Mayor"), code) == (6, "unreachable")
    _mends(*(f"s{number}" for number in range(6)))
    await _polls(place, listening, 60)
    assert [code for _, code in await place.told()] == ["unreachable", "again"]


async def test_those_found_silent_in_one_look_are_told_of_together(place: Place) -> None:
    for name in ("kaluga", "tula"):
        place.lists(name, page(), silent_hours=2)
    await _polls(place, await place.starts(), 1800, times=6)
    [(names, code)] = await place.told()
    assert (names.count("Mayor"), code) == (2, "silent")


async def test_trouble_waits_for_the_first_admin_who_writes_and_is_told_once(place: Place) -> None:
    place.admin_wrote = False
    place.lists("kaluga", LAYOUT)
    place.lists("tula", CUT, CUT, CUT, page())
    listening = await place.starts()
    await _polls(place, listening, 200, times=8)
    assert await place.told() == []
    await place.admin_writes()
    await _polls(place, listening, 200, times=3)
    assert await place.told() == [("Mayor of kaluga", "layout")]


async def test_silence_longer_than_the_operator_allows_is_told(place: Place) -> None:
    answers = place.lists("kaluga", silent_hours=2)
    answers.given.append(page(post(place, "kaluga", "1")))
    listening = await place.starts()
    await _polls(place, listening, 1800, times=6)
    assert await place.told() == [("Mayor of kaluga", "silent")]
    assert (await place.bulletins())[0].published == START - timedelta(minutes=1)
    answers.given[0] = page(post(place, "kaluga", "2"))
    await _polls(place, listening, 60, times=2)
    assert [code for _, code in await place.told()] == ["silent", "again"]


async def test_after_a_start_a_source_is_asked_before_it_is_called_silent(place: Place) -> None:
    place.lists("kaluga", page(), silent_hours=2)
    await _polls(place, await place.starts(), 60)
    place.clock.passed += 10_000
    later = await place.starts()
    await later.watched()
    assert (await place.health("kaluga")).trouble is None
    await _polls(place, later, 60)
    assert (await place.health("kaluga")).trouble == sources.SILENT


async def test_a_graver_trouble_after_silence_is_told_too(place: Place) -> None:
    place.lists("kaluga", page(), silent_hours=1)
    listening = await place.starts()
    await _polls(place, listening, 4000)
    ANSWERS["kaluga"].given[0] = LAYOUT
    await _polls(place, listening, 4000, times=3)
    assert [code for _, code in await place.told()] == ["silent", "layout"]


async def test_posts_without_dates_make_no_habit(place: Place) -> None:
    answers = place.lists("kaluga", page())
    undated = START - 2 * DAY
    posts = [replace(post(place, "kaluga", str(n)), published=undated) for n in range(20)]
    answers.given[0] = page(*posts)
    await _polls(place, await place.starts(), 60, times=2)
    assert (await place.health("kaluga")).trouble is None


async def test_a_machine_that_slept_asks_before_it_calls_anyone_silent(place: Place) -> None:
    answers = place.lists("kaluga", page(), silent_hours=2)
    listening = await place.starts()
    await _polls(place, listening, 60)
    place.clock.wall = DAY
    await listening.watched()
    assert (await place.health("kaluga")).trouble is None
    answers.given[0] = page(post(place, "kaluga", "1"))
    await _polls(place, listening, 60)
    assert (await place.health("kaluga")).trouble is None


async def test_trouble_is_told_also_where_the_clock_was_set_back(place: Place) -> None:
    place.lists("kaluga", page(), CUT)
    listening = await place.starts()
    await _polls(place, listening, 60, times=2)
    place.clock.wall = -DAY
    await _polls(place, listening, 60, times=2)
    assert await place.told() == [("Mayor of kaluga", "unreachable")]


def test_a_habit_is_the_longest_gap_and_half_as_much() -> None:
    assert silence_of([HOUR] * 8 + [10 * HOUR], polled=True) == 15 * HOUR
    assert silence_of([HOUR] * 9, polled=False) == 6 * HOUR
    assert silence_of([20 * DAY] * 9, polled=True) == 14 * DAY


def test_without_a_habit_only_who_is_asked_falls_silent() -> None:
    assert silence_of([HOUR] * 8, polled=True) == 7 * DAY
    assert silence_of([HOUR] * 8, polled=False) is None
