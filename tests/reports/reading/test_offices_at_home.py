"""Whose words they are settles where it happened, however the office writes its own name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from reports.model import Report, Source

if TYPE_CHECKING:
    from reports.reading import Reader


@pytest.mark.parametrize(
    ("name", "role", "region"),
    [
        ("Администрация МО «Ухта»", "municipality", "RU-KO"),
        ("Глава ЛНР", "governor", "UA-09"),
        ("Днепропетровская ОВА", "governor", "UA-12"),
        ("Администрация города Джанкоя", "municipality", "UA-43"),
    ],
)
def test_a_text_without_places_is_of_its_office(
    reader: Reader, name: str, role: str, region: str
) -> None:
    when = datetime(2026, 3, 5, tzinfo=UTC)
    report = Report("r", Source(name, role), when, "Ночью сбит беспилотник, пострадавших нет.")
    assert [incident.region for incident in reader.read(report).incidents] == [region]
