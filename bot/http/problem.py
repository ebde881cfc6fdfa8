"""What went wrong with a request, as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp.typedefs import Handler

log = structlog.get_logger(__name__)


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it a problem
    """Ends a request. `detail` is a sentence for whoever sent it: what to do instead; `more` are
    members beside those of the RFC.
    """

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers
        self.more = more or {}

    def response(self) -> web.Response:
        """The answer."""
        body = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
            **self.more,
        }
        return web.Response(
            status=self.status,
            text=json.dumps(body, ensure_ascii=False),
            content_type="application/problem+json",
            headers=self.headers,
        )


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into a problem; only what nobody expected is logged."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response()
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return _of(error).response()
    except Exception:
        log.exception("request failed", path=request.path)
        detail = "The relay failed on this request. Its log says why."
        return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail).response()


def _of(error: web.HTTPException) -> Problem:
    status = HTTPStatus(error.status)
    if isinstance(error, web.HTTPNotFound):
        return Problem(status, "There is nothing at this address.")
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        return Problem(status, f"Use {allowed} here.", {"Allow": allowed})
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return Problem(status, "The body is larger than this address takes.")
    return Problem(status, f"{error.reason}.")
