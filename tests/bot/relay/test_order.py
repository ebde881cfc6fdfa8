"""What is told in which order, and what is told once."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.delivery.pace import Pace
from bot.playground.botapi import Fault, errors
from tests.bot import reports
from tests.bot.relay.crowd import KALUGA_AIRPORT, crowd, sendings, states, until_refused
from tests.town import ADMIN, KALUGA

if TYPE_CHECKING:
    from tests.bot.relay.conftest import Clock
    from tests.town import Town

REPEAT = "Повтор"
SEND = "sendMessage"

FINE, HELD = Fault(times=0), Fault(SEND, refusal=errors.too_many_requests(20))
LOST = (Fault(SEND, drop=True), Fault(SEND, refusal=errors.BAD_GATEWAY))


async def _corrects(town: Town, number: int) -> None:
    await town.says(ADMIN, f"/correct {number} destroyed 14")
    await town.presses(ADMIN, "Отправить")


@pytest.mark.parametrize("report", [reports.KALUGA_FORTY, KALUGA_AIRPORT], ids=["attack", "news"])
async def test_a_correction_never_overtakes_what_it_corrects(followed: Town, report: str) -> None:
    before = len(followed.texts(KALUGA))
    followed.telegram.faults.slow(0.4, SEND, chat_id=KALUGA)
    number = (await followed.posts(report))["incidents"][0]
    await followed.until(lambda: len(followed.texts(KALUGA)) > before)
    await followed.says(ADMIN, f"/correct {number} text Это ошибка")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    told, reply = followed.read_by(KALUGA)[before:]
    assert "Это ошибка" in told.text
    assert reply.reply_to == told.message_id


async def test_what_still_waits_when_it_is_corrected_is_sent_right_at_first(
    followed: Town, clock: Clock
) -> None:
    before = len(followed.texts(KALUGA))
    followed.telegram.faults.fail(errors.too_many_requests(20), SEND, chat_id=KALUGA)
    number = (await followed.posts(reports.KALUGA_FORTY))["incidents"][0]
    await until_refused(followed)
    await _corrects(followed, number)
    clock.passes(21, followed)
    await followed.calm()
    (told,) = followed.texts(KALUGA)[before:]
    assert told.startswith("Калужская область: сбито 14")


async def test_what_was_perhaps_received_wrong_is_repeated_right(
    followed: Town, clock: Clock
) -> None:
    followed.telegram.faults.drop(SEND, chat_id=KALUGA)
    number = (await followed.posts(reports.KALUGA_FORTY))["incidents"][0]
    await followed.until(lambda: "40" in followed.texts(KALUGA)[-1])
    await _corrects(followed, number)
    clock.passes(10, followed)
    await followed.calm()
    told = followed.texts(KALUGA)[-1]
    assert told.startswith(REPEAT)
    assert "сбито 14 беспилотников, а не 40" in told


async def _told_after_a_hold(town: Town, clock: Clock, *texts: str) -> list[str]:
    """What a person reads whom Telegram held while these were published."""
    before = len(town.texts(KALUGA))
    town.telegram.faults.fail(errors.too_many_requests(20), SEND, chat_id=KALUGA)
    for text in texts:
        await town.posts(text)
    await until_refused(town)
    clock.passes(21, town)
    await town.calm()
    return town.texts(KALUGA)[before:]


async def test_no_all_clear_comes_after_the_next_alert_whatever_it_was_told_with(
    followed: Town, clock: Clock
) -> None:
    over = f"{reports.KALUGA_ALL_CLEAR} {reports.KALUGA_FORTY}"
    told = await _told_after_a_hold(followed, clock, over, reports.KALUGA_ALERT)
    assert any("сбито 40" in text for text in told)
    assert told[0].startswith("Калужская область: опасность атаки БПЛА")
    assert not any("отбой" in text for text in told)


async def test_what_an_alert_overtakes_of_its_own_report_is_told_in_it(
    followed: Town, clock: Clock
) -> None:
    more = f"{reports.KALUGA_ALERT} {reports.KALUGA_TWO_MORE}"
    told = await _told_after_a_hold(followed, clock, reports.KALUGA_FORTY, more)
    (alert, attack) = (told[0].index("опасность атаки"), told[0].index("сбито ещё 2"))
    assert (len(told), alert < attack, "обновление" in told[0]) == (1, True, False)
    assert "До этого сообщалось: сбито 40." in told[0]


@pytest.mark.allowed_logs
async def test_where_the_outcome_is_known_nothing_goes_out_twice(
    at_work: Town, clock: Clock
) -> None:
    chance = random.Random(1)  # noqa: S311 - nothing to guess here
    people = await crowd(at_work, 30)
    met = {one: chance.choice([FINE, FINE, HELD, *LOST]) for one in people}
    for person, fault in met.items():
        at_work.telegram.faults.add(replace(fault, chat_id=person))
    await at_work.posts(reports.KALUGA_FORTY)
    while await states(at_work) != {"sent": 30}:
        clock.passes(30, at_work)
    marks = {one: [text.startswith(REPEAT) for text in at_work.texts(one)] for one in people}
    due = {True: [False, True], False: [True]}
    for person, fault in met.items():
        assert marks[person] == (due[fault.drop] if fault in LOST else [False])


@pytest.mark.allowed_logs
async def test_after_a_hold_of_everyone_danger_leaves_before_the_news_that_waited(
    place: Town, clock: Clock
) -> None:
    people = await crowd(place, 30)
    place.telegram.faults.fail(errors.too_many_requests(20), SEND, times=3)
    async with place.at_work(Pace(50, private_gap=0)):
        await place.posts(KALUGA_AIRPORT)
        await until_refused(place, 3)
        before = len(sendings(place))
        await place.posts(reports.KALUGA_ALERT)
        clock.passes(21, place)
        await place.calm()
    danger = ["опасность" in str(one.params["text"]).lower() for one in sendings(place)[before:]]
    assert danger.index(False) == len(people)


async def test_one_chat_hears_of_a_report_in_one_message_whatever_it_follows(
    at_work: Town,
) -> None:
    people = await crowd(at_work, 5, "RU-KLU", "RU-MOW", "RU-VOR")
    await at_work.publishes(reports.NIGHT_OVER_THREE_REGIONS, source="digest")
    assert [len(sendings(at_work, person)) for person in people] == [1] * 5
