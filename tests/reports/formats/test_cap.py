"""CAP messages, from their bytes: what is read, what is refused, what is left out and told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports.formats.cap import (
    LARGEST,
    MalformedAlert,
    Scope,
    Status,
    decoded,
    identity_of,
    parse_alert,
)
from reports.incidents.cap import Certainty, Severity, Urgency
from reports.model import MessageType
from tests.reports.formats.caps import CAP_1_2, alert, info, sample, written

SMALL = written(alert(info("Пожар")))


def test_a_message_is_read_as_the_standard_names_it() -> None:
    read = parse_alert(sample("air_alert_in_two_languages"))
    assert (read.status, read.type, read.scope) == (
        Status.ACTUAL,
        MessageType.ALERT,
        Scope.PUBLIC,
    )
    english, russian = read.infos
    assert (russian.event, english.language) == ("Воздушная тревога", "en-GB")
    assert (russian.urgency, russian.certainty) == (Urgency.IMMEDIATE, Certainty.LIKELY)
    assert russian.expires == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert russian.areas[0].geocodes == (("ISO3166-2", "RU-KLU"),)


def test_prefixes_cap_1_1_and_other_encodings_are_read() -> None:
    assert parse_alert(sample("all_clear_by_update")).infos[0].all_clear
    assert parse_alert(sample("fire_in_windows_1251")).infos[0].event == "Пожар"
    utf_16 = SMALL.replace("UTF-8", "UTF-16").encode("utf-16")
    assert parse_alert(utf_16) == parse_alert(SMALL)
    assert parse_alert(b"\xef\xbb\xbf" + SMALL.encode()) == parse_alert(SMALL)


def test_an_info_without_a_language_is_in_american_english() -> None:
    assert parse_alert(sample("flood_warning")).infos[0].language == "en-US"


@pytest.mark.parametrize("sent", ["09:00:00+03:00", "06:00:00Z", "06:00:00-00:00", "06:00:00+0000"])
def test_one_moment_is_one_identity_however_it_is_written(sent: str) -> None:
    document = SMALL.replace("2026-03-05T06:00:00+00:00", f"2026-03-05T{sent}")
    known = "sample@example.org,S-1,2026-03-05T06:00:00+00:00"
    assert identity_of(parse_alert(document)) == known


@pytest.mark.parametrize("name", ["identifier", "sender", "sent", "status", "msgType", "scope"])
def test_what_a_message_is_known_by_must_be_there(name: str) -> None:
    with pytest.raises(MalformedAlert, match=f"It has no <{name}>"):
        parse_alert(SMALL.replace(f"<{name}>", "<x>").replace(f"</{name}>", "</x>"))


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("Actual", "Real", "<status> is none of: Actual, Exercise"),
        ("T06:00:00+00:00", "T06:00:00", "<sent> is not a time with an offset"),
        ("2026-03-05", "2026-13-05", "<sent> is not a time with an offset"),
        ("cap:1.2", "cap:1.0", "not a message of CAP 1.1 or 1.2"),
        ("</alert>", "", "not well-formed"),
        ("S-1", "S" * 600, "too long"),
    ],
)
def test_a_message_that_cannot_be_known_is_refused(was: str, becomes: str, why: str) -> None:
    with pytest.raises(MalformedAlert, match=why):
        parse_alert(SMALL.replace(was, becomes))


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE alert [<!ENTITY a "b">]>',
        '<!DOCTYPE alert SYSTEM "http://localhost:9/x.dtd">',
        '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE alert [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_dtds_and_entities_are_refused_and_never_resolved(dtd: str) -> None:
    with pytest.raises(MalformedAlert, match="DTD or entities"):
        parse_alert(SMALL.replace("?>", f"?>{dtd}").replace("Пожар", "&a;"))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not well-formed"),
        (b"\xff\xfe\x00", "not utf-16"),
        (SMALL.encode("cp1251"), "not utf-8"),
        (SMALL.replace("UTF-8", "rot13").encode(), "rot13, which is not known"),
        (SMALL.replace("UTF-8", "x-none").encode(), "x-none, which is not known"),
        (b"<a>" * 50_000, "not well-formed"),
        (b" " * (LARGEST + 1), "larger than 256 KiB"),
    ],
)
def test_bytes_that_are_no_document_are_refused(body: bytes, why: str) -> None:
    with pytest.raises(MalformedAlert, match=why):
        parse_alert(body)


def test_more_blocks_or_points_than_any_message_needs_are_refused() -> None:
    with pytest.raises(MalformedAlert, match="over 100 of <info>"):
        parse_alert(written(alert(*[info()] * 101)))
    outline = "<polygon>" + "1,1 " * 12_000 + "</polygon>"
    crowded = SMALL.replace("</areaDesc>", f"</areaDesc>{outline}{outline}")
    with pytest.raises(MalformedAlert, match="20000 points"):
        parse_alert(crowded)


@pytest.mark.parametrize(
    "shape",
    [
        "<polygon>1,1 2,2</polygon>",
        "<polygon>1,1 2,2 x,3 1,1</polygon>",
        "<polygon>91,0 0,0 0,1 91,0</polygon>",
        "<polygon>nan,0 0,0 0,1 nan,0</polygon>",
        "<circle>54,36</circle>",
        "<circle>54,36 -1</circle>",
        "<circle>54,181 1</circle>",
    ],
)
def test_a_shape_that_makes_no_sense_is_left_out_and_told(shape: str) -> None:
    read = parse_alert(SMALL.replace("</areaDesc>", f"</areaDesc>{shape}"))
    area = read.infos[0].areas[0]
    assert (area.polygons, area.circles) == ((), ())
    assert "cannot be read" in read.remarks[0]


def test_a_broken_time_or_scale_costs_that_alone() -> None:
    document = SMALL.replace("<severity>Unknown", "<expires>soon</expires><severity>Bad")
    read = parse_alert(document)
    assert (read.infos[0].expires, read.infos[0].severity) == (None, Severity.UNKNOWN)
    assert read.remarks == (
        "<severity> is none of CAP's: Bad.",
        "<expires> is not a time with an offset: soon.",
    )


def test_a_declaration_of_other_characters_does_not_matter_once_it_is_text() -> None:
    text = decoded(sample("fire_in_windows_1251"))
    assert parse_alert(text) == parse_alert(sample("fire_in_windows_1251"))
    assert CAP_1_2 not in text
