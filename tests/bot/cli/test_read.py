import json
from pathlib import Path

import pytest

from tests.bot.cli.conftest import AlertRelay

KALUGA = {
    "id": "17",
    "source": {"name": "Губернатор Калужской области", "role": "governor"},
    "published": "2026-03-05T06:48:00+03:00",
    "text": "Ночью над Калужской областью сбито 4 беспилотника. Пострадавших нет.",
    "lang": "ru",
}


def _given(*lines: object) -> bytes:
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return "\n".join(written).encode()


def test_a_report_is_told_as_incidents(alert_relay: AlertRelay) -> None:
    told = alert_relay("read", given=_given(KALUGA))
    assert (told.code, told.err) == (0, "")
    (line,) = told.json
    assert (line["id"], line["outcome"]) == ("17", "incidents")
    assert line["incidents"][0]["targets"] == {"destroyed": 4, "kind": "drone"}
    assert line["incidents"][0]["region"] == "RU-KLU"


def test_a_dash_is_standard_input(alert_relay: AlertRelay) -> None:
    assert alert_relay("read", "-", given=_given(KALUGA)).json[0]["id"] == KALUGA["id"]


def test_reports_may_stand_in_a_file(alert_relay: AlertRelay) -> None:
    Path("reports.jsonl").write_bytes(_given(KALUGA, {**KALUGA, "id": "18"}))
    assert [line["id"] for line in alert_relay("read", "reports.jsonl").json] == ["17", "18"]


def test_a_line_that_is_not_json_is_told_and_the_rest_is_read(alert_relay: AlertRelay) -> None:
    told = alert_relay("read", given=_given("{", KALUGA))
    assert told.code == 1
    assert told.err.startswith("Line 1 is not valid JSON: expecting property name")
    assert [line["id"] for line in told.json] == ["17"]


def test_what_is_no_report_is_unclear_and_no_failure(alert_relay: AlertRelay) -> None:
    without_offset = {**KALUGA, "published": "2026-03-05T06:48:00"}
    told = alert_relay("read", given=_given(without_offset, {"id": "18"}, 5))
    assert told.code == 0
    assert [(line["id"], line["outcome"]) for line in told.json] == [
        ("17", "unclear"),
        ("18", "unclear"),
        (None, "unclear"),
    ]
    assert "offset from UTC" in told.json[0]["reason"]


def test_an_empty_text_and_emoji_are_no_report(alert_relay: AlertRelay) -> None:
    told = alert_relay("read", given=_given({**KALUGA, "text": ""}, {**KALUGA, "text": "🕯🕯🕯"}))
    assert [line["outcome"] for line in told.json] == ["not_a_report", "not_a_report"]


def test_explain_shows_the_words_that_say_so(alert_relay: AlertRelay) -> None:
    (line,) = alert_relay("read", "--explain", given=_given(KALUGA)).json
    evidence = " ".join(line["evidence"][0]["destroyed"])
    assert "сбито" in evidence
    assert "4" in evidence
    assert "Пострадавших нет" in line["evidence"][0]["injured"]


def test_explain_says_why_each_place_became_its_region(alert_relay: AlertRelay) -> None:
    (line,) = alert_relay("read", "--explain", given=_given(KALUGA)).json
    assert line["places"] == [
        {"words": "Калужской областью", "regions": ["RU-KLU"], "why": "named"}
    ]
    assert line["evidence"][0]["region"] == ["Калужской областью"]


def test_explain_gives_a_region_by_the_source_no_words(alert_relay: AlertRelay) -> None:
    (line,) = alert_relay("read", "--explain", given=_given({**KALUGA, "text": "Сбит дрон."})).json
    assert (line["places"], line["evidence"][0]["region"]) == ([], [])


def test_places_are_told_where_they_are_asked_for(alert_relay: AlertRelay) -> None:
    (line,) = alert_relay("read", given=_given(KALUGA)).json
    assert line.keys() == {"id", "outcome", "incidents"}


def test_summary_adds_what_subscribers_would_read(alert_relay: AlertRelay) -> None:
    (line,) = alert_relay("read", "--summary", "en", given=_given(KALUGA)).json
    assert "Kaluga" in line["summary"]
    assert "4 drones" in line["summary"]


def test_a_text_of_1_mb_is_read(alert_relay: AlertRelay) -> None:
    told = alert_relay("read", given=_given({**KALUGA, "text": "я" * 1_000_000}))
    assert (told.code, told.json[0]["outcome"]) == (0, "not_a_report")


@pytest.mark.usefixtures("at_a_terminal")
def test_a_person_sees_the_evidence_beside_the_text(alert_relay: AlertRelay) -> None:
    told = alert_relay("read", "--explain", given=_given(KALUGA))
    assert "Kaluga Region" in told.out
    assert "«Пострадавших нет»" in told.out


@pytest.mark.usefixtures("at_a_terminal")
def test_a_person_who_asks_for_the_summary_too_sees_it(alert_relay: AlertRelay) -> None:
    told = alert_relay("read", "--explain", "--summary", "ru", given=_given(KALUGA))
    assert told.out.endswith("беспилотника\nПострадавших нет, сообщает источник.\n")
