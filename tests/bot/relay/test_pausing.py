"""An admin stops relaying, and lets it go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.formats.json_lines import parse_report
from tests.bot import reports
from tests.town import ADMIN, KALUGA, ago

if TYPE_CHECKING:
    import pytest

    from tests.town import Town


async def _taken_in(town: Town, text: str) -> None:
    """A report reaches the desk; nobody waits for what follows."""
    assert town.relay is not None
    report = parse_report({"id": f"report-{hash(text)}", "published": ago(5), "text": text})
    await town.relay.desk.take_in(report)


async def test_what_is_taken_in_while_paused_goes_out_on_resume(followed: Town) -> None:
    assert "Рассылка остановлена" in (await followed.says(ADMIN, "/pause")).text
    await _taken_in(followed, reports.KALUGA_FORTY)
    answer = await followed.says(KALUGA, "/latest")
    assert "сбито 40 беспилотников" in answer.text
    assert len(followed.read_by(KALUGA)) == 2
    answer = await followed.says(ADMIN, "/resume")
    assert answer.text == "▶️ Рассылка продолжается. Ждали 2 чата, сообщения уходят."
    await followed.calm()
    assert followed.texts(KALUGA)[-1].startswith("Калужская область: сбито 40 беспилотников")


async def test_pausing_outlives_a_restart(place: Town) -> None:
    async with place.at_work():
        await place.says(KALUGA, "/subscribe Калуга")
        await place.says(ADMIN, "/pause")
    async with place.at_work():
        await _taken_in(place, reports.KALUGA_FORTY)
        await place.says(KALUGA, "/language")
        assert len(place.read_by(KALUGA)) == 2
        await place.says(ADMIN, "/resume")
        await place.calm()
        assert "сбито 40 беспилотников" in place.texts(KALUGA)[-1]


async def test_resuming_says_when_nothing_waited_or_was_paused(at_work: Town) -> None:
    assert (await at_work.says(ADMIN, "/resume")).text == "Рассылка не была остановлена."
    await at_work.says(ADMIN, "/pause")
    answer = await at_work.says(ADMIN, "/resume")
    assert answer.text == "▶️ Рассылка продолжается. Ничего не ждало отправки."


async def test_only_admins_pause_and_resume(followed: Town) -> None:
    for command in ("/pause", "/resume"):
        answer = await followed.says(KALUGA, command)
        assert answer.text == "Это могут только администраторы бота."
    await followed.publishes(reports.KALUGA_FORTY)
    assert "сбито 40" in followed.texts(KALUGA)[-1]


async def test_chats_are_counted_and_not_what_goes_there(followed: Town) -> None:
    await followed.says(ADMIN, "/pause")
    await _taken_in(followed, reports.KALUGA_FORTY)
    await _taken_in(followed, reports.KALUGA_OUTAGE)
    answer = await followed.says(ADMIN, "/resume")
    assert "Ждали 2 чата, сообщения уходят." in answer.text
    await followed.calm()


async def test_who_waits_is_not_counted_as_told_otherwise(followed: Town) -> None:
    await followed.says(ADMIN, "/pause")
    await _taken_in(followed, reports.KALUGA_FORTY)
    preview = await followed.says(ADMIN, "/correct 1 destroyed 14")
    waits = "В 1 чат сообщение ещё не ушло: оно уйдёт уже исправленным."
    assert f"исправлений не уйдёт никому. {waits}" in preview.text
    assert (await followed.presses(ADMIN, "Отправить")).text.endswith(waits)


async def test_the_log_says_when_relaying_was_paused_and_names_nobody(
    at_work: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for command in ("/pause", "/pause", "/resume", "/resume"):
        await at_work.says(ADMIN, command)
    told = [one.getMessage() for one in caplog.records if "relaying" in one.getMessage()]
    assert told == [
        "an admin has paused relaying: nothing goes out until /resume",
        "an admin lets relaying go on",
    ]
    assert str(ADMIN) not in caplog.text
