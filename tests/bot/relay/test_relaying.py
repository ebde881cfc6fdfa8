"""From a pushed report to what each person reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.relay import open_desk
from reports.formats.json_lines import parse_report
from tests.bot import reports
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER, ago, sources

if TYPE_CHECKING:
    from tests.town import Town


async def test_each_subscriber_reads_of_their_own_regions_alone(followed: Town) -> None:
    await followed.publishes(reports.NIGHT_OVER_THREE_REGIONS, source="digest")
    told = followed.texts(KALUGA)[-1]
    assert told.startswith("Калужская область: сбито 40 беспилотников")
    assert "Моск" not in told
    assert "Воронеж" not in told


async def test_a_chat_that_follows_two_regions_of_one_report_gets_one_message(
    followed: Town,
) -> None:
    before = len(followed.texts(CAPITAL))
    await followed.publishes(reports.NIGHT_OVER_THREE_REGIONS, source="digest")
    (told,) = followed.texts(CAPITAL)[before:]
    assert "Moscow: 32 drones shot down" in told
    assert "Voronezh Region" in told
    assert "Kaluga" not in told


async def test_places_that_took_diverted_flights_are_not_told_of_danger(at_work: Town) -> None:
    await at_work.says(STRANGER, "/subscribe Kazan, Saint Petersburg")
    before = at_work.texts(STRANGER)
    await at_work.publishes(reports.NIGHT_OVER_THREE_REGIONS, source="digest")
    assert at_work.texts(STRANGER) == before


async def test_an_admin_reads_what_was_taken_in(followed: Town) -> None:
    await followed.says(ADMIN, "/start")
    await followed.publishes(reports.KALUGA_FORTY)
    told = followed.texts(ADMIN)[-1]
    assert "Калужская область — сбито 40 беспилотников" in told


async def test_an_admin_reads_of_what_is_no_report_and_nobody_else_does(followed: Town) -> None:
    await followed.says(ADMIN, "/start")
    before = followed.texts(KALUGA)
    answer = await followed.publishes(reports.A_GREETING)
    assert answer["outcome"] == "not_a_report"
    assert reports.A_GREETING[:20] in followed.texts(ADMIN)[-1]
    assert followed.texts(KALUGA) == before


async def test_a_source_is_told_the_numbers_that_people_see(followed: Town) -> None:
    answer = await followed.publishes(reports.KALUGA_FORTY, id="post-1")
    number = answer["incidents"][0]
    assert answer == {"id": "post-1", "outcome": "incidents", "incidents": [number]}
    assert f"#{number}" in followed.texts(KALUGA)[-1]


async def test_the_same_report_again_is_answered_alike_and_sent_once(followed: Town) -> None:
    first = await followed.publishes(reports.KALUGA_FORTY, id="post-1")
    before = followed.texts(KALUGA)
    assert await followed.publishes(reports.KALUGA_FORTY, id="post-1") == first
    assert followed.texts(KALUGA) == before


async def test_copies_of_one_event_from_several_sources_are_one_incident(followed: Town) -> None:
    first = await followed.publishes(reports.KALUGA_FORTY)
    before = followed.texts(KALUGA)
    copy = await followed.publishes(reports.KALUGA_FORTY_IN_OTHER_WORDS, source="digest")
    assert copy["incidents"] == first["incidents"]
    assert followed.texts(KALUGA) == before


async def test_two_more_are_told_beside_what_was_reported_before(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_FORTY)
    await followed.publishes(reports.KALUGA_TWO_MORE)
    told = followed.texts(KALUGA)[-1]
    assert "обновление: сбито ещё 2 беспилотника" in told
    assert "До этого сообщалось: сбито 40." in told


async def test_two_more_from_two_sources_that_both_told_of_forty_are_told_once(
    followed: Town,
) -> None:
    await followed.publishes(reports.KALUGA_FORTY)
    await followed.publishes(reports.KALUGA_FORTY_IN_OTHER_WORDS, source="digest")
    await followed.publishes(reports.KALUGA_TWO_MORE)
    before = followed.texts(KALUGA)
    await followed.publishes(reports.KALUGA_TWO_MORE, source="digest")
    assert followed.texts(KALUGA) == before


async def test_an_edited_two_more_adds_nothing(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_FORTY)
    await followed.publishes(reports.KALUGA_TWO_MORE, id="post-2")
    before = followed.texts(KALUGA)
    await followed.publishes(f"{reports.KALUGA_TWO_MORE} Спасибо расчётам.", id="post-2")
    assert followed.texts(KALUGA) == before


async def test_what_a_later_report_adds_is_told_as_an_update(followed: Town) -> None:
    first = await followed.publishes(reports.KALUGA_FORTY)
    second = await followed.publishes(reports.KALUGA_TWO_INJURED, published=ago(10))
    assert second["incidents"] == first["incidents"]
    assert "Пострадали 2 человека" in followed.texts(KALUGA)[-1]


async def test_danger_over_and_unclear_are_three_things(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALERT)
    assert "опасность" in followed.texts(KALUGA)[-1].lower()
    before = followed.texts(KALUGA)
    unclear = await followed.publishes("Опасность атаки БПЛА? Ждём подтверждения.", source="digest")
    assert unclear["outcome"] != "incidents"
    assert followed.texts(KALUGA) == before
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    assert "отбой" in followed.texts(KALUGA)[-1].lower()


async def test_what_another_program_takes_in_is_relayed_too(followed: Town) -> None:
    report = parse_report({"id": "file-1", "published": ago(5), "text": reports.KALUGA_FORTY})
    source = sources().by_id("kaluga")
    assert source is not None
    async with open_desk(followed.settings, sources()) as desk:
        receipt = await desk.take_in(replace(report, source=source.source))
    await followed.until(lambda: f"#{receipt.incidents[0]}" in followed.texts(KALUGA)[-1])


async def test_latest_says_what_is_known_and_that_silence_is_not_calm(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_FORTY)
    assert "сбито 40 беспилотников" in (await followed.says(KALUGA, "/latest")).text
    silent = (await followed.says(CAPITAL, "/latest")).text
    assert "does not mean that there is no danger" in silent


async def test_what_was_gathered_from_two_sources_is_told_as_theirs_together(
    followed: Town,
) -> None:
    await followed.publishes(reports.KALUGA_FORTY, source="digest")
    await followed.publishes(reports.KALUGA_TWO_INJURED, published=ago(10))
    assert "Regional digest; Губернатор Калужской области" in followed.texts(KALUGA)[-1]
    assert "Regional digest; Губернатор" in (await followed.says(KALUGA, "/latest")).text


async def test_what_was_shot_down_stays_what_it_was_called(followed: Town) -> None:
    await followed.publishes("Над Калужской областью сбита высокоскоростная воздушная цель.")
    await followed.publishes(reports.KALUGA_TWO_INJURED, published=ago(10))
    assert "высокоскоростная цель" in followed.texts(KALUGA)[-1].splitlines()[0]
    assert "беспилотник" not in followed.texts(KALUGA)[-1].splitlines()[0]
