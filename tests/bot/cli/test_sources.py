"""`alert-relay sources`, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli.sources_view import lasting
from storage import sources
from storage.database import Database
from storage.sources import Ailment, Kept, Listing
from tests.storage.world import NOW, later

if TYPE_CHECKING:
    from tests.bot.cli.conftest import AlertRelay

KALUGA = Listing("kaluga", "telegram", "Governor of Kaluga Region", "https://t.me/s/kaluga", 60)
MOSCOW = Listing("moscow", "push", "Mayor of Moscow")
HOUR = 3600


@pytest.fixture
def place(alert_relay: AlertRelay, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database in which two sources are listed, three hours later."""
    del alert_relay  # for its empty settings
    monkeypatch.setenv("RELAY_DATABASE", database_url)
    monkeypatch.setattr("bot.cli.sources.now", lambda: later(3 * HOUR))
    asyncio.run(_listed(database_url))
    return database_url


async def _listed(place: str) -> None:
    database = await Database.open(place)
    async with database.write() as tx:
        await sources.enlist(tx, [KALUGA, MOSCOW], NOW)
        await sources.heard(tx, "kaluga", NOW, later(40))
        await sources.answered(tx, "kaluga", Kept(NOW, {}))
        await sources.failed(tx, "kaluga", later(60), Ailment("server", "It answers 500."))
        await sources.to_be_asked(tx, "kaluga", later(4 * HOUR))
    await database.close()


def _rows(told: str) -> list[str]:
    return [" ".join(line.split()) for line in told.splitlines()]


@pytest.mark.usefixtures("place")
def test_each_source_is_a_row_with_what_ails_it(alert_relay: AlertRelay) -> None:
    told = alert_relay("sources")
    text = " ".join(_rows(told.out))
    assert told.code == 0
    assert "Governor of Kaluga Region 3 h ago 40 s 2 h ago in 60 min kaluga, telegram" in text
    assert "no word for 3 h: the server reports a fault of its own It answers 500." in text
    assert "Mayor of Moscow never sends itself moscow, push" in text


@pytest.mark.usefixtures("place")
def test_a_program_gets_a_line_of_json_for_each_source(alert_relay: AlertRelay) -> None:
    kaluga, moscow = alert_relay("sources", "--json").json
    assert (kaluga["id"], kaluga["trouble"], kaluga["failures"]) == ("kaluga", "server", 1)
    assert kaluga["published_at"] == "2026-03-05T06:00:00+00:00"
    assert (kaluga["lag_seconds"], moscow["published_at"], moscow["trouble"]) == (40, None, None)


def test_before_there_is_a_database_the_list_is_shown(alert_relay: AlertRelay) -> None:
    told = alert_relay("sources", "--json")
    assert (told.code, told.json[0]["kind"], told.json[0]["asked_at"]) == (0, "push", None)
    assert not list(Path().rglob("*.db"))


def test_without_a_list_one_sentence_says_what_to_do(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAY_TELEGRAM_TOKEN", "123456789:AAF-invented_for_tests")
    told = alert_relay("sources")
    assert (told.out, "Copy relay.example.toml" in told.err) == ("", True)


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7_300, "2 h"), (-5, "0 s")]
)
def test_a_time_is_told_in_a_unit_that_says_enough(seconds: int, told: str) -> None:
    assert lasting(timedelta(seconds=seconds)) == told
