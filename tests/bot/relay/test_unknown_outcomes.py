"""Answers that are lost, late, or none at all: what was perhaps sent is settled by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.playground.botapi import Fault, Refusal, errors
from reports.model import BulletinClass
from storage import bulletins
from storage.tables import bulletin
from tests.bot import reports
from tests.bot.relay.crowd import until_ledger, until_refused
from tests.town import ADMIN, KALUGA, Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.relay.conftest import Clock

REPEAT = "Повтор"
SEND = "sendMessage"

LOST = [
    Fault(SEND, KALUGA, drop=True),
    Fault(SEND, KALUGA, refusal=errors.BAD_GATEWAY),
    Fault(SEND, KALUGA, refusal=Refusal(500, "Internal Server Error")),
]


@pytest.fixture
async def place(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on SQLite: none of this asks more of a database than others test on both."""
    async with town(str(sqlite_file), tmp_path) as one:
        yield one


async def _told_after(town: Town, clock: Clock, fault: Fault) -> list[str]:
    """What Kaluga's subscriber reads of a report whose first sending meets trouble."""
    before = len(town.texts(KALUGA))
    town.telegram.faults.add(fault)
    await town.posts(reports.KALUGA_FORTY)
    await until_ledger(town, lambda now: not fault.times and not now.get("sending"))
    clock.passes(10, town)
    await town.calm()
    return town.texts(KALUGA)[before:]


@pytest.mark.parametrize("fault", LOST, ids=["cut off", "502", "500"])
async def test_what_was_perhaps_not_received_is_sent_again_marked_as_a_repeat(
    followed: Town, clock: Clock, fault: Fault
) -> None:
    told = await _told_after(followed, clock, replace(fault))
    assert told[-1].startswith(REPEAT)
    assert "сбито 40 беспилотников" in told[-1]
    assert [text.startswith(REPEAT) for text in told[:-1]] == [False] * fault.drop


async def test_an_answer_that_never_comes_is_a_lost_one(
    followed: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.post.LONGEST", 0.1)
    first, second = await _told_after(followed, clock, Fault(SEND, KALUGA, hang=True))
    assert not first.startswith(REPEAT)
    assert second.startswith(REPEAT)


async def test_a_digest_that_was_perhaps_received_is_not_repeated(
    followed: Town, clock: Clock
) -> None:
    await followed.publishes(reports.KALUGA_FORTY)
    before = len(followed.texts(KALUGA))
    followed.telegram.faults.drop(SEND, chat_id=KALUGA)
    await _told_once_more_as_a_digest(followed)
    await until_ledger(followed, lambda now: now.get("unknown"))
    clock.passes(3600, followed)
    await followed.calm()
    assert len(followed.texts(KALUGA)) == before + 1


async def _told_once_more_as_a_digest(town: Town) -> None:
    assert town.relay is not None
    async with town.relay.database.write() as tx:
        (number,) = await tx.scalars(sa.select(sa.func.min(bulletin.c.id)))
        digest = replace(await bulletins.load(tx, number), priority=BulletinClass.DIGEST)
        await bulletins.create(tx, digest, None, datetime.now(UTC))
    town.relay.bell.ring()


async def test_a_correction_that_was_perhaps_not_received_is_repeated(
    followed: Town, clock: Clock
) -> None:
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    await followed.says(ADMIN, f"/correct {number} destroyed 14")
    lost = followed.telegram.faults.drop(SEND, chat_id=KALUGA)
    await followed.presses(ADMIN, "Отправить")
    await until_ledger(followed, lambda now: not lost.times and not now.get("sending"))
    clock.passes(10, followed)
    await followed.calm()
    reply, again = followed.read_by(KALUGA)[-2:]
    assert (reply.text.startswith(REPEAT), again.text.startswith(REPEAT)) == (False, True)
    assert reply.reply_to == again.reply_to


async def test_an_edit_that_was_perhaps_made_is_made_again_and_seen_once(
    followed: Town, clock: Clock
) -> None:
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    await followed.says(ADMIN, f"/correct {number} destroyed 14")
    lost = followed.telegram.faults.drop("editMessageText", chat_id=KALUGA)
    await followed.presses(ADMIN, "Отправить")
    await until_ledger(followed, lambda now: not lost.times and not now.get("sending"))
    clock.passes(10, followed)
    await followed.calm()
    edited, reply = followed.texts(KALUGA)[-2:]
    assert edited.startswith("Калужская область: сбито 14")
    assert REPEAT not in edited + reply


async def test_an_outage_of_half_an_hour_loses_nothing(followed: Town, clock: Clock) -> None:
    outage = followed.telegram.faults.fail(errors.BAD_GATEWAY, SEND, chat_id=KALUGA, times=None)
    await followed.posts(reports.KALUGA_FORTY)
    for tried, pause in enumerate((5, 30, 120), 1):
        await until_refused(followed, tried)
        clock.passes(pause + 1, followed)
    await until_refused(followed, 4)
    followed.telegram.faults.remove(outage)
    clock.passes(481, followed)
    await followed.calm()
    assert followed.texts(KALUGA)[-1].startswith(REPEAT)


async def _read_so_many(town: Town, messages: int) -> None:
    await town.until(lambda: len(town.texts(KALUGA)) >= messages)


async def test_a_message_whose_answers_are_lost_for_hours_is_repeated_a_few_times(
    followed: Town, clock: Clock
) -> None:
    before = len(followed.texts(KALUGA))
    followed.telegram.faults.drop(SEND, chat_id=KALUGA, times=None)
    await followed.posts(reports.KALUGA_FORTY)
    for copies in range(before + 1, before + 7):
        await _read_so_many(followed, copies)
        await until_ledger(followed, lambda now: not now.get("sending"))
        clock.passes(1900, followed)
    await until_ledger(followed, lambda now: now == {"unknown": 1})
    assert len(followed.texts(KALUGA)) == before + 6
