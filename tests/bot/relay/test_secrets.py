"""What a whole run in trouble leaves in the log."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
import structlog

from bot.logs import Log, start_logging
from bot.playground.botapi import errors
from storage.tables import bulletin
from tests.bot import reports
from tests.bot.relay.crowd import crowd, states
from tests.bot.wire import ODD, gateway
from tests.town import ADMIN, CAPITAL, KALUGA, TOKEN, token_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.relay.conftest import Clock
    from tests.town import Town

MOVED = -1_000_555_555


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the service would log."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    start_logging([], Log(written))  # so that nothing is hidden because it is known
    yield written
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.allowed_logs
async def test_no_token_secret_or_subscriber_appears_in_a_log(
    place: Town, clock: Clock, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.reach.FIRST_PAUSE", 0.01)
    people = await crowd(place, 12)
    async with gateway(place.api) as wire:
        place.api = wire.url
        wire.instead["getMe"] = [*ODD.values()][:4]
        async with place.at_work():
            await _a_defect(place)
            await _a_defect_that_a_person_meets(place, people[-1])
            wire.instead["sendMessage"] = [*ODD.values()][:4]
            _each_has_trouble(place, people)
            await place.posts(reports.KALUGA_FORTY)
            while {"pending", "sending"} & {*await states(place)}:
                clock.passes(61, place)
    told = log.getvalue()
    assert "Telegram cannot be reached" in told
    assert "cannot be written" in told
    assert "the token was refused" in told
    assert "an update failed" in told
    secrets = [TOKEN, token_of("kaluga"), str(-MOVED), *map(str, people)]
    assert not [one for one in secrets if one in told]


def _each_has_trouble(place: Town, people: list[int]) -> None:
    refusals = [
        errors.BLOCKED,
        errors.too_many_requests(9),
        errors.BAD_GATEWAY,
        errors.UNAUTHORIZED,
        errors.migrated(MOVED),
    ]
    for person, refusal in zip(people, refusals, strict=False):
        place.telegram.faults.fail(refusal, "sendMessage", chat_id=person)


async def _a_defect(place: Town) -> None:
    """What is to be sent cannot be written; and a person cannot be answered."""
    assert place.relay is not None
    await place.says(ADMIN, "/pause")
    await place.posts(reports.KALUGA_ALERT)
    async with place.relay.database.write() as tx:
        await tx.execute(sa.update(bulletin).values(state={}))
    await place.says(ADMIN, "/resume")
    await place.calm()
    place.telegram.faults.fail(errors.BLOCKED, chat_id=CAPITAL)
    place.telegram.say(CAPITAL, "/help")
    await place.says(KALUGA, "/help")


async def _a_defect_that_a_person_meets(place: Town, person: int) -> None:
    assert place.relay is not None
    for old, new in (("chat", "elsewhere"), ("elsewhere", "chat")):
        async with place.relay.database.write() as tx:
            await tx.execute(sa.text(f"ALTER TABLE {old} RENAME TO {new}"))
        if new != "chat":
            await place.says(person, "/help")
