"""What the desk holds for an admin: kept, told to nobody, and asked about its newest words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.arrival import Arrival
from handlers.settlement import Settlement, quoted
from handlers.unclear import VERDICTS
from reports.model import Kind, Outcome, Reading
from reports.summaries.admins import REVIEWED
from storage import incidents, undecided
from storage.reports import Reception
from storage.undecided import Decision
from tests.bot.reports import A_GREETING, KALUGA_FORTY
from tests.handlers.test_the_desk import (
    GOVERNOR,
    NOW,
    REPORT,
    Crashing,
    _desk,
    _follower,
    _waiting,
)

if TYPE_CHECKING:
    from storage.database import Database

REVIEWED_REPORT = replace(REPORT, source=replace(GOVERNOR, reviewed=True))


async def _undecided(database: Database) -> list[str]:
    async with database.read() as tx:
        return [one.report.text for one in await undecided.newest(tx, 10)]


async def test_a_reviewed_sources_report_is_held_with_the_reason(database: Database) -> None:
    await _follower(database)
    receipt = await _desk(database).take_in(REVIEWED_REPORT)
    assert (receipt.outcome, receipt.reason) == (Outcome.UNCLEAR, REVIEWED)
    assert receipt.incidents == ()
    assert await _waiting(database) == 0
    assert await _undecided(database) == [KALUGA_FORTY]


async def test_a_reviewed_sources_greeting_is_asked_of_nobody(database: Database) -> None:
    receipt = await _desk(database).take_in(replace(REVIEWED_REPORT, text=A_GREETING))
    assert receipt.outcome is Outcome.NOT_A_REPORT
    assert await _undecided(database) == []


@pytest.mark.allowed_logs
async def test_what_the_reader_failed_on_waits_for_a_decision(database: Database) -> None:
    await _desk(database, Crashing()).take_in(REPORT)
    assert await _undecided(database) == [KALUGA_FORTY]


async def test_the_same_report_again_is_asked_once(database: Database) -> None:
    for _ in range(2):
        await _desk(database).take_in(REVIEWED_REPORT)
    assert await _undecided(database) == [KALUGA_FORTY]


async def test_an_edit_that_is_no_report_any_more_leaves_nothing_to_decide(
    database: Database,
) -> None:
    await _desk(database).take_in(REVIEWED_REPORT)
    await _desk(database).take_in(replace(REVIEWED_REPORT, text=A_GREETING))
    assert await _undecided(database) == []


async def test_a_source_that_is_reviewed_no_longer_leaves_the_question_open(
    database: Database,
) -> None:
    await _desk(database).take_in(REVIEWED_REPORT)
    receipt = await _desk(database).take_in(REPORT)  # the same words, told with another trust
    assert receipt.outcome is Outcome.UNCLEAR
    assert await _undecided(database) == [KALUGA_FORTY]


async def test_a_quote_is_merged_with_nothing_and_keeps_its_words(database: Database) -> None:
    await _follower(database)
    receipt = await _desk(database, Unsure()).take_in(REPORT)
    assert receipt.outcome is Outcome.UNCLEAR
    async with database.write() as tx:
        (asked,) = await undecided.newest(tx, 10)
        arrival = Arrival(asked.number, asked.report, Reception(NOW), NOW)
        settled = [
            one
            for _ in range(2)
            for one in await Settlement(tx, arrival, frozenset()).quote(["RU-KLU"])
        ]
        first, second = [await incidents.get(tx, one.item.number) for one in settled]
    assert first
    assert second
    assert (first.number, first.incident) == (second.number - 1, quoted(REPORT, "RU-KLU"))
    assert first.incident.kind is Kind.STATEMENT
    assert await _waiting(database) == 2


class Unsure:
    """A reader that understands nothing."""

    def read(self, report: object) -> Reading:
        del report
        return Reading(Outcome.UNCLEAR, reason="no place is named")


def test_every_decision_has_words_for_those_who_come_later() -> None:
    assert set(VERDICTS) == set(Decision)
