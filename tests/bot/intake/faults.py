"""What a page of a site does: answers, or what goes wrong with answers."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import zlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

Answer: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

HTML = "text/html; charset=utf-8"
PIECE = 64 * 1024


def page(body: str | bytes, kind: str = HTML, **headers: str) -> Answer:
    """A plain page. Header names are written with _ for -."""
    return status(200, body, {"Content-Type": kind, **_names(headers)})


def status(code: int, body: str | bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    """Any answer."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, body=_bytes(body), headers=headers)

    return answer


def in_turn(*answers: Answer) -> Answer:
    """One after the other; the last for ever."""
    left = list(answers)

    async def answer(request: web.Request) -> web.StreamResponse:
        return await (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


def versioned(body: str | bytes, kind: str = HTML, modified: datetime | None = None) -> Answer:
    """A page with an ETag, and Last-Modified if told; 304 for whoever has it."""
    headers = {"ETag": f'"{hashlib.sha256(_bytes(body)).hexdigest()[:16]}"', "Content-Type": kind}
    if modified:
        headers["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)

    async def answer(request: web.Request) -> web.StreamResponse:
        tag, since = (request.headers.get(f"If-{one}") for one in ("None-Match", "Modified-Since"))
        same = tag == headers["ETag"] if tag else since and since == headers.get("Last-Modified")
        if same:
            return web.Response(status=304, headers=headers)
        return web.Response(body=_bytes(body), headers=headers)

    return answer


def dated(answer: Answer, at: datetime) -> Answer:
    """The same from a server whose clock shows another time."""

    async def with_date(request: web.Request) -> web.StreamResponse:
        response = await answer(request)
        response.headers["Date"] = format_datetime(at.astimezone(UTC), usegmt=True)
        return response

    return with_date


def leads(to: str, code: int = 302) -> Answer:
    """Elsewhere; a circle, where it leads to itself."""
    return status(code, headers={"Location": to})


def chain(length: int, end: Answer, code: int = 301) -> Iterator[tuple[str, Answer]]:
    """`/0` leads to `/1` and so on; so many redirects lead to the end. For `pages.update`."""
    for number in range(length):
        yield f"/{number}", leads(f"/{number + 1}", code)
    yield f"/{length}", end


def busy(retry_after: str | int | datetime | None = None, code: int = 429) -> Answer:
    """Asked too often; when to come again may be said in seconds, as a date, or in nonsense."""
    if isinstance(retry_after, datetime):
        retry_after = format_datetime(retry_after.astimezone(UTC), usegmt=True)
    return status(code, headers={} if retry_after is None else {"Retry-After": str(retry_after)})


def silent() -> Answer:
    """Takes the request and says nothing, for as long as anybody waits."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(3600)
        return web.Response()

    return answer


def dripping(body: str | bytes, every: float, kind: str = HTML) -> Answer:
    """One byte, then so many seconds of nothing, then the next."""

    async def pieces() -> AsyncIterator[bytes]:
        for one in _bytes(body):
            yield bytes([one])
            await asyncio.sleep(every)

    return _streamed(pieces, {"Content-Type": kind})


def held(body: str | bytes, until: asyncio.Event, kind: str = HTML) -> Answer:
    """A page that comes once the event is set: for what is asked at the same time."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await until.wait()
        return await page(body, kind)(request)

    return answer


def cut(body: str | bytes, after: int, headers: Mapping[str, str] | None = None) -> Answer:
    """A page of which so many bytes come before the connection ends."""

    async def answer(request: web.Request) -> web.StreamResponse:
        whole = _bytes(body)
        response = web.StreamResponse(headers={"Content-Type": HTML, **(headers or {})})
        response.content_length = len(whole)
        await response.prepare(request)
        await response.write(whole[:after])
        if request.transport:
            request.transport.close()
        return response

    return answer


def hangs_up() -> Answer:
    """Ends the connection in place of an answer."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.transport:
            request.transport.abort()
        return web.Response()

    return answer


def packed(body: str | bytes, coding: str = "gzip", kind: str = HTML) -> Answer:
    """Compressed, whether or not it was asked for: gzip, deflate, or raw (deflate without its
    wrapping, as some servers send it). Other words are said and not done.
    """
    said = "deflate" if coding == "raw" else coding
    return page(_pack(_bytes(body), coding), kind, Content_Encoding=said)


def bomb(size: int = 1024**3) -> Answer:
    """A thousandth of its size on the wire, unpacks to so many bytes of nothing."""
    return page(_bomb(size), Content_Encoding="gzip")


def flood(size: int = 100 * 1024**2, *, announced: bool = False) -> Answer:
    """A body of so many bytes, streamed; `announced` with its length."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(size // PIECE):
            yield b" " * PIECE

    return _streamed(pieces, {"Content-Length": str(size)} if announced else {})


def headers_without_end(count: int = 4000) -> Answer:
    """A quarter of a megabyte of headers, unless told otherwise."""
    return page("", **{f"X_Nothing_{number}": "x" * 50 for number in range(count)})


def _streamed(pieces: Callable[[], AsyncIterator[bytes]], headers: Mapping[str, str]) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        async for piece in pieces():
            await response.write(piece)
        return response

    return answer


@cache
def _bomb(size: int) -> bytes:
    packing = zlib.compressobj(9, wbits=31)
    nothing = bytes(1024**2)
    return b"".join(packing.compress(nothing) for _ in range(size // 1024**2)) + packing.flush()


def _pack(body: bytes, coding: str) -> bytes:
    match coding:
        case "gzip":
            return gzip.compress(body)
        case "deflate":
            return zlib.compress(body)
        case "raw":
            packing = zlib.compressobj(wbits=-15)
            return packing.compress(body) + packing.flush()
    return body


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _bytes(body: str | bytes) -> bytes:
    return body.encode() if isinstance(body, str) else body
