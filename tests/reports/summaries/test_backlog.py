"""After an outage: one message with what stands, and a line for what was lifted meanwhile."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reports.model import (
    BulletinClass,
    BulletinType,
    Incident,
    Kind,
    Language,
    Source,
    Target,
)
from reports.summaries import Backlog, backlog, message
from reports.summaries.markup import units
from tests.reports.summaries.outages import Night
from tests.reports.summaries.tellings import (
    DENIED,
    FORTY_DRONES,
    catalog,
    number,
    reader,
)

if TYPE_CHECKING:
    from reports.incidents.missed import Missed

EN = Language.EN
DRONES = Incident("RU-KLU", Kind.AIR_ALERT, Target.DRONE)
MISSILES = replace(DRONES, target=Target.MISSILE)
NO_DRONES = Incident("RU-KLU", Kind.ALL_CLEAR, Target.DRONE)
ALL_CLEAR = Incident("RU-KLU", Kind.ALL_CLEAR)
ATTACK = replace(FORTY_DRONES, destroyed=number(14))
FIRE = Incident("RU-TUL", Kind.FIRE, killed=DENIED)
CLOSED = Incident("RU-MOW", Kind.AIRPORT_RESTRICTION, airports=("UUWW", "UUDD"))
VNUKOVO_OPEN = Incident("RU-MOW", Kind.AIRPORT_REOPENED, airports=("UUWW",))
AFTER_AN_OUTAGE = "<i>Сообщения задержались. Вот о чём сообщалось за это время.</i>"

NO_NEWS = ("Источник", "Source", "<i>")


def told(missed: Missed, language: Language = Language.RU) -> Backlog:
    found = backlog(missed, reader(language))
    assert found is not None
    return found


def lines(missed: Missed, language: Language = Language.RU) -> list[str]:
    """What stands in it, without links and the lines of sources."""
    words = re.sub(r"</?a[^>]*>", "", told(missed, language).html)
    return [one for one in words.split("\n") if one and not one.startswith(NO_NEWS)]


def test_danger_that_came_and_went_becomes_one_line_of_history() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(40, NO_DRONES)
    found = told(night.missed(60))
    assert found.html == (
        f"{AFTER_AN_OUTAGE}\n\n"
        "Калужская область: опасность атаки БПЛА #118 объявлялась в 06:48, отменена в 07:28.\n"
        'Источник: <a href="https://example.org/2">Губернатор Калужской области</a>'
    )
    assert (found.priority, found.covers) == (BulletinClass.NEWS, frozenset({1, 2}))


def test_who_was_told_of_the_danger_is_told_of_its_end_as_usual() -> None:
    night = Night(outage=1)
    night.report(0, DRONES)
    night.report(40, NO_DRONES)
    found = told(night.missed(60))
    assert found.html == message(night.bulletins[1], reader())
    assert (found.priority, found.covers) == (BulletinClass.CORRECTION, frozenset({2}))


def test_an_all_clear_that_ends_both_heard_and_unheard_danger_is_told() -> None:
    night = Night(outage=1)
    night.report(0, MISSILES)
    night.report(10, DRONES)
    night.report(40, ALL_CLEAR)
    over, history = lines(night.missed(60))
    assert over == "<b>Калужская область: отбой воздушной тревоги</b> #120"
    assert history.startswith("Калужская область: опасность атаки БПЛА #119 объявлялась в 06:58, ")


def test_of_a_general_all_clear_and_one_for_drones_the_general_one_is_told() -> None:
    for ends in ((ALL_CLEAR, NO_DRONES), (NO_DRONES, ALL_CLEAR)):
        night = Night(outage=1)
        night.report(0, replace(DRONES, target=None))
        for minute, end in enumerate(ends, start=20):
            night.report(minute, end)
        last = len(night.stored) + 117
        words = f"<b>Калужская область: отбой воздушной тревоги</b> #{last}"
        assert words in lines(night.missed(40))


def test_an_all_clear_for_drones_leaves_the_missile_threat() -> None:
    night = Night()
    night.report(0, DRONES, MISSILES)
    night.report(40, NO_DRONES)
    found = told(night.missed(50))
    assert lines(night.missed(50))[0] == "<b>Калужская область: ракетная опасность</b> #119"
    assert "#118 объявлялась в 06:48, отменена в 07:28." in found.html
    assert found.priority is BulletinClass.DANGER


def test_no_all_clear_is_told_while_its_danger_stands_again() -> None:
    night = Night(outage=1)
    night.report(0, DRONES)
    night.report(40, NO_DRONES)
    night.report(50, DRONES)
    assert told(night.missed(60)).html == message(night.bulletins[2], reader())
    told_first = replace(night.missed(60), waiting=night.missed(60).waiting[:1])
    assert backlog(told_first, reader()) is None


def test_one_bulletin_alone_is_the_usual_message() -> None:
    night = Night()
    night.report(0, DRONES, CLOSED)
    for repeat in (True, False):
        found = backlog(night.missed(10), reader(), repeat=repeat)
        assert found
        assert found.html == message(night.bulletins[0], reader(), repeat=repeat)


def test_danger_comes_first_then_news_then_history_each_newest_first() -> None:
    night = Night()
    night.report(0, FIRE)
    night.report(5, DRONES)
    night.report(10, ATTACK)
    night.report(30, NO_DRONES)
    night.report(40, MISSILES)
    night.report(50, CLOSED)
    found = told(night.missed(60), EN)
    assert re.findall(r"#\d+", found.html) == ["#122", "#120", "#123", "#118", "#119"]
    assert found.html.count("Source: ") == 5
    assert found.html.startswith("<i>Messages were delayed. ")


def test_an_update_of_what_was_never_told_is_told_as_new() -> None:
    night = Night()
    night.report(0, ATTACK)
    night.report(20, FORTY_DRONES)
    found = told(night.missed(30))
    assert "<b>Калужская область: сбито 40 беспилотников</b> #118" in found.html
    assert found.covers == {1, 2}


def test_two_updates_are_told_once_beside_what_was_known() -> None:
    night = Night(outage=1)
    for minute, shot_down in enumerate((14, 20, 40)):
        night.report(minute, replace(ATTACK, destroyed=number(shot_down)))
    assert lines(night.missed(30)) == [
        "<b>Калужская область, обновление: сбито 40 беспилотников</b> #118",
        "Было: сбито 14.",
    ]


def test_an_airport_that_reopened_is_not_told_as_closed() -> None:
    night = Night()
    night.report(0, CLOSED)
    night.report(30, VNUKOVO_OPEN)
    assert lines(night.missed(60)) == [
        "<b>Москва: ограничения на полёты</b> #118",
        "Аэропорт: Домодедово.",
        "Москва: ограничения на полёты #118 вводились в 06:48, сняты в 07:18. Аэропорт: Внуково.",
    ]
    night.report(50, replace(VNUKOVO_OPEN, airports=("UUDD",)))
    (history,) = lines(night.missed(60))
    assert history == (
        "Москва: ограничения на полёты #118 вводились в 06:48, сняты в 07:38. "
        "Аэропорты: Внуково, Домодедово."
    )


def test_a_reopened_airport_that_closed_again_is_left_out_of_the_reopening() -> None:
    night = Night(outage=1)
    night.report(0, CLOSED)
    night.report(30, replace(CLOSED, kind=Kind.AIRPORT_REOPENED))
    night.report(50, replace(CLOSED, airports=("UUWW",)))
    words = lines(night.missed(60))
    assert words[1::2] == ["Аэропорт: Внуково.", "Аэропорт: Домодедово."]


@pytest.mark.parametrize(
    ("said", "hours"), [(DRONES, 24), (CLOSED, 48), (FORTY_DRONES, 12), (FIRE, 24)]
)
def test_what_is_too_old_for_its_kind_is_left_out(said: Incident, hours: int) -> None:
    night = Night()
    night.report(0, said)
    assert backlog(night.missed(hours * 60), reader())
    assert backlog(night.missed(hours * 60 + 1), reader()) is None


def test_history_is_told_as_long_as_an_all_clear_is() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(40, NO_DRONES)
    assert lines(night.missed(40 + 6 * 60))
    assert backlog(night.missed(41 + 6 * 60), reader()) is None


def test_a_reader_hears_of_their_regions_alone() -> None:
    night = Night()
    night.report(0, DRONES, FIRE)
    night.report(5, CLOSED)
    found = backlog(night.missed(10), reader(Language.RU, "RU-TUL"))
    assert found
    assert (found.priority, found.covers) == (BulletinClass.NEWS, frozenset({1}))
    assert backlog(night.missed(10), reader(Language.RU, "RU-SAM")) is None


def test_a_day_is_named_where_it_is_not_today_by_the_clocks_of_the_region() -> None:
    night = Night()
    for region in ("RU-KLU", "RU-KAM"):
        night.report(16 * 60 + 30, replace(DRONES, region=region))
        night.report(17 * 60 + 30, replace(NO_DRONES, region=region))
    kamchatka, kaluga = lines(night.missed(18 * 60))
    assert "#118 объявлялась 5 марта в 23:18, отменена в 00:18." in kaluga
    assert "#120 объявлялась в 08:18 (UTC+12), отменена в 09:18 (UTC+12)." in kamchatka


def test_an_end_of_which_no_report_waits_has_no_time() -> None:
    night = Night()
    night.report(0, replace(DRONES, target=Target.HIGH_SPEED_TARGET))
    night.report(40, ALL_CLEAR)
    del night.bulletins[1]
    assert lines(night.missed(60), EN)[0] == (
        "Kaluga Region: threat of high-speed air targets #118 announced at 06:48, "
        "lifted since then."
    )
    assert lines(night.missed(60))[0] == (
        "Калужская область: опасность высокоскоростных воздушных целей #118 "
        "объявлялась в 06:48, уже отменена."
    )


def test_history_names_both_who_announced_and_who_lifted() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(40, NO_DRONES, source=Source("МЧС"))
    words = re.sub(r"</?a[^>]*>", "", told(night.missed(60)).html)
    assert words.endswith("\nИсточник: Губернатор Калужской области; МЧС")


def test_told_again_after_a_correction_it_differs_by_the_correction_alone() -> None:
    night = Night()
    night.report(0, ATTACK, DRONES)
    night.report(30, FIRE)
    first = told(night.missed(50)).html
    night.correct(84, 118, "destroyed", "4")
    night.report(90, ALL_CLEAR)
    night.report(95, DRONES)
    again = told(replace(night.missed(50), waiting=night.missed(50).waiting[:2])).html
    assert again.replace("\nИсправлено 08:12: сбито 4 беспилотника, а не 14.", "") == first.replace(
        "сбито 14 беспилотников", "сбито 4 беспилотника"
    )


def test_history_bears_the_notes_of_corrections() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(40, NO_DRONES)
    night.correct(84, 118, "text", "Опасность объявлялась <только> для юга области.")
    last = lines(night.missed(90))[-1]
    assert last == "Исправлено 08:12: Опасность объявлялась &lt;только&gt; для юга области."


def test_danger_that_was_of_another_region_is_not_told_as_lifted_there() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(30, NO_DRONES)
    night.correct(40, 118, "region", "RU-MOS")
    night.stored[118] = replace(night.stored[118], ended_at=None)
    for minute, sounds in ((50, BulletinClass.DANGER), (90, BulletinClass.CORRECTION)):
        words = lines(night.missed(minute))
        assert words[:3] == [
            "<b>Московская область: опасность атаки БПЛА</b> #118",
            "Объявлялась в 06:48, об отмене не сообщалось.",
            "Исправлено 07:28: регион — Московская область, а не Калужская область.",
        ]
        assert told(night.missed(minute)).priority is sounds


def test_what_is_too_old_is_looked_up_where_anything_else_is_told() -> None:
    night = Night()
    night.report(0, replace(DRONES, region="RU-TUL"))
    night.report(26 * 60, DRONES)
    found = told(night.missed(26 * 60 + 3))
    assert found.html.endswith("\n\nБолее ранние сообщения: /latest")
    assert (found.covers, found.tells) == (frozenset({1, 2}), frozenset({2}))
    assert told(night.missed(26 * 60 + 3), EN).html.endswith("\n\nOlder reports: /latest")


def test_an_alert_that_stands_goes_before_a_later_attack() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(30, ATTACK)
    for minute in (40, 120):
        assert re.findall("#[0-9]+", told(night.missed(minute)).html) == ["#118", "#119"]


def test_danger_whose_end_was_corrected_to_another_region_is_not_told_as_over() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(30, NO_DRONES)
    night.correct(40, 119, "region", "RU-TUL")
    words = lines(night.missed(50))
    assert words[0] == "<b>Калужская область: опасность атаки БПЛА</b> #118"
    assert words[-1].endswith("Для региона Калужская область это не отбой.")


def test_a_repeat_is_marked_and_other_bulletins_are_left_aside() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(5, FIRE)
    for kind in (BulletinType.CORRECTION, BulletinType.INTAKE, BulletinType.BROADCAST):
        night.bulletins.append(replace(night.bulletins[0], type=kind, text="..."))
    found = backlog(night.missed(10), reader(), repeat=True)
    assert found
    assert found.covers == {1, 2}
    assert found.html.startswith(
        f"<i>Повтор: неизвестно, дошло ли это сообщение в первый раз.</i>\n{AFTER_AN_OUTAGE}\n\n<b>"
    )


@pytest.mark.parametrize("language", Language)
def test_what_does_not_fit_is_counted_and_danger_is_what_stays(language: Language) -> None:
    night = Night()
    for code in catalog().regions:
        night.report(0, replace(FIRE, region=code), source=Source("&" * 200))
        night.report(1, replace(DRONES, region=code))
    found = told(night.missed(30), language)
    shown = found.html.count("<b>")
    assert units(found.html) <= 4096
    assert "<b>Тульская область: пожар" not in found.html
    last = found.html.split("\n")[-1]
    assert str(len(night.stored) - shown) in last
    assert last.endswith(": /latest")


def test_a_great_report_shows_its_danger_first_and_its_source() -> None:
    night = Night()
    codes = list(catalog().regions)
    night.report(0, FIRE)
    night.report(1, *(replace(DRONES, region=code) for code in codes))
    html = told(night.missed(30)).html
    assert 20 < html.count("<b>") < len(codes)
    assert "\n\nИсточник: " in html
    assert f"Ещё {len(codes) + 1 - html.count('<b>')} " in html


def test_what_changed_at_once_is_told_together_without_a_word_of_delay() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(2, FIRE)
    night.report(3, NO_DRONES)
    assert "задержались" not in told(night.missed(5)).html
    assert AFTER_AN_OUTAGE in told(night.missed(6)).html


def test_what_is_late_and_left_out_is_no_delay_of_the_rest() -> None:
    night = Night()
    night.report(0, replace(DRONES, region="RU-TUL"))
    night.report(26 * 60, DRONES)
    night.report(26 * 60 + 1, FIRE)
    assert "задержались" not in told(night.missed(26 * 60 + 3)).html


def test_nothing_that_waits_is_nothing_to_tell() -> None:
    assert backlog(Night().missed(0), reader()) is None


def test_an_incident_of_which_nothing_is_known_is_not_taken_for_over() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(10, CLOSED)
    unknown = replace(night.missed(30), standing={})
    assert len(re.findall("<b>", told(unknown).html)) == 2
