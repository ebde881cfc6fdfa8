"""What a message refers to, as the standard has it and as senders write it."""

from __future__ import annotations

import pytest

from reports.formats.cap import parse_alert
from reports.formats.cap.times import is_bare, references_of
from tests.reports.formats.caps import alert, info, written

ONE = "a@b.org,A-1,2026-03-05T06:00:00+00:00"
TWO = "a@b.org,A-2,2026-03-05T07:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "a@b.org,A-1,2026-03-05T06:00:00-00:00 a@b.org,A-2,2026-03-05T10:00:00+03:00",
        "a@b.org,A-1,2026-03-05T06:00:00Z\n\ta@b.org,A-2,2026-03-05T07:00:00Z",
        "a@b.org,A-1,2026-03-05T06:00:00Z,a@b.org,A-2,2026-03-05T07:00:00Z",
        "a@b.org,A-1,2026-03-05T06:00:00Z;a@b.org,A-2,2026-03-05T07:00:00Z;",
        "a@b.org,A-1,2026-03-05T06:00:00Z|a@b.org,A-2,2026-03-05T07:00:00Z",
        "a@b.org, A-1, 2026-03-05T06:00:00Z a@b.org , A-2,2026-03-05T07:00:00Z",
    ],
)
def test_references_are_understood_however_they_are_strung_together(text: str) -> None:
    assert references_of(text) == (ONE, TWO)


def test_a_comma_or_a_time_in_an_identifier_does_no_harm() -> None:
    odd = "a@b.org,A,1,2026-03-05T06:00:00+00:00"
    timed = "a@b.org,2026-03-05T06:00:00Z,2026-03-05T06:00:00+00:00"
    assert references_of(odd) == (odd,)
    assert references_of(timed.replace("+00:00", "Z")) == (timed,)


def test_what_is_no_whole_reference_is_kept_as_it_is_and_told() -> None:
    read = parse_alert(written(alert(info(), references=("A-1", TWO))))
    assert read.references == ("A-1", TWO)
    assert [is_bare(one) for one in read.references] == [True, False]
    assert read.remarks == ("A reference is not sender,identifier,sent: A-1.",)


def test_a_message_that_is_named_twice_is_referred_to_once() -> None:
    assert references_of(f"{ONE} {ONE.replace('+00:00', 'Z')}") == (ONE,)


def test_ten_thousand_references_are_too_many() -> None:
    assert len(references_of(" ".join(map(str, range(10_000))))) == 500
