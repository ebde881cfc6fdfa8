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


def test_the_playgrounds_publishers_are_listed_too(alert_relay: AlertRelay) -> None:
    Path("relay.toml").unlink()
    assert alert_relay("take-in", _file(KALUGA)).code == 0


@pytest.mark.usefixtures("at_a_terminal")
def test_a_person_gets_a_table(alert_relay: AlertRelay) -> None:
    told = alert_relay("take-in", _file({**KALUGA, "id": "[red]17"}))
    assert "{" not in told.out
    assert "[red]17" in told.out
    assert "#1" in told.out
