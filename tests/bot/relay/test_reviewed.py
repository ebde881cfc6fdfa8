"""What a reviewed source publishes is told to nobody before an admin says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reports.model import Report
from tests.bot.people import labels
from tests.bot.relay.deciding import NOTHING_WAITS
from tests.bot.reports import A_GREETING, KALUGA_ALERT, KALUGA_ALL_CLEAR, KALUGA_FORTY
from tests.reports.formats.caps import alert, info, report
from tests.town import ADMIN, KALUGA, MOSCOW, STRANGER, ago, sources

if TYPE_CHECKING:
    from tests.bot.relay.conftest import Clock
    from tests.town import Town


async def test_a_reviewed_sources_report_is_told_as_any_other_once_an_admin_says_so(
    two_admins: Town,
) -> None:
    before = two_admins.texts(KALUGA)
    told = await two_admins.publishes(KALUGA_FORTY, source="headquarters")
    assert (told["outcome"], told["incidents"]) == ("unclear", [])
    assert told["reason"] == "An admin decides on each report of this source."
    assert "Бот понял это так: Калужская область" in two_admins.texts(ADMIN)[-1]
    assert two_admins.texts(KALUGA) == before
    answer = await two_admins.presses(ADMIN, "Опубликовать")
    await two_admins.calm()
    assert "Уйдёт в 1 чат." in answer.text
    assert "сбито 40 беспилотников" in two_admins.texts(KALUGA)[-1]
    assert "Taken in. Штаб: #" in two_admins.texts(STRANGER)[-1]
    again = await two_admins.publishes(KALUGA_FORTY, source="headquarters")
    assert (again["outcome"], len(again["incidents"])) == ("incidents", 1)


async def test_a_reviewed_all_clear_ends_nothing_before_an_admin_says_so(two_admins: Town) -> None:
    await two_admins.publishes(KALUGA_ALERT, published=ago(20))
    await two_admins.publishes(KALUGA_ALL_CLEAR, source="headquarters", published=ago(10))
    assert "опасность атаки БПЛА #" in (await two_admins.says(KALUGA, "/latest")).text
    await two_admins.presses(ADMIN, "Опубликовать")
    await two_admins.calm()
    assert "отбой опасности атаки БПЛА" in two_admins.texts(KALUGA)[-1]


async def test_what_was_heard_too_long_ago_is_kept_and_the_admin_is_told_so(
    two_admins: Town, clock: Clock
) -> None:
    before = two_admins.texts(KALUGA)
    await two_admins.publishes(KALUGA_ALERT, source="headquarters")
    clock.passes(timedelta(hours=2).total_seconds(), two_admins)
    answer = await two_admins.presses(ADMIN, "Опубликовать")
    await two_admins.calm()
    assert "Никому не отправляется" in answer.text
    assert two_admins.texts(KALUGA) == before


async def test_a_cap_message_that_has_expired_meanwhile_is_told_to_nobody(
    two_admins: Town, clock: Clock
) -> None:
    before = two_admins.texts(KALUGA)
    listed, sent = sources().by_id("headquarters"), datetime.now(MOSCOW).replace(microsecond=0)
    assert listed is not None
    assert two_admins.relay is not None
    danger = info("Воздушная тревога", expires=sent + timedelta(minutes=5))
    await two_admins.relay.desk.take_in(report(alert(danger, sent=sent), listed.source))
    clock.passes(timedelta(minutes=6).total_seconds(), two_admins)
    await two_admins.calm()
    assert "Никому не отправляется" in (await two_admins.presses(ADMIN, "Опубликовать")).text
    await two_admins.calm()
    assert two_admins.texts(KALUGA) == before


async def test_a_reviewed_source_is_not_asked_about_when_it_tells_of_nothing(
    two_admins: Town,
) -> None:
    assert (await two_admins.publishes(A_GREETING, source="headquarters"))[
        "outcome"
    ] == "not_a_report"
    assert labels(two_admins.read_by(ADMIN)[-1]) == []
    assert (await two_admins.says(ADMIN, "/unclear")).text == NOTHING_WAITS


async def test_what_came_while_a_source_was_caught_up_with_is_listed_without_asking(
    two_admins: Town,
) -> None:
    assert two_admins.relay is not None
    listed = sources().by_id("headquarters")
    assert listed is not None
    old = datetime.now(MOSCOW) - timedelta(hours=3)
    report = Report("old", listed.source, old, KALUGA_FORTY)
    await two_admins.relay.desk.take_in(report, catching_up=True)
    two_admins.relay.bell.ring()
    await two_admins.calm()
    assert labels(two_admins.read_by(ADMIN)[-1]) == []
    assert KALUGA_FORTY in (await two_admins.says(ADMIN, "/unclear")).text
