"""CAP's Update and Cancel at the desk: what they replace, what they end, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reports.model import (
    Fact,
    Incident,
    Kind,
    MessageType,
    Outcome,
    Reading,
    Relation,
    Said,
    Target,
)
from tests.handlers.publisher import (
    KALUGA,
    NOW,
    RESCUERS,
    TULA,
    Publisher,
    alert,
    cancelling,
    expiring,
    publisher,
    said_by,
)

if TYPE_CHECKING:
    from storage.database import Database


@pytest.fixture
async def rescuers(database: Database) -> Publisher:
    """A publisher of CAP messages with one listener."""
    return await publisher(database)


def attack(injured: int, *, added: bool = False) -> Incident:
    """Drones were shot down over Kaluga Region."""
    return Incident(KALUGA, Kind.AIR_ATTACK, injured=Fact(Said.STATED, injured, added=added))


async def test_an_update_is_of_the_same_number_and_says_what_it_was(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert(target=Target.DRONE))
    await rescuers.updates("U", "A", alert(target=Target.MISSILE))
    assert await rescuers.read_out() == [
        "Kaluga Region: threat of drone attack #1",
        "Kaluga Region, update: missile threat #1",
    ]


async def test_an_update_reaches_what_it_replaces_after_any_time(rescuers: Publisher) -> None:
    await rescuers.alerts("A", attack(2))
    rescuers.composes("U", said_by(MessageType.UPDATE, ("A",), attack(3)), minute=3000)
    assert (await rescuers.delivers("U", minutes_later=3001)).incidents == (1,)


async def test_an_update_gives_figures_that_stand_alone(rescuers: Publisher) -> None:
    await rescuers.alerts("A", attack(2))
    await rescuers.updates("U", "A", attack(3, added=True))
    known = (await rescuers.incident(1)).injured
    assert (known.number, known.added, known.earlier) == (3, False, ())


async def test_a_region_that_an_update_leaves_out_stays_and_admins_are_told(
    rescuers: Publisher,
) -> None:
    await rescuers.alerts("A", alert(KALUGA), alert(TULA))
    await rescuers.updates("U", "A", alert(KALUGA, Target.MISSILE))
    assert (await rescuers.noted())[-1] == "It says nothing of #2, which stays as it is."
    assert await rescuers.standing() == {KALUGA, TULA}


async def test_an_update_that_lifts_the_threat_is_an_all_clear(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert())
    lifted = Incident(KALUGA, Kind.ALL_CLEAR, Target.DRONE)
    await rescuers.updates("U", "A", lifted)
    assert (await rescuers.read_out())[-1] == "Kaluga Region: threat of drone attack lifted #2"
    assert await rescuers.standing() == set()


async def test_an_update_may_lift_one_threat_and_announce_another(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert(target=Target.DRONE))
    lifted = Incident(KALUGA, Kind.ALL_CLEAR, Target.DRONE)
    await rescuers.updates("U", "A", lifted, alert(target=Target.MISSILE))
    assert await rescuers.standing() == {KALUGA}
    assert await rescuers.numbers_standing() == [3]


async def test_an_update_of_what_is_not_known_is_taken_as_new(rescuers: Publisher) -> None:
    await rescuers.updates("U", "A", alert())
    assert await rescuers.read_out() == ["Kaluga Region: threat of drone attack #1"]


async def test_what_comes_in_after_its_update_changes_nothing(rescuers: Publisher) -> None:
    await rescuers.updates("U", "A", alert(KALUGA), minute=1)
    await rescuers.read_out()
    receipt = await rescuers.alerts("A", alert(KALUGA), alert(TULA), minute=0)
    assert (receipt.outcome, receipt.incidents) == (Outcome.INCIDENTS, ())
    assert (await rescuers.noted())[-1] == "It came in after a later message that replaces it."
    assert await rescuers.standing() == {KALUGA}


async def test_an_unclear_update_leaves_danger_to_be_told(rescuers: Publisher) -> None:
    await rescuers.updates("U", "A")
    await rescuers.alerts("A", alert())
    assert await rescuers.read_out() == ["Kaluga Region: threat of drone attack #1"]


async def test_a_cancel_is_an_all_clear_for_those_who_were_warned(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert(KALUGA), alert(TULA, Target.MISSILE))
    await rescuers.read_out()
    receipt = await rescuers.cancels("C", "A")
    assert receipt == replace(receipt, outcome=Outcome.INCIDENTS, incidents=(3, 4), reason=None)
    assert await rescuers.read_out() == [
        "Kaluga Region: threat of drone attack lifted #3",
        "Tula Region: missile threat lifted #4",
    ]
    assert await rescuers.standing() == set()


async def test_a_cancel_with_areas_is_of_these_alone(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert(KALUGA), alert(TULA))
    await rescuers.cancels("C", "A", TULA)
    assert await rescuers.standing() == {KALUGA}
    assert (await rescuers.noted())[-1] == "It says nothing of #1, which stays as it is."


async def test_a_cancel_for_areas_that_are_not_known_ends_nothing(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert(KALUGA))
    unknown = "It cancels an earlier message.\nAn area is not known here: “The hills”."
    rescuers.composes("C", replace(cancelling(("A",)), reason=unknown))
    assert (await rescuers.delivers("C")).outcome is Outcome.UNCLEAR
    assert (await rescuers.noted())[-1].endswith("An area is not known here: “The hills”.")
    assert await rescuers.standing() == {KALUGA}


async def test_a_cancel_of_the_newest_cancels_all_before_it(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert(KALUGA), alert(TULA))
    await rescuers.updates("U", "A", alert(KALUGA, Target.MISSILE))
    await rescuers.updates("V", "U", alert(KALUGA, Target.DRONE))
    await rescuers.cancels("C", "V")
    assert await rescuers.standing() == set()


async def test_a_cancel_of_what_was_replaced_cancels_nothing(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert())
    await rescuers.updates("U", "A", alert(target=Target.MISSILE))
    receipt = await rescuers.cancels("C", "A")
    assert receipt.outcome is Outcome.UNCLEAR
    assert receipt.reason == "It cancels a message that a later one replaced, and that one counts."
    assert await rescuers.standing() == {KALUGA}


async def test_a_cancel_of_what_is_not_known_is_never_an_all_clear(rescuers: Publisher) -> None:
    receipt = await rescuers.cancels("C", "A", KALUGA)
    assert (receipt.outcome, receipt.incidents) == (Outcome.UNCLEAR, ())
    assert await rescuers.read_out() == []
    await rescuers.alerts("A", alert(), minute=-1)
    assert await rescuers.read_out() == []
    assert await rescuers.standing() == set()


async def test_a_cancel_finds_what_it_is_of_when_the_message_between_comes_in(
    rescuers: Publisher,
) -> None:
    await rescuers.alerts("A", alert(), minute=0)
    assert (await rescuers.cancels("C", "U", minute=2)).outcome is Outcome.UNCLEAR
    assert await rescuers.standing() == {KALUGA}
    await rescuers.updates("U", "A", alert(), minute=1)
    assert (await rescuers.read_out())[-1] == "Kaluga Region: threat of drone attack lifted #2"
    assert (await rescuers.delivers("C")).outcome is Outcome.INCIDENTS


async def test_nobody_cancels_as_another(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert())
    stranger = replace(rescuers, source=replace(RESCUERS, id="stranger"), sent={}, meant={})
    assert (await stranger.cancels("C", "A")).outcome is Outcome.UNCLEAR
    assert await rescuers.standing() == {KALUGA}


async def test_a_cancel_leaves_what_another_message_of_its_source_still_says(
    rescuers: Publisher,
) -> None:
    await rescuers.alerts("A", alert())
    await rescuers.alerts("B", alert())
    receipt = await rescuers.cancels("C", "A")
    assert receipt.reason == "Another message still speaks of #1, which stays as it is."
    await rescuers.cancels("D", "B")
    assert await rescuers.standing() == set()


async def test_a_cancel_leaves_what_somebody_said_after_it(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert())
    mayor = replace(rescuers, source=replace(RESCUERS, id="mayor"), sent={}, meant={})
    await mayor.alerts("M", alert(), minute=9)
    await rescuers.cancels("C", "A", minute=5)
    assert await rescuers.standing() == {KALUGA}


async def test_a_cancel_calms_nobody_for_whom_another_alert_stands(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert(target=None))
    mayor = replace(rescuers, source=replace(RESCUERS, id="mayor"), sent={}, meant={})
    await mayor.alerts("M", alert(target=Target.MISSILE))
    await rescuers.read_out()
    await rescuers.cancels("C", "A")
    assert await rescuers.read_out() == []


async def test_a_cancel_of_anything_else_is_no_end_of_it(rescuers: Publisher) -> None:
    closed = Incident(KALUGA, Kind.AIRPORT_RESTRICTION, airports=("UUBC",))
    await rescuers.alerts("A", closed, Incident(TULA, Kind.FIRE))
    await rescuers.read_out()
    receipt = await rescuers.cancels("C", "A")
    assert receipt.outcome is Outcome.UNCLEAR
    assert "what was told as #1, #2. That is no end of it" in str(receipt.reason)
    assert await rescuers.read_out() == []


async def test_what_nobody_was_told_of_is_cancelled_in_silence(rescuers: Publisher) -> None:
    over = NOW + timedelta(minutes=10)
    rescuers.composes("A", expiring(said_by(MessageType.ALERT, (), alert()), over))
    await rescuers.delivers("A", minutes_later=11)
    receipt = await rescuers.cancels("C", "A")
    assert receipt.reason == "What it cancels was over, or nobody had been told of it."
    assert await rescuers.read_out() == []
    assert await rescuers.standing() == set()


async def test_what_expired_before_it_came_in_is_no_news(rescuers: Publisher) -> None:
    over = NOW + timedelta(minutes=10)
    rescuers.composes("A", expiring(said_by(MessageType.ALERT, (), alert()), over))
    assert (await rescuers.delivers("A", minutes_later=11)).incidents == (1,)
    assert await rescuers.read_out() == []


async def test_an_expired_message_keeps_no_other_from_being_cancelled(rescuers: Publisher) -> None:
    soon = expiring(said_by(MessageType.ALERT, (), alert()), NOW + timedelta(minutes=3))
    rescuers.composes("A", soon)
    await rescuers.delivers("A", minutes_later=1)
    await rescuers.alerts("B", alert())
    await rescuers.cancels("C", "B", minute=4)
    assert await rescuers.standing() == set()


async def test_an_alert_after_another_ran_out_is_danger_anew(rescuers: Publisher) -> None:
    soon = expiring(said_by(MessageType.ALERT, (), alert()), NOW + timedelta(minutes=3))
    rescuers.composes("A", soon)
    await rescuers.delivers("A", minutes_later=1)
    await rescuers.alerts("B", alert(), minute=4)
    await rescuers.cancels("C", "B", minute=5)
    assert await rescuers.read_out() == [
        "Kaluga Region: threat of drone attack #1",
        "Kaluga Region: threat of drone attack #2",
        "Kaluga Region: threat of drone attack lifted #3",
    ]


async def test_a_test_message_cancels_nothing(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert())
    only_a_test = Reading(
        Outcome.NOT_A_REPORT, relation=Relation(MessageType.CANCEL, ("A",)), reason="A test."
    )
    rescuers.composes("C", only_a_test)
    await rescuers.delivers("C")
    assert await rescuers.standing() == {KALUGA}


async def test_an_update_from_before_the_cancel_alarms_nobody_after_it(
    rescuers: Publisher,
) -> None:
    await rescuers.alerts("A", alert(), minute=0)
    await rescuers.cancels("C", "A", minute=2)
    await rescuers.read_out()
    await rescuers.updates("U", "A", alert(), minute=1)
    assert await rescuers.read_out() == []
    assert await rescuers.standing() == set()


async def test_an_update_after_the_cancel_is_danger_anew(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert())
    await rescuers.cancels("C", "A")
    await rescuers.updates("U", "A", alert())
    assert (await rescuers.read_out())[-1] == "Kaluga Region: threat of drone attack #3"


async def test_a_reviewed_message_replaces_and_cancels_nothing_by_itself(
    database: Database,
) -> None:
    reviewed = replace(await publisher(database), source=replace(RESCUERS, reviewed=True))
    await reviewed.alerts("A", alert())
    assert (await reviewed.cancels("C", "A", KALUGA)).outcome is Outcome.UNCLEAR
    await reviewed.updates("U", "A", alert(TULA))
    assert await reviewed.read_out() == []


async def test_messages_that_refer_to_each_other_in_a_circle_do_no_harm(
    rescuers: Publisher,
) -> None:
    await rescuers.updates("A", "U", alert())
    await rescuers.updates("U", "A", alert())
    await rescuers.cancels("C", "C")
    assert await rescuers.standing() == {KALUGA}


async def test_a_cancel_says_so_in_its_own_words(rescuers: Publisher) -> None:
    await rescuers.alerts("A", alert())
    rescuers.composes("C", cancelling(("A",)), text="The warning is cancelled.")
    await rescuers.delivers("C")
    [span] = (await rescuers.incident(2)).evidence
    assert span.of(rescuers.sent["C"].text) == "The warning is cancelled."
