"""What an admin sees of a broadcast while the relay runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from tests.bot import reports
from tests.town import ADMIN

if TYPE_CHECKING:
    from tests.bot.relay.conftest import Clock
    from tests.town import Town


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.progress.watch.EVERY", 0.02)
    monkeypatch.setattr("bot.progress.watch.IDLE", 0.02)


def _progress(town: Town) -> list[str]:
    return [one for one in town.texts(ADMIN) if one.startswith(("Идёт рассылка", "Рассылка за"))]


async def test_an_admin_follows_a_broadcast_to_its_end(followed: Town, clock: Clock) -> None:
    await followed.says(ADMIN, "/pause")
    await followed.posts(reports.KALUGA_FORTY)
    clock.passes(6, followed)
    await followed.until(lambda: bool(_progress(followed)))
    assert "осталось 1." in _progress(followed)[0]
    await followed.says(ADMIN, "/resume")
    await followed.calm()
    clock.passes(6, followed)
    await followed.until(lambda: _progress(followed)[0].startswith("Рассылка закончена"))
    assert len(_progress(followed)) == 1


async def test_metrics_tell_what_came_of_a_broadcast(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_FORTY)
    sent = 'relay_deliveries_total{class="attack",state="sent"} 1.0'
    last = 'relay_broadcast_last_sent_delay_seconds_count{class="attack"} 1.0'
    shown = ""
    while sent not in shown or last not in shown:
        async with (
            ClientSession() as session,
            session.get(f"{followed.relay.url if followed.relay else ''}/metrics") as answer,
        ):
            shown = await answer.text()
    assert 'relay_deliveries_waiting{class="attack"} 0.0' in shown
