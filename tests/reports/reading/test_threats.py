"""Drones are not missiles: the end of one danger leaves the other standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model import Kind, Target

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

CLEAR, ALERT = Kind.ALL_CLEAR, Kind.AIR_ALERT
OVER = [
    "Закончилась ракетная тревога",
    "Ракетная опасность отменена",
    "Отбой ракетной опасности",
    "Ракетная опасность снята",
    "Ракетная опасность миновала",
]
STANDING = [
    "а опасность БПЛА нет",
    "а опасность БПЛА — нет",
    "но опасность атаки БПЛА ещё нет",
    "но опасность БПЛА не отменена",
    "но не опасность БПЛА",
    "опасность БПЛА сохраняется",
    "опасность БПЛА продолжается",
    "а угроза беспилотников — пока нет",
]


def told(read: Read, text: str) -> dict[Target | None, Kind]:
    return {incident.target: incident.kind for incident in read(text).incidents}


@given(over=st.sampled_from(OVER), standing=st.sampled_from(STANDING))
def test_the_end_of_the_missile_alert_leaves_the_drone_alert_standing(
    read: Read, over: str, standing: str
) -> None:
    wanted = {Target.MISSILE: CLEAR, Target.DRONE: ALERT}
    assert told(read, f"{over}, {standing}.") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The missile alert is over, but not the drone alert.",
        "The missile alert is over, the drone alert is not.",
        "The missile alert has been lifted, but the drone alert remains.",
        "The missile alert has ended, the drone alert has not.",
        "Опасность БПЛА не снята, ракетная опасность снята.",
        "Опасность БПЛА не снята, ракетная снята.",
        "Ракетная опасность отменена. Опасность БПЛА сохраняется.",
    ],
)
def test_so_it_does_in_other_words(read: Read, text: str) -> None:
    assert told(read, text) == {Target.MISSILE: CLEAR, Target.DRONE: ALERT}


def test_that_there_is_no_other_danger_neither_ends_nor_declares_it(read: Read) -> None:
    text = "Ракетная опасность отменена, опасности БПЛА нет."
    assert told(read, text) == {Target.MISSILE: CLEAR}


def test_both_dangers_may_end_in_one_sentence(read: Read) -> None:
    assert told(read, "Отбой ракетной опасности и опасности БПЛА.") == {None: CLEAR}
    assert told(read, "Отменены ракетная опасность, опасность БПЛА.") == {None: CLEAR}
