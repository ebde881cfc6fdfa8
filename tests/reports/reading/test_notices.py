"""CAP messages as they are read: who is told, of what, and where."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from reports.formats.cap import (
    Area,
    Info,
    MalformedAlert,
    Scope,
    Status,
    decoded,
    parse_alert,
    report_of,
)
from reports.incidents.cap import Certainty, Urgency
from reports.model import Incident, Kind, MessageType, Outcome, Reading, Relation, Target
from tests.reports.formats.caps import (
    KALUGA,
    SENT,
    SOURCE,
    TULA,
    alert,
    info,
    mutated,
    report,
    sample,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.formats.cap import Alert
    from reports.model import Report
    from reports.reading import Reader

    ReadCap = Callable[..., Reading]

BOTH = (KALUGA, TULA)
OVER = {"event": "Воздушная тревога", "response_types": ("AllClear",)}


@pytest.fixture
def read_cap(reader: Reader) -> ReadCap:
    """Reads a message of these infos."""

    def read(*infos: Info, **fields: Any) -> Reading:  # noqa: ANN401 - fields of any type
        return reader.read(report(alert(*infos, **fields)))

    return read


def sampled(name: str) -> Report:
    document = decoded(sample(name))
    return report_of(parse_alert(document), document, SOURCE)


def told(reading: Reading) -> list[tuple[str, Kind]]:
    return [(one.region, one.kind) for one in reading.incidents]


def words(incident: Incident, message: Alert) -> list[str]:
    text = report(message).text
    return [span.of(text) for span in incident.evidence]


def test_an_air_alert_in_two_languages_is_one_incident(reader: Reader) -> None:
    reading = reader.read(sampled("air_alert_in_two_languages"))
    assert told(reading) == [("RU-KLU", Kind.AIR_ALERT)]
    ends = datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert reading.relation == Relation(MessageType.ALERT, (), ends)


def test_an_update_that_says_all_clear_ends_the_alert_it_refers_to(reader: Reader) -> None:
    reading = reader.read(sampled("all_clear_by_update"))
    assert told(reading) == [("RU-KLU", Kind.ALL_CLEAR)]
    known = "duty@sample.example,SAMPLE-2026-0001,2026-03-05T06:00:00+00:00"
    assert reading.relation == Relation(MessageType.UPDATE, (known,))


def test_an_exercise_is_told_to_nobody_and_touches_nothing(reader: Reader) -> None:
    reading = reader.read(sampled("exercise"))
    reason = "It is not meant to be acted on: its CAP status is “Exercise”."
    assert reading == Reading(Outcome.NOT_A_REPORT, reason=reason)


@pytest.mark.parametrize(
    "fields",
    [
        *[{"status": status} for status in Status if status is not Status.ACTUAL],
        *[{"scope": scope} for scope in Scope if scope is not Scope.PUBLIC],
        *[{"type": kind} for kind in (MessageType.ACK, MessageType.ERROR)],
    ],
)
def test_only_what_is_actual_and_public_reaches_anybody(
    read_cap: ReadCap, fields: dict[str, Any]
) -> None:
    reading = read_cap(info("Воздушная тревога"), **fields)
    assert (reading.outcome, reading.incidents) == (Outcome.NOT_A_REPORT, ())
    assert (reading.relation, bool(reading.reason)) == (None, True)


def test_areas_without_a_code_are_found_by_outline_circle_and_name(reader: Reader) -> None:
    reading = reader.read(sampled("drone_danger_in_an_outline"))
    assert told(reading) == [("RU-KLU", Kind.AIR_ALERT), ("RU-TUL", Kind.AIR_ALERT)]
    assert {one.target for one in reading.incidents} == {Target.DRONE}
    assert reading.reason == "An area is not known here: “Замкадье”."


def test_where_no_area_is_known_a_person_decides(read_cap: ReadCap) -> None:
    nowhere = read_cap(info("Воздушная тревога", areas=()))
    unknown = read_cap(info("Воздушная тревога", areas=(Area("Зона 7", circles=()),)))
    assert (nowhere.outcome, nowhere.reason) == (Outcome.UNCLEAR, "It names no area.")
    assert (unknown.outcome, unknown.reason) == (
        Outcome.UNCLEAR,
        "An area is not known here: “Зона 7”.",
    )


def test_namesakes_in_an_areas_name_are_left_open(read_cap: ReadCap) -> None:
    assert read_cap(info("Пожар", areas=(Area("Октябрьский район"),))).incidents == ()


def test_a_finer_area_is_told_as_its_region(read_cap: ReadCap) -> None:
    reading = read_cap(info("Пожар на складе", areas=(Area("город Обнинск"),)))
    assert told(reading) == [("RU-KLU", Kind.FIRE)]


def test_the_words_are_read_at_home_in_the_area(reader: Reader) -> None:
    (fire,) = reader.read(sampled("fire_in_windows_1251")).incidents
    assert (fire.region, fire.kind, fire.injured.number) == ("RU-KLU", Kind.FIRE, 2)
    text = sampled("fire_in_windows_1251").text
    assert [span.of(text) for span in fire.injured.evidence] == ["Пострадали", "2"]


def test_what_is_said_of_other_regions_is_left_out(read_cap: ReadCap) -> None:
    both = info("Над Калужской областью сбиты 3 БПЛА, над Брянской областью — 5 БПЛА.")
    assert told(read_cap(both)) == [("RU-KLU", Kind.AIR_ATTACK)]


def test_what_to_do_is_no_event(read_cap: ReadCap) -> None:
    advice = info("Отключение света", instruction="При пожаре и взрыве звоните 112.")
    assert told(read_cap(advice)) == [("RU-KLU", Kind.POWER_OUTAGE)]


def test_an_alert_without_places_in_its_words_holds_in_every_region_of_its_area(
    read_cap: ReadCap,
) -> None:
    everywhere = [("RU-KLU", Kind.AIR_ALERT), ("RU-TUL", Kind.AIR_ALERT)]
    assert told(read_cap(info("Объявлена воздушная тревога", areas=BOTH))) == everywhere
    assert told(read_cap(info("Внимание", event="Air raid alert", areas=BOTH))) == everywhere
    partly = info("Воздушная тревога в Калужской области", event="Воздушная тревога", areas=BOTH)
    assert told(read_cap(partly)) == everywhere


def test_figures_are_not_counted_in_two_regions(read_cap: ReadCap) -> None:
    reading = read_cap(info("Сбиты 3 БПЛА", areas=BOTH))
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


def test_an_events_name_is_the_evidence_where_the_words_tell_of_nothing(
    read_cap: ReadCap,
) -> None:
    message = alert(info("Внимание!", event="Power outage"))
    (outage,) = read_cap(*message.infos).incidents
    assert (outage.kind, words(outage, message)) == (Kind.POWER_OUTAGE, ["Power outage"])


@pytest.mark.parametrize("event", ["Flood warning", "Fire danger", "Explosion risk", "Air quality"])
def test_an_event_of_another_kind_is_left_to_a_person(read_cap: ReadCap, event: str) -> None:
    reading = read_cap(info("", event=event, categories=("Met",)))
    reason = f"The event is not of a known kind: “{event}”."
    assert (reading.outcome, reading.reason) == (Outcome.UNCLEAR, reason)


@pytest.mark.parametrize(
    "words",
    [
        *("Учебная тревога: проверка сирен", "Информация о тревоге не подтвердилась"),
        *("This is a test of the sirens", "Сообщение направлено ошибочно", "No threat"),
        *("Ложная тревога", "Тревоги нет"),
    ],
)
@pytest.mark.parametrize("areas", [(KALUGA,), BOTH])
def test_words_that_take_an_event_back_leave_it_to_a_person(
    read_cap: ReadCap, words: str, areas: tuple[Area, ...]
) -> None:
    reading = read_cap(info(words, event="Воздушная тревога", areas=areas))
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


def test_words_of_other_regions_than_the_areas_leave_it_to_a_person(read_cap: ReadCap) -> None:
    words = "Воздушная тревога в Брянской области"
    for elsewhere in (info(words, event="Воздушная тревога"), info(words, **OVER)):
        reading = read_cap(elsewhere)
        assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())
        assert reading.reason == "Its words speak of other regions than its areas."


def test_what_to_do_in_a_description_takes_no_alert_back(read_cap: ReadCap) -> None:
    urgent = info("Внимание", description="Не выходите из укрытия.", event="Air raid alert")
    assert told(read_cap(urgent)) == [("RU-KLU", Kind.AIR_ALERT)]


def test_a_watch_for_fires_is_no_fire(read_cap: ReadCap) -> None:
    watch = info("Fire weather warning", event="Fire weather watch", categories=("Fire",))
    assert read_cap(watch).reason == "It tells of what may happen."


def test_a_weather_warning_that_speaks_of_fires_tells_of_none(reader: Reader) -> None:
    reading = reader.read(sampled("flood_warning"))
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


@pytest.mark.parametrize(
    ("doubt", "reason"),
    [
        ({"certainty": Certainty.POSSIBLE}, "It tells of what may happen."),
        ({"urgency": Urgency.FUTURE}, "It tells of what may happen."),
        ({"onset": SENT + timedelta(hours=9)}, "It tells of what is to begin later."),
    ],
)
def test_what_has_not_happened_is_not_told_as_if_it_had(
    read_cap: ReadCap, doubt: dict[str, Any], reason: str
) -> None:
    reading = read_cap(info("Отключение электроэнергии", **doubt))
    assert (reading.outcome, reading.reason) == (Outcome.UNCLEAR, reason)


def test_danger_that_is_only_possible_is_told_all_the_same(read_cap: ReadCap) -> None:
    possible = info("Опасность атаки БПЛА", certainty=Certainty.POSSIBLE)
    assert told(read_cap(possible)) == [("RU-KLU", Kind.AIR_ALERT)]


def test_an_all_clear_ends_the_alert_in_every_region_of_its_area(read_cap: ReadCap) -> None:
    message = alert(info("Опасность миновала", areas=BOTH, **OVER), type=MessageType.UPDATE)
    reading = read_cap(*message.infos, type=MessageType.UPDATE)
    assert told(reading) == [("RU-KLU", Kind.ALL_CLEAR), ("RU-TUL", Kind.ALL_CLEAR)]
    assert words(reading.incidents[0], message) == ["Опасность миновала"]


def test_an_all_clear_of_a_flood_ends_no_alert(read_cap: ReadCap) -> None:
    over = info("The flood is over", **{**OVER, "event": "Flood warning"})
    assert (read_cap(over).outcome, read_cap(over).incidents) == (Outcome.UNCLEAR, ())


def test_an_all_clear_beside_fresh_danger_is_unclear(read_cap: ReadCap) -> None:
    fresh = info("Отбой", description="Объявлена опасность атаки БПЛА.", **OVER)
    danger = info("Воздушная тревога", event="Воздушная тревога")
    over = info("Отбой воздушной тревоги", **OVER)
    for reading in (read_cap(fresh), read_cap(danger, over)):
        assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


@pytest.mark.parametrize(
    "words",
    [
        "Воздушная тревога продолжается",
        "Отбой воздушной тревоги не объявлялся",
        "Отбой воздушной тревоги в Обнинске, в остальных районах тревога сохраняется",
    ],
)
def test_an_all_clear_whose_words_say_that_danger_holds_is_unclear(
    read_cap: ReadCap, words: str
) -> None:
    reading = read_cap(info(words, **OVER))
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


@pytest.mark.parametrize(
    "says",
    [
        {"event": "Учебная тревога", "headline": "Воздушная тревога"},
        {"headline": "ТЕСТ: воздушная тревога"},
        {"headline": "Воздушная тревога", "instruction": "Это тестовое сообщение."},
        {"headline": "Air raid alert", "description": "This is only a test."},
    ],
)
def test_what_is_actual_but_says_that_it_is_a_test_is_left_to_a_person(
    read_cap: ReadCap, says: dict[str, str]
) -> None:
    reading = read_cap(info(**says))
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


def test_a_note_that_says_test_leaves_it_to_a_person(read_cap: ReadCap) -> None:
    assert read_cap(info("Воздушная тревога"), note="Это тест.").outcome is Outcome.UNCLEAR


def test_an_outline_elsewhere_than_its_name_says_is_left_to_a_person(read_cap: ReadCap) -> None:
    swapped = ((60.3, 56.3), (61.5, 56.3), (61.5, 57.1), (60.3, 57.1), (60.3, 56.3))
    reading = read_cap(info("Воздушная тревога", areas=(Area("Екатеринбург", (swapped,)),)))
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


def test_a_cancel_with_areas_says_where_and_is_told_to_nobody(read_cap: ReadCap) -> None:
    over = info("Воздушная тревога отменена", areas=BOTH)
    reading = read_cap(over, type=MessageType.CANCEL, references=("A-1",))
    assert (reading.outcome, reading.reason) == (Outcome.UNCLEAR, "It cancels an earlier message.")
    assert told(reading) == [("RU-KLU", Kind.ALL_CLEAR), ("RU-TUL", Kind.ALL_CLEAR)]
    assert reading.relation == Relation(MessageType.CANCEL, ("A-1",))


def test_a_cancel_without_areas_has_no_incident(reader: Reader) -> None:
    reading = reader.read(sampled("cancel_without_an_info"))
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())
    assert reading.relation is not None
    assert reading.relation.type is MessageType.CANCEL


def test_later_blocks_add_and_do_not_override(read_cap: ReadCap) -> None:
    first = info("Пожар на складе. Пострадал 1 человек.")
    later = info("Пожар на складе. Пострадали 4 человека. Повреждён дом.")
    (fire,) = read_cap(first, later).incidents
    assert (fire.injured.number, fire.damage.said.value) == (1, "stated")


def test_each_block_holds_in_its_own_area(read_cap: ReadCap) -> None:
    fire, outage = info("Пожар на складе"), info("Отключение электроэнергии", areas=(TULA,))
    reading = read_cap(fire, outage)
    assert told(reading) == [("RU-KLU", Kind.FIRE), ("RU-TUL", Kind.POWER_OUTAGE)]


def test_a_message_is_over_when_all_that_it_says_is(read_cap: ReadCap) -> None:
    ends = [SENT + timedelta(hours=hours) for hours in (3, 2)]
    reading = read_cap(*(info("Пожар", expires=end) for end in ends))
    assert reading.relation == Relation(MessageType.ALERT, (), ends[0])


def test_a_document_that_is_not_the_reports_own_is_left_to_a_person(reader: Reader) -> None:
    good = sampled("fire_in_windows_1251")
    for bad in (replace(good, document="<x"), replace(good, text="Тревога")):
        reading = reader.read(bad)
        assert (reading.outcome, reading.reason) == (
            Outcome.UNCLEAR,
            "The CAP message cannot be read.",
        )


def test_places_are_explained_as_in_any_report(reader: Reader) -> None:
    reading = reader.explain(sampled("air_alert_in_two_languages"))
    assert [place.regions for place in reading.places] == [("RU-KLU",), ("RU-KLU",)]
    assert told(reading) == [("RU-KLU", Kind.AIR_ALERT)]


def test_no_mutated_message_makes_the_reader_stumble(reader: Reader) -> None:
    for body in mutated(600):
        with suppress(MalformedAlert):
            document = decoded(body)
            became = report_of(parse_alert(document), document, SOURCE)
            for incident in reader.read(became).incidents:
                assert all(span.of(became.text) for span in incident.evidence)
