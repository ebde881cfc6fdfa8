"""What is told together: in one message, also when that has to be repeated or cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.delivery.pace import Pace
from reports.incidents.missed import TOLD_TOGETHER
from reports.summaries import backlog
from storage import outbox
from storage.database import Database
from storage.outbox import Beside, Lease
from tests.bot.delivery.hands import Hands
from tests.bot.delivery.office import Office
from tests.bot.delivery.stories import Story
from tests.storage.world import LEASE, World, later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from reports.summaries import For

REPEAT, SEVEN_MINUTES = "Повтор", 420


@pytest.fixture
async def story(sqlite_file: Path) -> AsyncIterator[Story]:
    """Three people follow Kaluga, and one Tula."""
    database, hands = await Database.open(str(sqlite_file)), Hands()
    office = Office(World(database), hands.clocks, Pace(28, private_gap=0))
    await office.crowd(3)
    await office.world.person(4, "RU-TUL")
    yield Story(office, hands)
    await database.close()


@pytest.mark.allowed_logs
async def test_a_bundle_that_cannot_be_written_alarms_nobody_and_bars_no_other(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts = [await story.alert(region) for region in ("RU-KLU", "RU-TUL")]
    story.hands.seconds = 20
    for alert in alerts:
        await story.over(alert)
    monkeypatch.setattr("bot.delivery.backlog.backlog", _broken_for_tula)
    delivery = story.office.delivery()
    told = await story.read(delivery)
    assert [("отменена" in html, "Калужская" in html) for html in told] == [(True, True)] * 3
    assert (await story.office.world.counts())["failed"] == 2


def _broken_for_tula(missed: Any, for_: For, *, repeat: bool) -> Any:  # noqa: ANN401 - passed on
    if for_.regions and "RU-TUL" in for_.regions:
        raise ValueError("a defect")
    return backlog(missed, for_, repeat=repeat)


async def test_one_message_after_an_outage_stays_one_when_a_kill_leaves_it_in_doubt(
    story: Story,
) -> None:
    for _ in range(5):
        await story.alert("RU-TUL")
    story.hands.seconds = SEVEN_MINUTES
    await story.office.delivery().supply._refill()
    assert await story.office.world.counts() == {"sending": 5}
    (again,) = await story.read(story.office.delivery())
    assert again.count(REPEAT) == 1


async def test_repeats_that_are_due_at_different_times_are_one_message_apart_from_what_is_new(
    story: Story,
) -> None:
    for _ in range(2):
        await story.alert("RU-TUL")
    await _lost(story, 5, 1800)
    await story.alert("RU-TUL")
    story.hands.seconds = 10
    told = await story.read(story.office.delivery())
    assert sorted(REPEAT in html for html in told) == [False, True]


async def _lost(story: Story, *again: float) -> None:
    """The answers to all that waits for one chat, which are sent again after so many seconds."""
    world, lease = story.office.world, Lease(later(0), LEASE)
    async with world.database.write() as tx:
        claimed = await outbox.claim(tx, lease, 1)
        claimed += await outbox.claim_beside(tx, lease, Beside({claimed[0].chat}, TOLD_TOGETHER))
        for one, seconds in zip(claimed, again, strict=True):
            await outbox.unknown(tx, [one.id], "lost", again=later(seconds))
