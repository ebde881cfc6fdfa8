"""What anybody may ask of the relay's hearing, and what admins see besides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage import sources
from storage.sources import Ailment, Kept, Listing
from tests.bot import reports
from tests.town import ADMIN, CAPITAL, KALUGA

if TYPE_CHECKING:
    from tests.town import Town

GOVERNOR = Listing("kaluga", "telegram", "Губернатор Калужской области", regions=("RU-KLU",))
MAYOR = Listing("moscow", "feed", "Мэр Москвы", regions=("RU-MOW",))
LONG_AGO = datetime(2026, 9, 22, 20, 44, tzinfo=UTC)
REFUSED = Ailment("refused", "example.org answers 403.")


@pytest.fixture
async def listening(at_work: Town) -> Town:
    """A relay of two sources that were never in trouble."""
    await _enlist(at_work, GOVERNOR, MAYOR)
    return at_work


async def _enlist(town: Town, *listed: Listing) -> None:
    assert town.relay is not None
    async with town.relay.database.write() as tx:
        await sources.enlist(tx, listed, datetime.now(UTC))


async def _fails(town: Town, source: Listing, minutes: int) -> None:
    assert town.relay is not None
    began = datetime.now(UTC) - timedelta(minutes=minutes)
    async with town.relay.database.write() as tx:
        await sources.answered(tx, source.id, Kept(began, {}))
        await sources.failed(tx, source.id, began, REFUSED)


async def test_status_says_that_all_sources_are_heard(listening: Town) -> None:
    assert (await listening.says(CAPITAL, "/status")).text == (
        "▶️ The relay is at work.\nIt listens to 2 sources, and hears them all.\n"
        "There was no report yet.\nNo report does not mean that there is no danger."
    )


async def test_status_tells_everyone_which_source_is_not_heard_and_since_when(
    listening: Town,
) -> None:
    await _fails(listening, GOVERNOR, minutes=30)
    told = (await listening.says(KALUGA, "/status")).text
    assert "Источников: 2, из них не на связи: 1.\n" in told
    assert "Губернатор Калужской области" in told
    assert "403" not in told


async def test_a_hiccup_is_not_told(listening: Town) -> None:
    await _fails(listening, GOVERNOR, minutes=1)
    assert "hears them all" in (await listening.says(CAPITAL, "/status")).text


async def test_what_admins_were_told_of_at_once_is_told_to_everyone(listening: Town) -> None:
    await _fails(listening, GOVERNOR, minutes=1)
    assert listening.relay is not None
    async with listening.relay.database.write() as tx:
        await sources.told(tx, GOVERNOR.id, "refused")
    told = (await listening.says(CAPITAL, "/status")).text
    assert "Sources: 2, of which not heard: 1." in told


async def test_status_says_that_relaying_is_paused(listening: Town) -> None:
    await listening.says(ADMIN, "/pause")
    assert (await listening.says(CAPITAL, "/status")).text.startswith("⏸ Relaying is paused")


async def test_status_names_the_last_report(listening: Town) -> None:
    await listening.publishes(reports.KALUGA_FORTY)
    told = (await listening.says(CAPITAL, "/status")).text
    assert "(Moscow time), Губернатор Калужской области." in told


async def test_the_latest_of_a_region_tells_that_its_source_is_not_heard(listening: Town) -> None:
    await _fails(listening, GOVERNOR, minutes=30)
    assert "не слышен" in (await listening.says(KALUGA, "/latest Калуга")).text
    assert "не слышен" not in (await listening.says(KALUGA, "/latest Москва")).text


async def test_sources_are_listed_for_everyone_and_their_trouble_for_admins(
    listening: Town,
) -> None:
    await _fails(listening, MAYOR, minutes=30)
    told = (await listening.says(CAPITAL, "/sources")).text
    assert "• Губернатор Калужской области — no report yet\n• Мэр Москвы" in told
    assert "403" not in told
    told = (await listening.says(ADMIN, "/sources")).text
    assert "feed · moscow · опрошен 30 мин назад\nexample.org answers 403." in told


async def test_many_sources_are_turned_over_by_button(at_work: Town) -> None:
    await _enlist(at_work, *(Listing(f"s{n}", "feed", f"Source {n}.") for n in range(1, 24)))
    assert "Source 8." in (await at_work.says(CAPITAL, "/sources")).text
    told = (await at_work.presses(CAPITAL, "›")).text
    assert "Source 9." in told
    assert "Source 8." not in told
    assert "Source 23." in (await at_work.presses(CAPITAL, "›")).text


async def test_two_hundred_sources_in_trouble_fit_into_messages(at_work: Town) -> None:
    name = "Министерство & Co по делам гражданской обороны и чрезвычайным ситуациям " * 2
    listed = [Listing(f"s{n}-" + "x" * 60, "telegram", name) for n in range(200)]
    await _enlist(at_work, *listed)
    assert at_work.relay is not None
    async with at_work.relay.database.write() as tx:
        for one in listed:
            await sources.failed(tx, one.id, LONG_AGO, Ailment("layout", "w" * 500))
    assert "1/40" in str((await at_work.says(ADMIN, "/sources")).buttons)
    assert "1/25" in str((await at_work.says(KALUGA, "/sources")).buttons)
    assert "… и ещё 193 источника." in (await at_work.says(KALUGA, "/status")).text


async def test_without_sources_that_is_said(at_work: Town) -> None:
    await _enlist(at_work)
    assert "It listens to no source yet." in (await at_work.says(CAPITAL, "/status")).text
    assert (await at_work.says(CAPITAL, "/sources")).text == "It listens to no source yet."
