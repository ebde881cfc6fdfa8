"""How fast a broadcast goes, and how long it takes yet."""

from __future__ import annotations

from datetime import timedelta

from bot.progress.standing import Standing
from reports.model import BulletinType
from storage.progress import Broadcast, Counts
from tests.storage.world import DANGER, NOW, later

ONE = Broadcast(1, BulletinType.NEW, DANGER, NOW, expanded=True, open=True)


def _standing(left: int, seconds: float, since: float | None = None) -> Standing:
    """Twenty left lately, of a broadcast that began at six."""
    counts = Counts({"sent": 20, "pending": left}, NOW, later(seconds), lately=20)
    began = None if since is None else NOW + timedelta(seconds=since)
    return Standing(ONE, counts, later(seconds), began)


def test_the_rate_of_the_last_seconds_tells_how_long_it_takes() -> None:
    one = _standing(left=100, seconds=60)
    assert (one.per_second, one.seconds_left) == (2, 50)


def test_where_nothing_is_left_no_time_is_told() -> None:
    assert _standing(left=0, seconds=60).seconds_left is None


def test_the_time_before_a_restart_slows_no_rate_down() -> None:
    assert _standing(left=100, seconds=60, since=55).per_second == 4


def test_until_a_program_has_measured_for_some_seconds_it_tells_no_time() -> None:
    assert _standing(left=100, seconds=60, since=55.1).seconds_left is None
    assert _standing(left=100, seconds=60, since=55).seconds_left == 25
