"""A time of publication that is still to come counts as that of reception."""

from datetime import UTC, datetime, timedelta

import pytest

from reports.ahead import as_received
from reports.model import Report, Source

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "told"), [(-60 * 24 * 400, None), (0, None), (10, None), (11, 0), (60 * 24, 0)]
)
def test_minutes_of_a_wrong_clock_are_believed_and_hours_are_not(
    minutes: int, told: int | None
) -> None:
    given = Report("1", Source("Sample"), NOW + timedelta(minutes=minutes), "Sample.", document="x")
    taken = as_received(given, NOW)
    assert taken.published == (given.published if told is None else NOW)
    assert (taken.text, taken.document) == (given.text, given.document)
