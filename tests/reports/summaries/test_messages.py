"""Whole messages, as they arrive at four in the morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from reports.model import (
    Bulletin,
    BulletinClass,
    BulletinType,
    Incident,
    Item,
    Kind,
    Language,
    Source,
    Target,
)
from reports.summaries import message
from reports.summaries.markup import units
from tests.reports.summaries.tellings import (
    DENIED,
    FORTY_DRONES,
    GOVERNOR,
    PUBLISHED,
    STATED,
    bulletin,
    catalog,
    number,
    reader,
)

RU = Language.RU
IN_MOSCOW = Incident("RU-MOW", Kind.AIR_ATTACK, Target.DRONE, number(32))
CLOSED = Incident("RU-MOW", Kind.AIRPORT_RESTRICTION, airports=("UUWW", "UUDD"))


def test_someone_who_follows_kaluga_reads_of_kaluga_alone() -> None:
    told = message(bulletin(FORTY_DRONES, IN_MOSCOW, CLOSED), reader(RU, "RU-KLU"))
    assert told == (
        "<b>Калужская область: сбито 40 беспилотников</b> #118\n"
        'Источник: <a href="https://example.org/news/7">Губернатор Калужской области</a>,'
        " 06:48, 5 марта"
    )


def test_two_regions_of_one_report_are_one_message() -> None:
    told = message(bulletin(FORTY_DRONES, IN_MOSCOW, CLOSED), reader(RU, "RU-KLU", "RU-MOW"))
    assert told.split("\n")[:-1] == [
        "<b>Калужская область: сбито 40 беспилотников</b> #118",
        "",
        "<b>Москва: сбито 32 беспилотника</b> #119",
        "<b>Москва: ограничения на полёты</b> #120",
        "Аэропорты: Внуково, Домодедово.",
        "",
    ]


def test_whom_nothing_concerns_is_told_nothing() -> None:
    assert message(bulletin(FORTY_DRONES), reader(RU, "RU-SAM")) == ""


def test_what_is_still_dangerous_stands_before_what_is_over() -> None:
    lifted = Incident("RU-VOR", Kind.ALL_CLEAR, Target.MISSILE)
    still_on = Incident("RU-VOR", Kind.AIR_ALERT, Target.DRONE)
    told = message(bulletin(lifted, still_on, kind=BulletinType.ALL_CLEAR), reader()).split("\n")
    assert told[:3] == [
        "<b>Воронежская область: опасность атаки БПЛА</b> #119",
        "<b>Воронежская область: отбой ракетной опасности</b> #118",
        "Отбой касается только ракетной опасности.",
    ]


def test_an_update_says_what_changed_and_what_is_new() -> None:
    before = replace(FORTY_DRONES, destroyed=number(14), injured=number(3))
    now = replace(FORTY_DRONES, injured=number(5), damage=STATED)
    told = message(bulletin(Item(118, now, before), kind=BulletinType.UPDATE), reader())
    assert told.split("\n")[:3] == [
        "<b>Калужская область, обновление: сбито 40 беспилотников</b> #118",
        "Пострадали 5 человек. Новое: есть повреждения.",
        "Было: сбито 14, пострадавших 3.",
    ]


def test_an_update_can_take_back_a_death() -> None:
    before, now = replace(FORTY_DRONES, killed=number(1)), replace(FORTY_DRONES, killed=DENIED)
    told = message(bulletin(Item(118, now, before), kind=BulletinType.UPDATE), reader())
    assert "Погибших нет, сообщает источник.\nБыло: погибших 1." in told


def test_an_update_names_the_airports_that_came_to_it() -> None:
    now = replace(CLOSED, airports=("UUWW", "UUDD", "UUBW"))
    told = message(bulletin(Item(118, now, CLOSED), kind=BulletinType.UPDATE), reader())
    assert "Аэропорты: Внуково, Домодедово, Жуковский.\nНовое: Жуковский.\n" in told


def test_a_withdrawn_report_is_no_all_clear() -> None:
    alert = Incident("RU-VOR", Kind.AIR_ALERT, Target.DRONE)
    told = message(bulletin(alert, kind=BulletinType.WITHDRAWAL), reader()).split("\n")
    assert told[:3] == [
        "<b>Воронежская область: источник отозвал сообщение</b> #118",
        "В нём говорилось: опасность атаки БПЛА.",
        "Это не отбой.",
    ]


def test_a_second_sending_is_marked_as_one() -> None:
    told = message(bulletin(FORTY_DRONES), reader(), repeat=True)
    assert told.startswith(
        "<i>Повтор: неизвестно, дошло ли это сообщение в первый раз.</i>\n<b>Калужская область"
    )


def test_airports_are_named_in_the_readers_language() -> None:
    opened = Incident("RU-KLU", Kind.AIRPORT_REOPENED, airports=("UUBC", "XXXX"))
    told = message(bulletin(opened), reader(Language.EN))
    assert "Kaluga Region: flight restrictions lifted</b> #118\nAirport: Kaluga (Grabtsevo)" in told
    unnamed = message(bulletin(replace(opened, airports=())), reader())
    assert "Аэропорты не названы." in unnamed


def test_the_time_is_that_of_the_region() -> None:
    yekaterinburg = bulletin(Incident("RU-SVE", Kind.FIRE))
    assert ", 08:48 (UTC+5), 5 марта" in message(yekaterinburg, reader())
    crimea = bulletin(Incident("UA-43", Kind.FIRE))
    assert message(crimea, reader()).endswith(", 06:48, 5 марта")


def test_a_moment_at_the_edge_of_the_calendar_is_told_too() -> None:
    first = replace(
        bulletin(Incident("RU-KAM", Kind.FIRE)), published=datetime(9999, 12, 31, 23, 0, tzinfo=UTC)
    )
    assert "23:00" in message(first, reader())


def test_names_from_outside_cannot_change_the_message() -> None:
    source = Source('<b>Мэр</b> "&"\u202e\n\x00\ud800 города')
    told = message(replace(bulletin(FORTY_DRONES), source=source, url=None), reader())
    assert told.endswith('\nИсточник: &lt;b&gt;Мэр&lt;/b&gt; "&amp;" города, 06:48, 5 марта')


def test_only_web_addresses_become_links() -> None:
    for address in ("javascript:alert(1)", "tg://user?id=1", "https://", "http://a b", "x", ""):
        assert "<a" not in message(replace(bulletin(FORTY_DRONES), url=address), reader())
    quoted = message(replace(bulletin(FORTY_DRONES), url='https://a.org/"><b>'), reader())
    assert '<a href="https://a.org/&quot;&gt;&lt;b&gt;">' in quoted


def test_any_number_of_regions_fits_and_what_is_left_out_is_counted() -> None:
    fires = [Incident(code, Kind.FIRE, damage=STATED) for code in catalog().regions]
    told = message(bulletin(*fires), reader())
    shown = told.count("<b>")
    assert units(told) <= 4096
    assert 20 < shown < len(fires)
    assert f"Ещё {len(fires) - shown} " in told
    assert told.split("\n")[-1].startswith("Источник: ")


def test_one_region_takes_less_than_400_characters() -> None:
    attack = replace(
        FORTY_DRONES, killed=number(2), injured=number(21), damage=DENIED, preliminary=True
    )
    for language in Language:
        assert len(message(bulletin(attack), reader(language))) < 400


def test_a_message_from_the_administrators() -> None:
    words = "Бот не работает\nс <10> до 11."
    broadcast = Bulletin(
        BulletinType.BROADCAST, BulletinClass.NEWS, Source(""), PUBLISHED, text=words
    )
    assert message(broadcast, reader()) == (
        "<b>Сообщение администраторов</b>\nБот не работает\nс &lt;10&gt; до 11."
    )


def test_a_source_without_a_name_leaves_the_time() -> None:
    nameless = replace(bulletin(FORTY_DRONES), source=replace(GOVERNOR, name=" "), url=None)
    assert message(nameless, reader()).endswith("#118\n06:48, 5 марта")
