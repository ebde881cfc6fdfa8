"""Tables with a header and bars between the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Said

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne

_REGIONS = """Удары БПЛА за ночь:
регион | сбито | погибли | ранены
Орловская | 41 | 0 | 2
Тульская | 5 | 1 | 0"""
_DISTRICTS = """**БПЛА за ночь**

| Округ | Сбито | Пострадавших |
|---|---|---|
| Малый | 4 | 0 |
| Дальний | 3 | 0 |
| **Всего** | **7** | **0** |"""


def test_each_line_of_a_table_is_of_its_region(read: Read) -> None:
    told = {i.region: i for i in read(_REGIONS, home=None, role="media").incidents}
    assert {region: i.destroyed.number for region, i in told.items()} == {"RU-ORL": 41, "RU-TUL": 5}
    assert (told["RU-ORL"].injured.number, told["RU-TUL"].killed.number) == (2, 1)
    assert told["RU-ORL"].killed.said is Said.DENIED


def test_the_last_line_of_a_table_is_the_total(read_one: ReadOne) -> None:
    found = read_one(_DISTRICTS)
    assert found.destroyed.number == 7
    assert (found.killed.said, found.injured.said) == (Said.DENIED, Said.DENIED)


def test_a_table_of_other_things_reports_nothing(read: Read) -> None:
    assert not read("Округ | вакансий | курсов\nМалый | 4 | 2\nДальний | 3 | 1").incidents


def test_the_same_lines_twice_are_one_report(read_one: ReadOne) -> None:
    line = "Губернатор: над Людиновским районом нейтрализованы 2 БПЛА."
    assert read_one(f"{line}\n\n{line}").destroyed.number == 2
