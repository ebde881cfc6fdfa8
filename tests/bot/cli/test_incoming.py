import io
import json

import pytest

from bot.cli.incoming import LONGEST_LINE, Line, lines

REPORT = {"id": "17", "published": "2026-03-05T06:48:00+03:00", "text": "Сбито 4 БПЛА."}


def _lines(text: str | bytes) -> list[Line]:
    return list(lines(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def test_blank_lines_and_a_byte_order_mark_are_nothing() -> None:
    found = _lines(f"\ufeff{json.dumps(REPORT)}\r\n\n  \n{json.dumps(REPORT)}")
    assert [line.number for line in found] == [1, 4]
    assert all(line.report for line in found)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "at column 2"),
        (b"{'id': 1}", "at column 2"),
        (b'{"id": "\xff"}', "it is not UTF-8 text"),
        (b"[" * 100_000, "brackets are nested too deep"),
        (b"1" * 5_000, "a number in it has too many digits"),
    ],
)
def test_a_line_that_is_not_json_says_why(raw: bytes, reason: str) -> None:
    line = _lines(raw + b"\n" + json.dumps(REPORT).encode())[0]
    assert line.malformed
    assert reason in line.reason


def test_a_json_value_that_is_no_report_is_no_malformed_line() -> None:
    found = _lines('5\n[]\n{"id": 7}\n{"id": "8", "text": "", "published": "2026-03-05"}')
    assert not any(line.malformed or line.report for line in found)
    assert [line.id for line in found] == [None, None, "7", "8"]
    assert found[0].reason == "A report is a JSON object in braces."


def test_an_endless_line_is_left_out_and_the_next_is_read() -> None:
    found = _lines(b"x" * (2 * LONGEST_LINE + 5) + b"\n" + json.dumps(REPORT).encode())
    assert found[0].reason == "it is longer than 16 MiB"
    assert found[1].report


def test_a_text_of_1_mb_is_a_report() -> None:
    line = _lines(json.dumps({**REPORT, "text": "я" * 1_000_000}))[0]
    assert line.report
    assert len(line.report.text) == 1_000_000
