"""The line by which admins watch what is taken in."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from reports.model import Incident, Kind, Language, Outcome, Reading, Report, Source
from reports.reading.reasons import NO_CAUSE, NO_REGION
from reports.summaries import LONGEST_WHOLE, Question, admin_line, question
from reports.summaries.markup import MESSAGE_LIMIT, units
from tests.reports.summaries.tellings import FORTY_DRONES, GOVERNOR, PUBLISHED, reader

REPORT = Report("1", GOVERNOR, PUBLISHED, "Сбито <много>.\nПодробности позже.")
FIRE = Incident("RU-TUL", Kind.FIRE)


def test_incidents_are_named_with_their_numbers() -> None:
    reading = Reading(Outcome.INCIDENTS, (FORTY_DRONES, FIRE))
    assert admin_line(REPORT, reading, [118, 119], reader()) == (
        "<b>Принято.</b> Губернатор Калужской области: "
        "#118 Калужская область — сбито 40 беспилотников; #119 Тульская область — пожар"
    )


def test_an_unclear_report_is_quoted_and_asks_for_a_person() -> None:
    reading = Reading(Outcome.UNCLEAR, reason="No place is named.")
    assert admin_line(REPORT, reading, [], reader(Language.EN)) == (
        "<b>Unclear, so relayed to nobody.</b> Губернатор Калужской области: "
        "No place is named. “Сбито &lt;много&gt;. Подробности позже.”"
    )


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (NO_REGION, "Говорится об атаке или опасности, но регион определить нельзя."),
        (NO_CAUSE, "Говорится о погибших или пострадавших, но не о происшествии"),
        (
            "Its figures disagree: the parts come to 30, the total to 40.",
            "сумма частей — 30, а всего указано 40.",
        ),
        ("An area is not known here: “Zone 7”.", "Территория неизвестна: «Zone 7»."),
        (
            "It cancels an earlier message.\nAn area is not known here: “Zone”.",
            "Оно отменяет более раннее сообщение. Территория неизвестна: «Zone».",
        ),
        ("something else {} happened", "something else {} happened"),
    ],
)
def test_the_reason_is_told_in_the_readers_language(reason: str, told: str) -> None:
    assert told in admin_line(REPORT, Reading(Outcome.UNCLEAR, reason=reason), [], reader())


def test_what_is_no_report_says_so_on_one_line() -> None:
    line = admin_line(REPORT, Reading(Outcome.NOT_A_REPORT), [], reader())
    assert line.startswith("<b>Не о происшествии.</b> Губернатор Калужской области: «Сбито")
    assert "\n" not in line


def test_many_incidents_are_counted() -> None:
    reading = Reading(Outcome.INCIDENTS, (FIRE,) * 15)
    assert admin_line(REPORT, reading, [], reader()).endswith(
        "Тульская область — пожар; ещё 3 события"
    )


def test_a_question_with_the_longest_words_leaves_room_for_what_is_answered() -> None:
    regions = sorted(reader().catalog.regions)[:20]
    incidents = tuple(Incident(code, Kind.AIRPORT_REOPENED) for code in regions)
    report = replace(REPORT, source=Source("<" * 300), text="& <😀\n" * 900)
    asked = Question(1, report, Reading(Outcome.UNCLEAR, incidents, "&" * 400))
    told = question(asked, reader(), LONGEST_WHOLE)
    assert units(unescape(re.sub("<[^>]*>", "", told))) < MESSAGE_LIMIT - 600


def test_a_question_says_whose_words_a_source_passes_on() -> None:
    report = replace(REPORT, first_said="МЧС <России>")
    told = question(Question(1, report, Reading(Outcome.UNCLEAR)), reader())
    assert told.endswith("\nПервым это опубликовал другой источник: МЧС &lt;России&gt;.")
