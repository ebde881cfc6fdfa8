"""What was reported while nothing could be delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi import errors
from tests.bot import reports
from tests.bot.relay.crowd import KALUGA_AIRPORT, states, until_ledger
from tests.town import ADMIN, KALUGA, ago

if TYPE_CHECKING:
    from tests.bot.relay.conftest import Clock
    from tests.town import Town

HISTORY = "опасность атаки БПЛА #"
BREAK = "Сообщения задержались."
SIX_MINUTES, TWO_HOURS = 360, 7200


async def _missed(town: Town, clock: Clock, *texts: str, pause: int = SIX_MINUTES) -> list[str]:
    """What a person reads after a pause in which these were published."""
    await town.says(ADMIN, "/pause")
    before = len(town.texts(KALUGA))
    for minutes, text in zip(range(40, 0, -5), texts, strict=False):
        await town.posts(text, published=ago(minutes))
    clock.passes(pause, town)
    await town.says(ADMIN, "/resume")
    await town.calm()
    return town.texts(KALUGA)[before:]


async def test_after_an_outage_a_chat_gets_one_message(followed: Town, clock: Clock) -> None:
    (told,) = await _missed(
        followed, clock, reports.KALUGA_FORTY, KALUGA_AIRPORT, reports.KALUGA_OUTAGE
    )
    assert told.startswith(BREAK)
    assert told.index("сбито 40 беспилотников") < told.index("ограничения на полёты")
    assert "электр" in told


async def test_an_alert_that_was_lifted_meanwhile_is_one_line_of_history(
    followed: Town, clock: Clock
) -> None:
    (told,) = await _missed(followed, clock, reports.KALUGA_ALERT, reports.KALUGA_ALL_CLEAR)
    assert f"Калужская область: {HISTORY}" in told
    assert "отменена" in told
    assert followed.read_by(KALUGA)[-1].silent


async def test_invariant_3_an_alert_of_hours_ago_that_nobody_ended_is_not_met_with_silence(
    followed: Town, clock: Clock
) -> None:
    (told,) = await _missed(followed, clock, reports.KALUGA_ALERT, pause=TWO_HOURS)
    assert "Калужская область: опасность атаки БПЛА #" in told
    assert "об отмене не сообщалось" in told
    assert followed.read_by(KALUGA)[-1].silent
    assert await states(followed) == {"sent": 2}  # with the admin's note


async def test_who_heard_the_alert_is_told_of_its_end(followed: Town, clock: Clock) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(50))
    (told,) = await _missed(followed, clock, reports.KALUGA_ALL_CLEAR)
    assert told.startswith("Калужская область: отбой опасности атаки БПЛА")


async def test_an_alert_that_is_lifted_before_its_turn_alarms_nobody(
    followed: Town, clock: Clock
) -> None:
    before = len(followed.texts(KALUGA))
    held = errors.too_many_requests(20)
    followed.telegram.faults.fail(held, "sendMessage", chat_id=KALUGA)
    await followed.posts(reports.KALUGA_ALERT, published=ago(20))
    await until_ledger(followed, lambda now: now == {"pending": 1})
    await followed.posts(reports.KALUGA_ALL_CLEAR, published=ago(10))
    clock.passes(21, followed)
    await followed.calm()
    (told,) = followed.texts(KALUGA)[before:]
    assert HISTORY in told
    assert BREAK not in told


async def test_a_correction_changes_what_was_told_together_and_answers_it(
    followed: Town, clock: Clock
) -> None:
    await _missed(followed, clock, reports.KALUGA_ALERT, reports.KALUGA_ALL_CLEAR, KALUGA_AIRPORT)
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    before = len(followed.texts(KALUGA))
    airport = number - 1
    await followed.says(ADMIN, f"/correct {airport} text Это было учение")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    *_, together, _forty, reply = followed.read_by(KALUGA)
    assert len(followed.texts(KALUGA)) == before + 1
    assert together.text.startswith(BREAK)
    assert HISTORY in together.text
    assert "Это было учение" in together.text
    assert reply.reply_to == together.message_id


async def test_what_was_told_as_lifted_stands_where_it_really_was(
    followed: Town, clock: Clock
) -> None:
    await _missed(followed, clock, reports.KALUGA_ALERT, reports.KALUGA_ALL_CLEAR)
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0] - 2
    await followed.says(ADMIN, f"/correct {number} region Московская область")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    *_, together, _forty, _reply = followed.texts(KALUGA)
    assert f"Московская область: опасность атаки БПЛА #{number}\nОбъявлялась " in together
    assert "об отмене не сообщалось." in together
    assert "отменена" not in together


async def test_an_admin_gets_the_notes_of_an_outage_in_one_message(
    followed: Town, clock: Clock
) -> None:
    before = len(followed.texts(ADMIN))
    await _missed(followed, clock, reports.KALUGA_FORTY, KALUGA_AIRPORT, reports.KALUGA_OUTAGE)
    _paused, *told = followed.texts(ADMIN)[before:]
    (notes,) = [text for text in told if "Принято." in text]
    assert notes.count("Принято.") == 3


async def test_nothing_of_it_is_told_twice_or_lost(followed: Town, clock: Clock) -> None:
    await _missed(followed, clock, reports.KALUGA_ALERT, reports.KALUGA_ALL_CLEAR, KALUGA_AIRPORT)
    assert await states(followed) == {"sent": 6}  # with the admin's three notes


@pytest.mark.allowed_logs
async def test_what_was_told_together_and_perhaps_not_received_is_told_again_in_one_message(
    followed: Town, clock: Clock
) -> None:
    before = len(followed.texts(KALUGA))
    followed.telegram.faults.drop("sendMessage", chat_id=KALUGA)
    await _missed_once(followed, clock)
    clock.passes(10, followed)
    await followed.calm()
    told = followed.texts(KALUGA)[before:]
    assert [text.startswith("Повтор") for text in told] == [False, True]


async def _missed_once(town: Town, clock: Clock) -> None:
    before = len(town.texts(KALUGA))
    await town.says(ADMIN, "/pause")
    for text in (reports.KALUGA_FORTY, KALUGA_AIRPORT):
        await town.posts(text)
    clock.passes(SIX_MINUTES, town)
    await town.says(ADMIN, "/resume")
    await town.until(lambda: len(town.texts(KALUGA)) > before)
    await until_ledger(town, lambda now: not now.get("sending"))
