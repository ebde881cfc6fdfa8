"""What an admin types, and what it makes of an incident."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.incidents.correct import (
    FIELDS,
    SOME,
    BadCorrection,
    correct,
    old_value,
    parse_value,
    split_value,
)
from reports.languages import translator
from reports.model import Bound, Fact, Incident, Kind, Language, Said, Target

TWO_MORE = Fact(Said.STATED, 2, added=True)
ATTACK = Incident("RU-KLU", Kind.AIR_ATTACK, Target.DRONE, destroyed=Fact(Said.STATED, 40))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("destroyed", "14", "14"),
        ("destroyed", " 1 200 ", "1200"),
        ("destroyed", "1\u00a0200", "1200"),
        ("killed", "007", "7"),
        ("killed", "0", "0"),
        ("injured", "Неизвестно", "unknown"),
        ("damage", "Да", "yes"),
        ("damage", "no", "no"),
        ("region", " RU-TUL ", "RU-TUL"),
        ("text", " Это были учения. ", "Это были учения."),
    ],
)
def test_values_are_taken_as_people_type_them(field: str, typed: str, value: str) -> None:
    assert parse_value(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("destroyed", "сорок", "Введите число цифрами или «неизвестно»."),
        ("destroyed", "4O", "Введите число цифрами или «неизвестно»."),
        ("destroyed", "-4", "Введите число цифрами или «неизвестно»."),
        ("destroyed", "٤٠", "Введите число цифрами или «неизвестно»."),
        ("destroyed", "9" * 5000, "Это слишком большое число. Введите число для этого события."),
        ("damage", "14", "Ответьте «да», «нет» или «неизвестно»."),
        ("text", "  ", "Напишите текст исправления."),
        ("text", "а" * 501, "Слишком длинно. Уложитесь в 500 знаков."),
    ],
)
def test_what_is_no_value_is_answered_with_a_sentence(field: str, typed: str, told: str) -> None:
    with pytest.raises(BadCorrection) as refused:
        parse_value(field, typed)
    assert translator(Language.RU).gettext(refused.value.sentence) == told


@pytest.mark.parametrize(
    ("field", "typed", "value", "why"),
    [
        ("destroyed", "14 опечатка в отчёте", "14", "опечатка в отчёте"),
        ("destroyed", "1 000", "1000", ""),
        ("destroyed", "1\u00a0000 по уточнённым данным", "1000", "по уточнённым данным"),
        ("destroyed", "14, опечатка", "14", "опечатка"),
        ("destroyed", "14; 2 раза посчитали.", "14", "2 раза посчитали."),
        ("destroyed", "14\n000 — лишние", "14", "000 — лишние"),
        ("destroyed", "14. Опечатка.", "14", "Опечатка."),
        ("injured", "нет данных", "unknown", ""),
        ("damage", "нет данных", "unknown", ""),
        ("damage", "нет данных пока", "unknown", "пока"),
        ("damage", "нет, мэр уточнил", "no", "мэр уточнил"),
        ("region", "Тульская область, опечатка", "Тульская область", "опечатка"),
        ("region", "Тула\nпричина", "Тула", "причина"),
        ("text", "14, а не 40\nПростите.", "14, а не 40\nПростите.", ""),
    ],
)
def test_the_longest_value_is_taken_and_the_rest_is_the_reason(
    field: str, typed: str, value: str, why: str
) -> None:
    assert split_value(field, typed) == (value, why)


@pytest.mark.parametrize("typed", ["1,000", "4O штук", "", "14-15", "14 " + "а" * 501])
def test_what_begins_with_no_value_is_refused(typed: str) -> None:
    with pytest.raises(BadCorrection):
        split_value("destroyed", typed)


@pytest.mark.parametrize("typed", ["Это\0 учения", "14 \ud800", "\udfff"])
def test_what_no_database_keeps_is_answered_with_a_sentence(typed: str) -> None:
    for field in FIELDS:
        with pytest.raises(BadCorrection, match="no text"):
            split_value(field, typed)


@pytest.mark.parametrize(("field", "typed"), [("wings", "2"), ("region", " "), ("", "")])
def test_an_unknown_field_is_answered_with_the_fields_there_are(field: str, typed: str) -> None:
    with pytest.raises(BadCorrection, match="destroyed, killed, injured, damage, region, text"):
        parse_value(field, typed)


def test_a_number_is_stated_zero_is_a_denial_and_unknown_is_silence() -> None:
    assert correct(ATTACK, "destroyed", "14").destroyed == Fact(Said.STATED, 14)
    assert correct(ATTACK, "killed", "0").killed == Fact(Said.DENIED)
    assert correct(ATTACK, "destroyed", "unknown").destroyed == Fact()
    assert correct(ATTACK, "damage", "yes").damage == Fact(Said.STATED)
    assert correct(ATTACK, "region", "RU-TUL").region == "RU-TUL"
    assert correct(ATTACK, "text", "Это были учения.") == ATTACK


@pytest.mark.parametrize("value", ["0", "14", "unknown"])
def test_a_correction_can_be_taken_back(value: str) -> None:
    old = old_value(ATTACK, "destroyed")
    assert correct(correct(ATTACK, "destroyed", value), "destroyed", old) == ATTACK


def test_the_old_value_is_what_people_read() -> None:
    several = Incident("RU-KLU", Kind.AIR_ATTACK, destroyed=Fact(Said.STATED))
    told = {field: old_value(several, field) for field in FIELDS}
    assert told == {
        "destroyed": SOME,
        "killed": "unknown",
        "injured": "unknown",
        "damage": "unknown",
        "region": "RU-KLU",
        "text": "",
    }


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (">40", Fact(Said.STATED, 40, bound=Bound.MORE_THAN)),
        ("≈30", Fact(Said.STATED, 30, bound=Bound.ABOUT)),
        ("+2", Fact(Said.STATED, 2, added=True)),
        ("≥46+2", replace(TWO_MORE, earlier=(Fact(Said.STATED, 46, bound=Bound.AT_LEAST),))),
    ],
)
def test_what_people_read_is_kept_as_exactly_as_they_read_it(value: str, told: Fact) -> None:
    attack = replace(ATTACK, destroyed=told)
    assert old_value(attack, "destroyed") == value
    assert correct(ATTACK, "destroyed", value) == attack
