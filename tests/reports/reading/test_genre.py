"""Whole statements in the manners of the genre, all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from reports.formats.json_lines import dump_reading

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

Told: TypeAlias = tuple[str, int | None, int | None, int | None, bool | None]
"""Region and kind, shot down, killed, injured, damage."""

CASES: list[tuple[str, str | None, list[Told]]] = [
    (
        (
            "Отражена атака на Дзержинск и Кстово. Всего за ночь ликвидировано 20 дронов. В "
            "результате падения обломков повреждены два дома и три автомобиля. Пострадавших нет."
        ),
        "RU-NIZ",
        [("RU-NIZ air_attack", 20, 0, 0, True)],
    ),
    (
        (
            "В Рыльском районе при сбросе взрывчатки с дрона погиб 52-летний житель. Его супруга "
            "госпитализирована с тяжелыми ранениями."
        ),
        "RU-KRS",
        [("RU-KRS air_attack", None, 1, 1, None)],
    ),
    (
        (
            "🛡 ПВО отражает атаку на Таганрог.\n\n▪️ Сбито: 9 БПЛА\n▪️ Пострадавших: нет\n"
            "▪️ Разрушения: повреждена кровля цеха"
        ),
        "RU-ROS",
        [("RU-ROS air_attack", 9, 0, 0, True)],
    ),
    (
        (
            "К сожалению, двое пострадавших скончались. Число погибших при атаке на Курск выросло "
            "до пяти, ранены 12 человек, включая троих детей."
        ),
        "RU-KRS",
        [("RU-KRS air_attack", None, 5, 12, None)],
    ),
    (
        "Опасность БПЛА сохраняется в Рязанской и Калужской областях, в Тульской области — отбой.",
        None,
        [
            ("RU-RYA air_alert", None, None, None, None),
            ("RU-KLU air_alert", None, None, None, None),
            ("RU-TUL all_clear", None, None, None, None),
        ],
    ),
    (
        (
            "ВСУ обстреляли из РСЗО поселок. Погиб мирный житель, поврежден газопровод, 340 "
            "абонентов без света."
        ),
        "RU-KRS",
        [("RU-KRS shelling", None, 1, None, True)],
    ),
    (
        (
            "At least three people have been killed and more than 20 injured in a missile attack "
            "on Belgorod."
        ),
        None,
        [("RU-BEL air_attack", None, 3, 20, None)],
    ),
    (
        (
            "Nineteen UAVs were intercepted over Belgorod Region and four over Kursk Region. In "
            "Belgorod a woman was injured; in Kursk Region there was no damage."
        ),
        None,
        [
            ("RU-BEL air_attack", 19, None, 1, None),
            ("RU-KRS air_attack", 4, None, None, False),
        ],
    ),
    (
        (
            "Two drones, both shot down, fell outside Yelets. Nobody was hurt and no buildings "
            "were damaged."
        ),
        "RU-LIP",
        [("RU-LIP air_attack", 2, 0, 0, False)],
    ),
    (
        (
            "Two UAVs downed near Taganrog; a third fell on a warehouse, which caught fire. No "
            "casualties reported."
        ),
        "RU-ROS",
        [("RU-ROS air_attack", 2, None, None, True)],
    ),
    (
        "Sixteen drones were shot down overnight: ten over the Black Sea, six over Crimea.",
        None,
        [("UA-43 air_attack", 6, None, None, None)],
    ),
    (
        (
            "A child and two adults died in a house fire in Chita; a gas cylinder is thought to be "
            "the cause."
        ),
        None,
        [("RU-ZAB fire", None, 3, None, True)],
    ),
]


@pytest.mark.parametrize(("text", "home", "wanted"), CASES)
def test_a_statement_is_read_as_it_was_meant(
    read: Read, text: str, home: str | None, wanted: list[Told]
) -> None:
    told = dump_reading("r", read(text, home=home))["incidents"]
    assert isinstance(told, list)
    found = [
        (
            f"{each['region']} {each['kind']}",
            each["targets"]["destroyed"],
            each["killed"],
            each["injured"],
            each["damage"],
        )
        for each in told
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)
