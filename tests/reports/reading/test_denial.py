from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Said

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne

D, N, S, X = Said.DENIED, Said.NONE_REPORTED, Said.STATED, Said.NOT_SAID


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Пострадавших и разрушений нет.", (D, D, D)),
        ("Пострадавших, по первым данным, нет.", (D, D, X)),
        ("Разрушений нет, пострадавших тоже.", (D, D, D)),
        ("Обошлось без жертв, пострадавших и разрушений.", (D, D, D)),
        ("Никто не пострадал.", (D, D, X)),
        ("Люди не пострадали, постройки целы.", (D, D, D)),
        ("Погибших нет, ранены двое.", (D, S, X)),
        ("Раненых нет.", (X, D, X)),
        ("Последствий для людей и построек нет.", (D, D, D)),
        ("Без последствий на земле.", (X, X, D)),
        ("Информация о пострадавших не поступала.", (N, N, X)),
        ("О пострадавших и разрушениях не сообщалось.", (N, N, N)),
        ("Данных о разрушениях пока нет.", (X, X, N)),
        ("Сведения о пострадавших уточняются.", (X, X, X)),
        ("О последствиях сообщим позже.", (X, X, X)),
        ("Водитель не пострадал.", (X, X, X)),
        ("No one was injured or killed.", (D, D, X)),
        ("There were no casualties and no damage.", (D, D, D)),
        ("No casualties or damage have been reported.", (N, N, N)),
        ("There are no reports of injuries.", (X, N, X)),
        ("No fatalities.", (D, X, X)),
        ("Residents were unhurt.", (D, D, X)),
        ("It passed without significant consequences.", (X, X, X)),
        ("Information about casualties is being clarified.", (X, X, X)),
    ],
)
def test_denied_none_reported_and_not_said_are_three_values(
    read_one: ReadOne, text: str, said: tuple[Said, Said, Said]
) -> None:
    told = read_one("Сбит один дрон. " + text)
    assert (told.killed.said, told.injured.said, told.damage.said) == said


def test_a_denial_does_not_spread_to_the_next_region(read: Read) -> None:
    text = "Над Тульской областью сбит дрон, пострадавших нет. В Курской области сбит дрон."
    tula, kursk = read(text).incidents
    assert (tula.injured.said, kursk.injured.said) == (D, X)


def test_a_retracted_death_is_denied(read_one: ReadOne) -> None:
    text = (
        "Ранее сообщалось о погибшем при ударе дрона. Это не подтвердилось: погибших нет, "
        "ранены двое."
    )
    told = read_one(text)
    assert (told.killed.said, told.injured.number) == (D, 2)


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("Посечены фасады и выбиты стекла.", S),
        ("Пострадали крыша и забор.", S),
        ("Автомобиль уничтожен.", S),
        ("Windows were blown out in two flats.", S),
        ("Обломки упали в поле.", X),
        ("Загорелась сухая трава.", X),
        ("Гражданские объекты не повреждены.", D),
    ],
)
def test_damage_is_what_broke_or_burnt(read_one: ReadOne, text: str, damage: Said) -> None:
    assert read_one("Сбит один дрон. " + text).damage.said is damage
