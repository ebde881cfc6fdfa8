import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.cli.conftest import AlertRelay

KALUGA = {
    "id": "17",
    "source": {"name": "Somebody", "id": "kaluga-governor"},
    "published": "2026-03-05T06:48:00+03:00",
    "text": "Ночью над Калужской областью сбито 4 беспилотника.",
}

IDENTITY = "sample@example.org,SAMPLE-1,2026-03-05T03:48:00+00:00"
ALERT = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>SAMPLE-1</identifier><sender>sample@example.org</sender>
  <sent>2026-03-05T06:48:00+03:00</sent><status>Actual</status>
  <msgType>Alert</msgType><scope>Public</scope>
  <info>
    <language>en</language><category>Safety</category><event>Drone attack</event>
    <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
    <description>A sample: four drones were shot down over Kaluga Region.</description>
    <area><areaDesc>Kaluga Region</areaDesc></area>
  </info>
</alert>
"""


class Keyboard(io.TextIOWrapper):
    """Standard input at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _two_sources(alert_relay: AlertRelay) -> None:
    del alert_relay  # for its empty directory
    entry = '[[source]]\nid = "{0}"\nkind = "push"\nname = "{0} <b>"\ntoken = "{0}-0123456789"\n'
    written = [entry.format(name) for name in ("kaluga-governor", "moscow-mayor")]
    Path("relay.toml").write_text("\n".join(written))


def _file(*lines: object) -> str:
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    Path("reports.jsonl").write_text("\n".join(written))
    return "reports.jsonl"


def _stored() -> list[str]:
    with closing(sqlite3.connect("data/playground.db")) as database:
        rows = database.execute("SELECT source_id FROM report ORDER BY id").fetchall()
    return [row[0] for row in rows]


def test_what_became_of_each_report_is_told(alert_relay: AlertRelay) -> None:
    told = alert_relay("take-in", _file(KALUGA))
    assert (told.code, told.json) == (0, [{"id": "17", "outcome": "incidents", "incidents": [1]}])


def test_the_same_report_again_is_the_same_incident(alert_relay: AlertRelay) -> None:
    first = alert_relay("take-in", _file(KALUGA, KALUGA))
    assert alert_relay("take-in", "reports.jsonl").json == first.json
    assert _stored() == ["kaluga-governor"]


def test_10_a_report_of_an_unlisted_source_is_refused(alert_relay: AlertRelay) -> None:
    stranger = {**KALUGA, "source": {"name": "Governor", "id": "stranger"}}
    told = alert_relay("take-in", _file(stranger, KALUGA))
    assert told.code == 1
    assert "line 1: this is from no listed source. Listed are: kaluga-governor" in told.err
    assert _stored() == ["kaluga-governor"]


def test_all_reports_may_be_given_to_one_listed_source(alert_relay: AlertRelay) -> None:
    alert_relay("take-in", "--source", "moscow-mayor", _file({**KALUGA, "source": None}))
    assert _stored() == ["moscow-mayor"]


def test_a_source_that_nobody_listed_is_told_before_anything_is_read(
    alert_relay: AlertRelay,
) -> None:
    told = alert_relay("take-in", "--source", "stranger", _file(KALUGA))
    assert told.code == 1
    assert told.err.startswith('No source has the id "stranger". Listed are: kaluga-governor')


def test_lines_that_are_no_reports_are_told_and_the_rest_is_taken_in(
    alert_relay: AlertRelay,
) -> None:
    told = alert_relay("take-in", _file("{", {"id": "18"}, KALUGA))
    assert told.code == 1
    assert "reports.jsonl, line 1: this is not valid JSON" in told.err
    assert 'line 2: "published" is missing' in told.err
    assert "Not taken in: 2 of 3 reports." in told.err
    assert [line["id"] for line in told.json] == ["17"]


@pytest.mark.parametrize("words", [(), ("-",)])
def test_standard_input_is_read_like_a_file(words: tuple[str], alert_relay: AlertRelay) -> None:
    told = alert_relay("take-in", *words, given=b"{\n" + json.dumps(KALUGA).encode())
    assert (told.code, [line["id"] for line in told.json]) == (1, ["17"])
    assert "standard input, line 1: this is not valid JSON" in told.err


def test_a_file_that_is_not_there_is_told_before_anything_is_taken_in(
    alert_relay: AlertRelay,
) -> None:
    told = alert_relay("take-in", _file(KALUGA), "missing.jsonl")
    assert (told.code, told.out) == (2, "")
    assert "file 'missing.jsonl' does not exist." in told.err
    assert not Path("data").exists()


def test_files_and_standard_input_may_be_given_together(alert_relay: AlertRelay) -> None:
    other = json.dumps({**KALUGA, "id": "18"}).encode()
    told = alert_relay("take-in", _file(KALUGA), "-", given=other)
    assert [line["id"] for line in told.json] == ["17", "18"]


def test_who_names_no_file_at_a_terminal_is_told_what_to_do(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(io, "TextIOWrapper", Keyboard)
    told = alert_relay("take-in")
    assert told.code == 1
    assert "Name a file, or - to write them here." in told.err


def test_a_cap_message_is_taken_in_as_one(alert_relay: AlertRelay) -> None:
    Path("alert.xml").write_text(ALERT)
    told = alert_relay("take-in", "--source", "kaluga-governor", "alert.xml")
    assert (told.code, [line["id"] for line in told.json]) == (0, [IDENTITY])
    with closing(sqlite3.connect("data/playground.db")) as database:
        ((document,),) = database.execute("SELECT document FROM report_revision").fetchall()
    assert document == ALERT.strip()


def test_a_cap_message_needs_its_source_and_is_to_be_one(alert_relay: AlertRelay) -> None:
    Path("alert.CAP").write_text(ALERT)
    assert "--source ID is to say" in alert_relay("take-in", "alert.CAP").err
    Path("alert.CAP").write_text("<rss/>")
    told = alert_relay("take-in", "--source", "kaluga-governor", "alert.CAP")
    assert told.code == 1
    assert "alert.CAP: this is no CAP message." in told.err


def test_the_playgrounds_publishers_are_listed_too(alert_relay: AlertRelay) -> None:
    Path("relay.toml").unlink()
    assert alert_relay("take-in", _file(KALUGA)).code == 0


@pytest.mark.usefixtures("at_a_terminal")
def test_a_person_gets_a_table(alert_relay: AlertRelay) -> None:
    told = alert_relay("take-in", _file({**KALUGA, "id": "[red]17"}))
    assert "{" not in told.out
    assert "[red]17" in told.out
    assert "#1" in told.out
