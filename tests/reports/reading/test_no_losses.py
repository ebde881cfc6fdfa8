"""Numbers and verbs that look like losses of targets and are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


@pytest.mark.parametrize(
    "text",
    [
        "Дроном уничтожен грузовик фермера.",
        "Дрон сбил столб ЛЭП.",
        "Беспилотник сбил ветку и упал.",
        "Атакой БПЛА уничтожены 3 автомобиля.",
        "Ликвидированы 2 пожара после падения обломков трёх БПЛА.",
        "Горение на складе ликвидировано в 5:40. Дрон упал на крышу.",
        "Пожар, вызванный падением беспилотника, ликвидирован.",
        "Сбито два или три БПЛА.",
        "Сбито 20-25 БПЛА.",
    ],
)
def test_an_attack_without_a_count_of_losses(read_one: ReadOne, text: str) -> None:
    assert read_one(text).destroyed.number is None


@pytest.mark.parametrize(
    "text",
    [
        "Полиция перехватила 12 кг наркотиков.",
        "Машина сбила пешехода на 612-м километре.",
        "Снято 14 роликов о беспилотниках.",
        "Ограничения из-за БПЛА сняты с 5 участков трассы.",
        "Ни одного беспилотника сбито не было.",
    ],
)
def test_no_attack_at_all(read: Read, text: str) -> None:
    assert not any(i.kind.value == "air_attack" for i in read(text).incidents)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("За 3 часа 40 минут подавлено 16 дронов.", 16),
        ("Пятью экипажами вертолётов уничтожены 12 дронов.", 12),
        ("Расчёт С-400 сбил 4 из 5 ракет.", 4),
        ("За 12 часов 4 налёта, 21 сбитый беспилотник.", 21),
        ("Число сбитых над областью БПЛА возросло с 27 до 31.", 31),
        ("Ранее сообщалось о 27 сбитых БПЛА, по уточнённым данным — 31.", 31),
        ("Одиннадцатый за сутки беспилотник уничтожен у Кирова.", 1),
    ],
)
def test_the_one_count_among_other_numbers(read_one: ReadOne, text: str, number: int) -> None:
    assert read_one(text).destroyed.number == number


def test_a_part_that_is_no_number_takes_no_whole(read: Read) -> None:
    text = "Половина из 60 сбитых за ночь дронов пришлась на Тульскую область."
    assert all(i.destroyed.number is None for i in read(text, home=None).incidents)
