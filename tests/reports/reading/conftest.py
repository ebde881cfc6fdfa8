"""What tests of reading share: a reader, and reports in one call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

import pytest

from reports.model import Incident, Kind, Reading, Report, Source
from reports.reading import Reader
from reports.regions import Catalog

Read: TypeAlias = Callable[..., Reading]
ReadOne: TypeAlias = Callable[..., Incident]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(Catalog.load())


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Reads a text; `home` is the region of its source, `role` the source's role."""

    def reading(text: str, home: str | None = "RU-KLU", role: str = "governor") -> Reading:
        regions = (home,) if home else ()
        source = Source("", role, regions=regions)
        return reader.read(Report("r", source, datetime(2026, 3, 5, tzinfo=UTC), text))

    return reading


@pytest.fixture(scope="session")
def read_one(read: Read) -> ReadOne:
    """The one incident of a kind that a text tells of."""

    def incident(text: str, kind: Kind = Kind.AIR_ATTACK, **source: str | None) -> Incident:
        found = read(text, **source).incidents
        assert [i.kind for i in found].count(kind) == 1, found
        return next(i for i in found if i.kind is kind)

    return incident
