"""Who may use the playground: pages of this very server, in a browser on this machine."""

from __future__ import annotations

import re
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.http.problem import Problem

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler

_HERE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)

PROTECTION = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers of every answer: nothing from elsewhere runs here, nothing elsewhere embeds this."""


def local(handler: Handler) -> Handler:
    """A handler that other sites' pages cannot reach, also not by a name that leads here."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        _check_host(request)
        if request.method == "POST":
            _check_sender(request)
        return await handler(request)

    return answer


def _check_host(request: web.Request) -> None:
    """DNS rebinding: a foreign name that resolves to this machine comes in the Host header."""
    if not _HERE.fullmatch(request.host):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "The playground is for this machine alone. Open it at 127.0.0.1 or localhost.",
        )


def _check_sender(request: web.Request) -> None:
    if request.content_type != "application/json":
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send application/json.")
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{request.host.lower()}":
        raise Problem(HTTPStatus.FORBIDDEN, "Only the playground's own page may ask for this.")
