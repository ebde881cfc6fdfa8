"""A source's post on which the relay stumbles is told to admins in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers import posts
from tests.bot import reports
from tests.bot.relay.posting import hand, open_channels, post, until_fetched, until_read, wordings
from tests.town import ADMIN, KALUGA

if TYPE_CHECKING:
    from tests.town import Town

pytestmark = pytest.mark.allowed_logs


def _stumbles(*_given: object) -> None:
    raise ZeroDivisionError


async def _fetched(town: Town) -> None:
    await until_fetched(town)
    await until_read(town)


async def test_a_defect_of_ours_loses_no_post(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    open_channels(place)
    async with place.at_work():
        await place.says(ADMIN, "/start")
        await place.says(KALUGA, "/subscribe Калуга")
        monkeypatch.setattr(posts, "_first_said", _stumbles)
        number = post(place, reports.KALUGA_FORTY)
        await _fetched(place)
        assert reports.KALUGA_FORTY in place.texts(ADMIN)[-1]
        assert "40" not in place.texts(KALUGA)[-1]
    assert await wordings(place, number) == [reports.KALUGA_FORTY]


async def test_a_post_of_which_nothing_can_be_read_is_kept_as_it_came(place: Town) -> None:
    open_channels(place)
    async with place.at_work():
        await place.says(ADMIN, "/start")
        hand(place, date="yesterday", text=reports.KALUGA_ALERT)
        hand(place, date="yesterday", text={"odd": "Образец\x00"})
        await _fetched(place)
        told = "\n".join(place.texts(ADMIN))
    assert reports.KALUGA_ALERT in told
    assert "Образец" in told


async def test_an_odd_update_of_nobodys_is_passed_over(place: Town) -> None:
    open_channels(place)
    async with place.at_work():
        await place.says(ADMIN, "/start")
        before = place.texts(ADMIN)
        hand(place, date="yesterday", text="x", chat={"id": 7, "type": "channel"})
        await _fetched(place)
        assert place.texts(ADMIN) == before
