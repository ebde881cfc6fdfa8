"""The end of danger that new danger overtook is never told after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery.pace import Pace
from reports.model import Kind
from storage.database import Database
from tests.bot.delivery.hands import Hands
from tests.bot.delivery.office import Office
from tests.bot.delivery.stories import Story
from tests.storage.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def story(sqlite_file: Path) -> AsyncIterator[Story]:
    """One person follows Kaluga and Tula."""
    database, hands = await Database.open(str(sqlite_file)), Hands()
    office = Office(World(database), hands.clocks, Pace(28, private_gap=0))
    await office.world.person(1, "RU-KLU", "RU-TUL")
    yield Story(office, hands)
    await database.close()


async def _overtaken(story: Story, *news: Kind) -> list[str]:
    """What is read of an end, told with news, that waits when the next alert comes."""
    alert = await story.alert()
    await story.office.world.deliver()
    await story.over(alert, *[await story.opened(kind, "RU-TUL") for kind in news])
    await story.alert()
    return await story.read(story.office.delivery())


async def test_an_all_clear_that_the_next_alert_overtook_is_not_told(story: Story) -> None:
    (alert,) = await _overtaken(story)
    assert "тревога" in alert
    assert "отбой" not in alert


async def test_news_told_with_an_end_that_the_next_alert_overtook_are_told_without_it(
    story: Story,
) -> None:
    alert, news = await _overtaken(story, Kind.FIRE)
    assert "тревога" in alert
    assert "Тульская область" in news
    assert "отбой" not in news


async def test_an_all_clear_that_was_written_when_the_next_alert_came_is_not_told_after_it(
    story: Story,
) -> None:
    alert = await story.alert()
    await story.office.world.deliver()
    await story.over(alert)
    delivery = story.office.delivery()
    await delivery.supply._refill()
    await story.alert()
    told = await story.read(delivery)
    assert ["отбой" in html for html in told] == [False]


async def test_danger_that_is_over_goes_after_new_danger_and_after_its_end_to_who_heard_of_it(
    story: Story,
) -> None:
    office = story.office
    await office.crowd(40, first=2)
    await office.crowd(3, "RU-MOW", 900)
    alert = await story.alert()
    await office.world.send(*await office.world.claim(10))
    story.hands.seconds = 20
    await story.over(alert)
    await story.alert("RU-MOW")
    told = await story.read(office.delivery())
    kinds = ["over" if "объявлялась" in html else "отбой" in html for html in told]
    assert kinds == [False] * 3 + [True] * 10 + ["over"] * 31
