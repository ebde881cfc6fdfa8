"""Whatever is written is read again; whatever bytes come, nothing but a sentence is raised."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.formats.cap import (
    Alert,
    Area,
    Circle,
    Info,
    MalformedAlert,
    Scope,
    Status,
    identity_of,
    parse_alert,
    report_of,
    words_of,
)
from reports.formats.cap.times import references_of
from reports.incidents.cap import Certainty, Severity, Urgency
from reports.model import MessageType
from tests.reports.formats.caps import SOURCE, mutated, written

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
LINES = st.lists(WORDS, max_size=4).map(" ".join)
KEYS = st.text("abcXYZ019@.-", min_size=1, max_size=12)
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.builds(
    lambda time, zone: time.replace(microsecond=0, tzinfo=zone),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - the zone is added
    OFFSETS,
)
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
OUTLINES = st.lists(POINTS, min_size=3, max_size=6).map(lambda points: (*points, points[0]))
PAIRS = st.lists(st.tuples(KEYS, KEYS), max_size=2).map(tuple)
AREAS = st.builds(
    Area,
    description=LINES,
    polygons=st.lists(OUTLINES, max_size=2).map(tuple),
    circles=st.lists(st.builds(Circle, POINTS, st.floats(0, 500)), max_size=2).map(tuple),
    geocodes=PAIRS,
)
INFOS = st.builds(
    Info,
    language=st.sampled_from(["ru", "en-US", "uk"]),
    categories=st.lists(KEYS, max_size=2).map(tuple),
    event=LINES,
    response_types=st.lists(st.sampled_from(["AllClear", "Shelter"]), max_size=2).map(tuple),
    urgency=st.sampled_from(Urgency),
    severity=st.sampled_from(Severity),
    certainty=st.sampled_from(Certainty),
    event_codes=PAIRS,
    **dict.fromkeys(("effective", "onset", "expires"), st.none() | TIMES),
    **dict.fromkeys(("sender_name", "headline", "description", "instruction", "web"), LINES),
    parameters=PAIRS,
    areas=st.lists(AREAS, max_size=2).map(tuple),
)
REFERENCES = st.builds(lambda *of: ",".join([*of[:2], of[2].isoformat()]), KEYS, KEYS, TIMES)
ALERTS = st.builds(
    Alert,
    identifier=KEYS,
    sender=KEYS,
    sent=TIMES,
    status=st.sampled_from(Status),
    type=st.sampled_from(MessageType),
    scope=st.sampled_from(Scope),
    restriction=LINES,
    note=LINES,
    references=st.lists(REFERENCES, max_size=3).map(lambda all_: references_of(" ".join(all_))),
    incidents=st.lists(KEYS, max_size=2).map(tuple),
    infos=st.lists(INFOS, max_size=3).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(ALERTS)
def test_what_is_written_is_read_again(alert: Alert) -> None:
    assert parse_alert(written(alert)) == alert


@settings(max_examples=60, deadline=None)
@given(ALERTS, st.sampled_from(["ru", "en", None]))
def test_every_span_of_a_messages_words_lies_in_its_text(alert: Alert, asked: str | None) -> None:
    words = words_of(alert, asked)
    for section in words.sections:
        assert section.title.of(words.text) == (section.info.headline or section.info.event)
        assert section.statement.end <= len(words.text)
        assert bool(section.event.of(words.text)) == bool(section.info.event)
    assert words_of(alert, words.language) == words


@given(TIMES, OFFSETS)
def test_an_identity_is_the_same_in_every_time_zone(sent: datetime, zone: timezone) -> None:
    alert = Alert("A", "b", sent, Status.ACTUAL, MessageType.ALERT, Scope.PUBLIC)
    moved = sent.astimezone(zone)
    assert references_of(f"b,A,{moved.isoformat()}") == (identity_of(alert),)
    assert identity_of(alert).endswith(sent.astimezone(UTC).isoformat())


def test_ten_thousand_mutated_documents_raise_nothing_but_a_sentence() -> None:
    read = 0
    for body in mutated(10_000):
        with suppress(MalformedAlert):
            report_of(parse_alert(body), "", SOURCE)
            read += 1
    assert read > 2_000, "mutations that break every document test nothing"
