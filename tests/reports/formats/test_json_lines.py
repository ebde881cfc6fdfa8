from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.formats.json_lines import (
    LONGEST_TEXT,
    MalformedReport,
    dump_places,
    dump_reading,
    parse_report,
)
from reports.model import Fact, Incident, Kind, Outcome, Reading, Said, Span, Target
from reports.placed import Placed, Why

GOOD = {
    "id": "r-1",
    "source": {"name": "Губернатор", "role": "governor"},
    "published": "2026-03-05T06:48:00+03:00",
    "text": "Сбито семь дронов.",
}


def refusal(**changes: object) -> str:
    with pytest.raises(MalformedReport) as refused:
        parse_report(GOOD | changes)
    return str(refused.value)


def test_a_report_comes_in_as_it_was_written() -> None:
    report = parse_report(json.dumps(GOOD))
    assert report.text == "Сбито семь дронов."
    assert report.source.role == "governor"
    assert report.published.utcoffset() == timedelta(hours=3)


def test_a_listed_source_brings_its_home_region() -> None:
    given = GOOD | {"source": {"id": "klu", "name": "x", "regions": ["RU-KLU"], "language": "ru"}}
    assert parse_report(given).source.regions == ("RU-KLU",)


def test_an_empty_text_is_a_text() -> None:
    assert parse_report(GOOD | {"text": ""}).text == ""


def test_a_report_without_a_source_belongs_to_nobody() -> None:
    assert parse_report({k: v for k, v in GOOD.items() if k != "source"}).source.id == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not valid JSON"),
        ("[1]", "object in braces"),
        ("[" * 100_000, "nested too deep"),
        (b"\xff\xfe{", "not valid JSON"),
        ('{"id": ' + "9" * 5000 + "}", "not valid JSON"),
    ],
)
def test_a_line_that_is_no_json_is_refused_in_a_sentence(line: str | bytes, said: str) -> None:
    with pytest.raises(MalformedReport, match=said):
        parse_report(line)


def test_each_missing_or_wrong_field_is_named() -> None:
    assert '"text" is missing' in refusal(text=None)
    assert '"id" is missing' in refusal(id=" ")
    assert '"text" must be a string' in refusal(text=5)
    assert "longer than" in refusal(text="a" * (LONGEST_TEXT + 1))
    assert '"source" must be an object' in refusal(source="governor")
    assert "list of region codes" in refusal(source={"regions": "RU-KLU"})


def test_a_date_needs_an_offset() -> None:
    assert "offset" in refusal(published="2026-03-05T06:48:00")
    assert "must be a time" in refusal(published="yesterday")
    assert "years" in refusal(published="0001-01-01T00:00:00+14:00")


def test_a_link_is_a_web_address() -> None:
    assert "https://" in refusal(url="javascript:alert(1)")
    assert parse_report(GOOD | {"url": "https://example.org/1"}).url == "https://example.org/1"


def test_what_no_database_stores_is_replaced_without_moving_the_rest() -> None:
    assert parse_report(GOOD | {"text": "а\x00б\ud800в"}).text == "а\ufffdб\ufffdв"


def test_a_denial_is_zero_and_silence_is_null() -> None:
    incident = Incident(
        "RU-KLU",
        Kind.AIR_ATTACK,
        Target.DRONE,
        destroyed=Fact(Said.STATED, 7),
        killed=Fact(Said.DENIED),
        injured=Fact(Said.NONE_REPORTED),
        damage=Fact(Said.DENIED),
    )
    told = dump_reading("r-1", Reading(Outcome.INCIDENTS, (incident,)))
    assert told == {
        "id": "r-1",
        "outcome": "incidents",
        "incidents": [
            {
                "region": "RU-KLU",
                "kind": "air_attack",
                "targets": {"destroyed": 7, "kind": "drone"},
                "killed": 0,
                "injured": None,
                "damage": False,
                "airports": [],
                "preliminary": False,
            }
        ],
    }


def test_an_unclear_report_says_why() -> None:
    told = dump_reading("r-1", Reading(Outcome.UNCLEAR, reason="No region."))
    assert told == {"id": "r-1", "outcome": "unclear", "reason": "No region.", "incidents": []}


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists) | st.text())
@settings(max_examples=60)
def test_anything_else_is_refused_and_never_breaks(value: object) -> None:
    with pytest.raises(MalformedReport):
        parse_report(value if isinstance(value, str) else json.dumps(value))


def test_a_place_is_told_by_its_words_with_its_region_or_the_regions_it_may_be_in() -> None:
    settled = Placed(Span(2, 6), ("RU-TUL",), Why.ONLY_ONE)
    left_open = Placed(Span(7, 9), (), Why.UNSETTLED, ("RU-KRS", "RU-KYA"))
    reading = Reading(Outcome.UNCLEAR, places=(settled, left_open))
    assert dump_places("В Туле Же", reading) == [
        {"words": "Туле", "regions": ["RU-TUL"], "why": "only_one"},
        {"words": "Же", "regions": [], "why": "unsettled", "candidates": ["RU-KRS", "RU-KYA"]},
    ]
    assert "places" not in dump_reading("r-1", reading)
