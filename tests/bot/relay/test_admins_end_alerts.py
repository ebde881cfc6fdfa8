"""An alert that no source has ended in words that were understood is ended by an admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.tables import ending
from tests.bot import reports
from tests.bot.people import labels, presses_old_button
from tests.bot.relay.deciding import NOTHING_WAITS, number_of
from tests.bot.relay.test_cap_chains import ALERT, CANCEL, Office, danger
from tests.reports.formats.caps import KALUGA as KALUGA_REGION
from tests.reports.formats.caps import TULA
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER, ago

if TYPE_CHECKING:
    from tests.bot.relay.conftest import Clock
    from tests.town import Town

MISSILES = "В Калужской области объявлена ракетная опасность."
IN_FORCE = "опасность атаки БПЛА #"
LIFTED = "Калужская область: отбой опасности атаки БПЛА"
NEWER = "За это время об этом регионе пришло что-то новое, поэтому ничего не отправлено."


async def _alert(town: Town, text: str = reports.KALUGA_ALERT, minutes: int = 20) -> int:
    told = await town.publishes(text, published=ago(minutes), id=f"{minutes}-{hash(text)}")
    number: int = told["incidents"][0]
    return number


async def test_an_admin_ends_an_alert_by_two_buttons_and_people_read_of_it(
    two_admins: Town,
) -> None:
    number = await _alert(two_admins)
    await two_admins.says(CAPITAL, "/subscribe Moscow")
    elsewhere = two_admins.texts(CAPITAL)
    await two_admins.says(ADMIN, "/latest Калуга")
    preview = await two_admins.presses(ADMIN, f"Объявить отбой: Калужская область #{number}")
    assert preview.text.startswith(f"{LIFTED}\n")
    assert "Уйдёт в 1 чат." in preview.text
    assert "Последнее сообщение о тревоге: Губернатор Калужской области, " in preview.text
    await two_admins.presses(ADMIN, "Отправить отбой")
    await two_admins.calm()
    told = two_admins.texts(KALUGA)[-1]
    assert told.startswith(f"{LIFTED} #{number + 1}")
    assert "Источник: дежурный администратор бота, " in told
    assert two_admins.texts(CAPITAL) == elsewhere
    assert IN_FORCE not in (await two_admins.says(KALUGA, "/latest")).text


async def test_who_ended_it_and_what_was_known_then_is_kept(two_admins: Town) -> None:
    number = await _alert(two_admins)
    await two_admins.says(ADMIN, f"/end {number}")
    await two_admins.presses(ADMIN, "Отправить отбой")
    assert two_admins.relay
    async with two_admins.relay.database.read() as tx:
        (kept,) = (await tx.execute(sa.select(ending))).all()
    assert (kept.incident_number, kept.told_as, kept.admin_id) == (number, number + 1, ADMIN)
    assert kept.known_until < kept.made_at


async def test_what_came_in_after_the_preview_keeps_the_alert(two_admins: Town) -> None:
    number = await _alert(two_admins)
    preview = await two_admins.says(ADMIN, f"/end {number}")
    await _alert(two_admins, minutes=5)
    before = two_admins.texts(KALUGA)
    await two_admins.presses(ADMIN, "Отправить отбой")
    assert preview.text.startswith(NEWER)
    await two_admins.calm()
    assert two_admins.texts(KALUGA) == before
    assert IN_FORCE in (await two_admins.says(KALUGA, "/latest")).text


async def test_an_alert_that_another_admin_ended_is_not_ended_twice(two_admins: Town) -> None:
    number = await _alert(two_admins)
    await two_admins.says(ADMIN, f"/end {number}")
    late = await two_admins.says(STRANGER, f"/end {number}")
    await two_admins.presses(ADMIN, "Отправить отбой")
    await two_admins.presses(STRANGER, "Send the all-clear")
    await two_admins.calm()
    assert late.text.startswith("Something came in about this region meanwhile")
    assert sum(LIFTED in text for text in two_admins.texts(KALUGA)) == 1


async def test_no_end_is_told_where_another_alert_would_be_taken_for_over(
    two_admins: Town,
) -> None:
    drones = await _alert(two_admins, "В Калужской области объявлена воздушная тревога.")
    missiles = await _alert(two_admins, MISSILES, minutes=10)
    answer = await two_admins.says(ADMIN, f"/end {drones}")
    assert f"там же действует #{missiles} Калужская область: ракетная опасность" in answer.text
    assert labels(answer) == []
    both = await two_admins.says(ADMIN, "/end Калуга")
    assert "Отбой по #" in both.text
    assert labels(both) == ["Отправить отбой", "Отмена"]


async def test_the_narrower_alert_is_ended_alone(two_admins: Town) -> None:
    drones = await _alert(two_admins)
    await _alert(two_admins, MISSILES, minutes=10)
    preview = await two_admins.says(ADMIN, f"/end {drones}")
    assert "Отбой касается только БПЛА." in preview.text
    await two_admins.presses(ADMIN, "Отправить отбой")
    await two_admins.calm()
    assert "ракетная опасность #" in (await two_admins.says(KALUGA, "/latest")).text


async def test_danger_that_was_published_before_the_press_and_comes_after_it_is_told(
    two_admins: Town,
) -> None:
    number = await _alert(two_admins)
    await two_admins.says(ADMIN, f"/end {number}")
    await two_admins.presses(ADMIN, "Отправить отбой")
    again = await _alert(two_admins, minutes=1)
    assert again > number + 1
    assert two_admins.texts(KALUGA)[-1].startswith("Калужская область: опасность атаки БПЛА")


async def test_an_echo_of_the_ended_alert_is_no_new_danger(two_admins: Town) -> None:
    number = await _alert(two_admins)
    await two_admins.says(ADMIN, f"/end {number}")
    await two_admins.presses(ADMIN, "Отправить отбой")
    await two_admins.calm()
    before = two_admins.texts(KALUGA)
    await _alert(two_admins, minutes=25)
    assert two_admins.texts(KALUGA) == before


async def test_the_sources_own_end_confirms_it_and_disturbs_nobody(two_admins: Town) -> None:
    number = await _alert(two_admins)
    await two_admins.says(ADMIN, f"/end {number}")
    await two_admins.presses(ADMIN, "Отправить отбой")
    await two_admins.calm()
    before = two_admins.texts(KALUGA)
    await two_admins.publishes(reports.KALUGA_ALL_CLEAR, published=ago(0))
    assert two_admins.texts(KALUGA) == before


async def test_one_region_of_several_is_chosen_from_the_list(two_admins: Town) -> None:
    assert (await two_admins.says(ADMIN, "/end")).text == "Сейчас нет ни одной действующей тревоги."
    number = await _alert(two_admins)
    await _alert(two_admins, "В Тульской области объявлена опасность атаки БПЛА.")
    listed = await two_admins.says(ADMIN, "/end")
    assert listed.text == "Действующие тревоги: 2. По какой объявить отбой?"
    preview = await two_admins.presses(ADMIN, f"#{number} Калужская область")
    assert preview.text.startswith(LIFTED)


async def test_a_preview_that_is_older_than_another_or_too_old_sends_nothing(
    two_admins: Town, clock: Clock
) -> None:
    number = await _alert(two_admins)
    old = await two_admins.says(ADMIN, f"/end {number}")
    await two_admins.says(ADMIN, "/end Калуга")
    data = old.buttons[0][0].data or ""
    query = two_admins.telegram.press(ADMIN, ADMIN, old.message_id, data)
    await two_admins.until(lambda: query.answered)
    assert old.text == "Этот предпросмотр устарел, ничего не отправлено. Начать заново: /end"
    clock.passes(16 * 60, two_admins)
    assert (await two_admins.presses(ADMIN, "Отправить отбой")).text == old.text


async def test_only_admins_end_alerts_and_in_private_alone(two_admins: Town) -> None:
    number = await _alert(two_admins)
    refused = "Это могут только администраторы бота."
    assert (await two_admins.says(KALUGA, f"/end {number}")).text == refused
    assert labels(await two_admins.says(KALUGA, "/latest")) == []
    for data in (f"over:{number}", "end:0123", "lift:RU-KLU", "ends:1"):
        assert (await presses_old_button(two_admins, KALUGA, data)).text == refused


async def test_a_reviewed_sources_end_can_be_taken_for_the_end_of_an_alert(
    two_admins: Town,
) -> None:
    number = await _alert(two_admins)
    text = "Отбой по Калужской области? Ждём подтверждения, опасность атаки БПЛА снимается."
    unclear = await number_of(two_admins, text, "headquarters")
    asked = two_admins.read_by(ADMIN)[-1]
    assert labels(asked) == ["Опубликовать", "Отклонить", "Объявить отбой: Калужская область"]
    preview = await two_admins.presses(ADMIN, "Объявить отбой")
    assert preview.text.startswith(f"{LIFTED}\n")
    told = await two_admins.presses(ADMIN, "Отправить отбой")
    await two_admins.calm()
    assert f"U{unclear}" in told.text
    assert "Принято за отбой тревоги: Olga, " in told.text
    assert f"Отбой объявлен: #{number}." in told.text
    assert LIFTED in two_admins.texts(KALUGA)[-1]
    assert (await two_admins.says(ADMIN, "/unclear")).text == NOTHING_WAITS
    late = await two_admins.presses(STRANGER, "End the alert: Kaluga Region")
    assert "Taken for the end of an alert: Olga" in late.text


async def test_a_cancel_of_something_unknown_offers_the_alerts_of_its_regions(
    two_admins: Town,
) -> None:
    await two_admins.says(KALUGA, "/subscribe Тула")
    office = Office(two_admins)
    alert = office.issues(ALERT, danger("Опасность атаки БПЛА", KALUGA_REGION, TULA))
    unknown = office.issues(ALERT, danger("Опасность атаки БПЛА", TULA))
    lifted = danger("Отмена предупреждения", TULA)
    await office.delivers(alert, office.issues(CANCEL, lifted, of=(unknown,)))
    asked = two_admins.read_by(ADMIN)[-1]
    assert "Объявить отбой" in labels(asked)[-1]
    preview = await two_admins.presses(ADMIN, "Объявить отбой")
    assert preview.text.startswith("Тульская область: отбой опасности атаки БПЛА\n")
    left = await two_admins.presses(ADMIN, "Отмена")
    assert labels(left)[:2] == ["Опубликовать", "Отклонить"]


async def test_what_cannot_be_an_end_offers_none(two_admins: Town) -> None:
    await _alert(two_admins)
    await number_of(two_admins, "В Калужской области слышен громкий звук, что это, неизвестно.")
    assert labels(two_admins.read_by(ADMIN)[-1]) == ["Опубликовать", "Отклонить"]
