"""What recipients read of a correction, as a reply and in the old message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reports.model import Bulletin, BulletinType, Incident, Item, Kind, Language
from reports.summaries import correction, message
from tests.reports.summaries.tellings import (
    DENIED,
    FORTY_DRONES,
    UNREPORTED,
    bulletin,
    corrected,
    number,
    reader,
)


def reply(field: str, old: str, new: str) -> Bulletin:
    return bulletin(corrected(FORTY_DRONES, field, old, new), kind=BulletinType.CORRECTION)


@pytest.mark.parametrize(
    ("field", "old", "new", "change"),
    [
        ("destroyed", "40", "14", "сбито 14 беспилотников, а не 40."),
        ("destroyed", "40", "0", "сбитых нет. Было: 40."),
        ("destroyed", "40", "unknown", "число сбитых неизвестно. Было: 40."),
        ("destroyed", "some", "7", "сбито 7 беспилотников. Раньше число не называлось."),
        ("killed", "2", "0", "погибших нет. Было: 2."),
        ("killed", "unknown", "1", "погиб 1 человек. Раньше об этом не сообщалось."),
        ("injured", "0", "3", "пострадали 3 человека. Было: раненых нет."),
        ("damage", "yes", "no", "разрушений нет. Было: есть повреждения."),
        ("damage", "no", "unknown", "неизвестно, есть ли разрушения. Было: разрушений нет."),
    ],
)
def test_a_reply_says_what_changed(field: str, old: str, new: str, change: str) -> None:
    told = correction(reply(field, old, new), reader())
    assert told == f"<b>Исправление к #118.</b> Калужская область: {change}"


def test_a_reply_in_english() -> None:
    told = correction(reply("destroyed", "40", "14"), reader(Language.EN))
    assert told == "<b>Correction to #118.</b> Kaluga Region: 14 drones shot down, not 40."


def test_another_region_and_free_words() -> None:
    moved = correction(reply("region", "RU-KLU", "RU-TUL"), reader())
    assert moved.endswith("Регион — Тульская область, а не Калужская область.")
    free = correction(reply("text", "", "Это были <учения>."), reader())
    assert free == (
        "<b>Исправление к #118 (Калужская область: сбито 40 беспилотников).</b> "
        "Это были &lt;учения&gt;."
    )


def test_a_bulletin_that_is_a_correction_reads_as_the_reply() -> None:
    reply_ = reply("destroyed", "40", "14")
    assert message(reply_, reader()) == correction(reply_, reader())


def test_the_old_message_shows_the_right_figure_and_says_that_it_was_corrected() -> None:
    incident = replace(FORTY_DRONES, killed=UNREPORTED, injured=UNREPORTED)
    told = message(bulletin(corrected(incident, "destroyed", "40", "14")), reader()).split("\n")
    assert told[:3] == [
        "<b>Калужская область: сбито 14 беспилотников</b> #118",
        "О пострадавших не сообщалось.",
        "Исправлено 08:12: сбито 14 беспилотников, а не 40.",
    ]


def test_what_an_admin_corrected_to_none_is_not_put_into_the_sources_mouth() -> None:
    incident = replace(FORTY_DRONES, killed=DENIED, injured=number(3))
    told = message(bulletin(corrected(incident, "injured", "3", "0")), reader()).split("\n")
    assert told[1:3] == [
        "Погибших нет, сообщает источник. Раненых нет.",
        "Исправлено 08:12: раненых нет. Было: 3.",
    ]


def test_a_second_correction_of_a_field_takes_the_place_of_the_first() -> None:
    first = corrected(FORTY_DRONES, "destroyed", "40", "14")
    later = replace(
        first.corrections[0], old="14", new="15", made=first.corrections[0].made + timedelta(days=1)
    )
    told = message(bulletin(replace(first, corrections=(*first.corrections, later))), reader())
    assert "сбито 15 беспилотников</b>" in told
    assert told.count("Исправлено") == 1
    assert "Исправлено 08:12, 6 марта: сбито 15 беспилотников, а не 14." in told


def test_a_message_moved_to_another_region_still_reaches_its_old_readers() -> None:
    moved = bulletin(corrected(FORTY_DRONES, "region", "RU-KLU", "RU-TUL"))
    told = message(moved, reader(Language.RU, "RU-KLU"))
    assert told.startswith("<b>Тульская область: сбито 40 беспилотников</b> #118")
    assert "Исправлено 08:12: регион — Тульская область, а не Калужская область." in told


def test_who_was_not_told_of_an_incident_does_not_meet_it_in_an_old_message() -> None:
    moved = corrected(FORTY_DRONES, "region", "RU-KLU", "RU-TUL")
    in_tula = Item(119, replace(FORTY_DRONES, region="RU-TUL", destroyed=number(3)))
    told = message(bulletin(moved, in_tula), reader(Language.RU, "RU-TUL"))
    assert "#119" in told
    assert "#118" not in told


@pytest.mark.parametrize(
    ("kind", "not_over"),
    [
        (Kind.ALL_CLEAR, "Для региона Калужская область это не отбой."),
        (
            Kind.AIRPORT_REOPENED,
            "Для региона Калужская область это не означает, что ограничения на полёты сняты.",
        ),
    ],
)
def test_an_end_that_was_of_another_region_leaves_nobody_believing_to_be_safe(
    kind: Kind, not_over: str
) -> None:
    moved = corrected(Incident("RU-KLU", kind), "region", "RU-KLU", "RU-TUL")
    reply_ = bulletin(moved, kind=BulletinType.CORRECTION)
    change = "Регион — Тульская область, а не Калужская область."
    assert correction(reply_, reader()).endswith(f"{change} {not_over}")
    assert message(bulletin(moved), reader(Language.RU, "RU-KLU")).count(not_over) == 1


def test_a_figure_corrected_to_unknown_is_shown_no_more() -> None:
    item: Item = corrected(replace(FORTY_DRONES, injured=number(3)), "injured", "3", "unknown")
    told = message(bulletin(item), reader())
    assert "пострадали" not in told
    assert "неизвестно, есть ли пострадавшие. Было: 3." in told


def test_the_reply_is_for_whoever_got_the_message_whatever_they_follow_now() -> None:
    incident: Incident = FORTY_DRONES
    reply_ = bulletin(corrected(incident, "destroyed", "40", "14"), kind=BulletinType.CORRECTION)
    assert "сбито 14" in message(reply_, reader(Language.RU, "RU-SAM"))
