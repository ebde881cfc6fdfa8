"""How long and how large a request may be."""

from __future__ import annotations

import asyncio
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.http.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web
    from aiohttp.typedefs import Handler


def within(seconds: float) -> Callable[[Handler], Handler]:
    """A handler that answers 503 when it takes longer. Not for streams and long polls."""

    def hurried(handler: Handler) -> Handler:
        @wraps(handler)
        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                async with asyncio.timeout(seconds):
                    return await handler(request)
            except TimeoutError:
                raise Problem(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "This took too long. Send it again in a moment.",
                    {"Retry-After": "5"},
                ) from None

        return answer

    return hurried


async def body(request: web.Request, *, largest: int, seconds: float = 10) -> bytes:
    """The request's body. Raises Problem when it is larger (bytes) or slower than allowed."""
    if (request.content_length or 0) > largest:
        raise _too_large(largest)
    read = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.content.iter_any():
                read += chunk
                if len(read) > largest:
                    raise _too_large(largest)
    except TimeoutError:
        detail = f"The body did not arrive within {seconds:g} seconds. Send it again."
        raise Problem(HTTPStatus.REQUEST_TIMEOUT, detail, {"Connection": "close"}) from None
    return bytes(read)


def _too_large(largest: int) -> Problem:
    detail = f"The body is larger than {largest // 1024} KiB. Send the statement alone."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, {"Connection": "close"})
