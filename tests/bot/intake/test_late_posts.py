"""Posts that are found after those that came out later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.intake.polled import Found
from tests.bot.intake.hearers import ANSWERS, START, Place, again, page, post

if TYPE_CHECKING:
    from storage.database import Database


async def test_at_first_contact_what_is_dated_ahead_is_old_news(database: Database) -> None:
    ANSWERS.clear()
    place = Place(database)
    answers = place.lists("kaluga")
    first = replace(post(place, "kaluga", "1"), published=START + timedelta(hours=3))
    answers.given.extend([page(first), page(replace(first, id="2"))])
    listening = await place.starts()
    for _ in range(2):
        await place.asks(listening, "kaluga")
    assert place.taken == [("1", True), ("2", False)]


async def test_a_post_found_late_is_old_news_and_its_edit_is_news(database: Database) -> None:
    ANSWERS.clear()
    place = Place(database)
    answers = place.lists("kaluga")
    first, second = post(place, "kaluga", "1"), post(place, "kaluga", "2")
    late, edited = Found((first,), {}, late=frozenset("1")), again(first, "Добрый вечер!")
    answers.given.extend([page(second), late, Found((edited,), {}, late=frozenset("1"))])
    listening = await place.starts()
    for _ in range(3):
        await place.asks(listening, "kaluga")
    assert place.taken[1:] == [("1", True), ("1", False)]
