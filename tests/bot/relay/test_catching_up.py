"""What trouble kept from being read is read while the relay runs, not at its next start."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reports.model import Report, Source
from storage.reports import save
from tests.bot.reports import KALUGA_ALERT
from tests.town import KALUGA

if TYPE_CHECKING:
    import pytest

    from tests.town import Town

GOVERNOR = Source("Губернатор Калужской области", "governor", "kaluga", ("RU-KLU",), "ru")


async def test_what_was_kept_and_not_read_is_told_without_a_restart(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.catching_up.EVERY", 0.05)
    async with place.at_work() as relay:
        await place.says(KALUGA, "/subscribe Калуга")
        now = datetime.now(UTC)
        async with relay.database.write() as tx:
            await save(tx, Report("kept", GOVERNOR, now, KALUGA_ALERT), now)
        await place.until(lambda: "опасность" in place.texts(KALUGA)[-1])
