"""Whatever a server says, it is a page or a sentence."""

import gzip
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.intake.polled import Unheard
from bot.intake.web.answers import retry_after
from bot.intake.web.fetcher import Equipment
from bot.intake.web.unpacking import PARTS, Body
from bot.intake.web.urls import host_of, shown
from tests.bot.intake.asking import fetcher
from tests.bot.wire import Act, server

NOW = datetime(2026, 3, 5, 6, 48, tzinfo=UTC)
EQUIPMENT = Equipment(patience=0.5)
OK = b"HTTP/1.1 200 OK\r\n"
LINES = st.sampled_from(
    [
        OK,
        b"HTTP/1.1 301 Moved\r\n",
        b"HTTP/1.0 429 Busy\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: deflate\r\n",
        b"Retry-After: \xff\r\n",
        b"Location: //\xff:0x/\r\n",
        b"Location: http://[\r\n",
        b"Set-Cookie: \xff=;;;\r\n",
        b"Date: 99 Foo 0000\r\n",
        b"\r\n",
        b"5\r\nhello\r\n0\r\n\r\n",
        b"fffffffffffffffffff\r\n",
        gzip.compress(b"news"),
    ]
)
SAID = st.lists(LINES | st.binary(max_size=40), max_size=12).map(b"".join)


@settings(max_examples=100)
@given(SAID)
@example(OK + b"Set-Cookie: \xff=;;;\r\nContent-Length: 0\r\n\r\n")
@example(b"HTTP/1.1 301 Moved\r\nLocation: //\xff:0x/\r\nContent-Length: 0\r\n\r\n")
@example(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
@example(OK + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n")
async def test_any_bytes_are_a_page_or_unheard(said: bytes) -> None:
    async with server(Act(said)) as one, fetcher([host_of(one.url)], EQUIPMENT) as web:
        with suppress(Unheard):
            await web.get(one.url)


@given(st.binary(max_size=200), st.integers(1, 50), st.sampled_from(["gzip", "deflate"]))
def test_any_packed_bytes_are_a_body_or_unheard(said: bytes, step: int, coding: str) -> None:
    body = Body("here", coding, 100)
    with suppress(Unheard):
        for start in range(0, len(said), step):
            body.take(said[start : start + step])
        assert len(body.whole()) <= 100


@given(st.lists(st.binary(max_size=30), min_size=1, max_size=5), st.integers(1, 40))
def test_what_was_packed_comes_out_however_it_is_cut(parts: list[bytes], step: int) -> None:
    packed = {"gzip": b"".join(map(gzip.compress, parts)), "deflate": zlib.compress(parts[0])}
    whole = {"gzip": b"".join(parts), "deflate": parts[0]}
    for coding, said in packed.items():
        body = Body("here", coding, 1000)
        padded = said + bytes(9)
        for start in range(0, len(padded), step):
            body.take(padded[start : start + step])
        assert body.whole() == whole[coding]


def test_a_file_of_parts_without_end_is_refused() -> None:
    body = Body("here", "gzip", 10**6)
    with pytest.raises(Unheard, match="cannot be read"):
        body.take(gzip.compress(b"") * (PARTS + 1))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_retry_after_is_seconds_or_nothing(said: str, date: str) -> None:
    seconds = retry_after({"retry-after": said, "date": date}, NOW)
    assert seconds is None or 0 <= seconds <= 3600


@given(st.text(max_size=60))
def test_any_text_is_shown_in_one_line(url: str) -> None:
    assert shown(url).isprintable()
    assert shown(f"https://a.example/{url}").isprintable()


@given(st.text(max_size=60))
def test_any_text_is_a_host_or_none(url: str) -> None:
    for one in (url, f"https://{url}/"):
        with suppress(ValueError):
            assert ":" in host_of(one)
