from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Outcome
from tests.reports.odd import ODD_PIECES

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

PIECES = [
    "сбито", "12", "БПЛА", "над", "Брянской", "областью", ",", ".", ":", "—", "и", "не", "нет",
    "пострадавших", "погибли", "двое", "из них", "всего", "еще", "ранее сообщалось", "отбой",
    "опасности", "аэропорт", "закрыт", "по", "соответственно", "с", "до", "пять", "десятков",
    "drones", "shot down", "no", "casualties", "were", "reported", "each", "Kursk Region", "\n",
    "- ", "(", ")", "<b>", "</b>", "&nbsp;", "<!--", "если", "Курск", "№", "5", "лет", "полтора",
]  # fmt: skip


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_reading_never_raises_on_any_text(read: Read, text: str) -> None:
    assert read(text).outcome in Outcome


@given(st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))
@settings(max_examples=150)
def test_reading_never_raises_on_the_genre_s_own_words(read: Read, text: str) -> None:
    reading = read(text)
    told = [(incident.region, incident.kind) for incident in reading.incidents]
    assert len(told) == len(set(told))
    assert (reading.outcome is Outcome.INCIDENTS) == bool(told)
    assert (reading.outcome is Outcome.UNCLEAR) == bool(reading.reason)


@pytest.mark.parametrize("piece", ODD_PIECES)
def test_a_long_text_of_one_odd_piece_is_read(read: Read, piece: str) -> None:
    assert read(piece * (10_000 // len(piece))).outcome in Outcome
