"""Reports that a source sends itself: `POST /reports` with the source's token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Literal

import structlog
from aiohttp import web
from pydantic import Field, SecretStr

from bot.http.patience import body, within
from bot.http.problem import Problem
from bot.intake.receipts import receipt_json
from bot.secret_files import read_secret
from bot.sources import Entry
from bot.trouble import Trouble
from reports.formats.json_lines import MalformedReport, parse_report
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.sources import ListedSource, Sources
    from handlers.desk import Receipt
    from reports.model import Report

LARGEST = 256 * 1024
"""Bytes of one pushed report."""

SHORTEST_TOKEN = 16

log = structlog.get_logger(__name__)

TakeIn = Callable[["Report"], Awaitable["Receipt"]]


class PushEntry(Entry):
    """A source that sends its reports to `POST /reports`."""

    mends: ClassVar[Mapping[str, str]] = {
        **Entry.mends,
        "token": f"a secret of at least {SHORTEST_TOKEN} characters, from `openssl rand -hex 32`",
        "token_file": "the path of a file that holds the token",
    }

    kind: Literal["push"]
    token: SecretStr | None = Field(default=None, min_length=SHORTEST_TOKEN, max_length=512)
    token_file: str | None = Field(default=None, min_length=1)

    def secret(self, beside: Path) -> SecretStr:
        """The token, written here or in a file."""
        if (self.token is None) == (self.token_file is None):
            raise Trouble('a push source needs "token" or "token_file". Give one of the two.')
        if self.token is not None:
            return self.token
        secret = read_secret(beside / str(self.token_file), "token_file")
        if len(secret) < SHORTEST_TOKEN:
            raise Trouble(f"the token in the file is too short. Give {self.mends['token']}.")
        return SecretStr(secret)


@dataclass(frozen=True, slots=True)
class PushDesk:
    """Where pushed reports go: `sources` say whose a token is, `take_in` keeps a report."""

    sources: Sources
    take_in: TakeIn

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """Answer 202 with what became of the report. Raises Problem."""
        listed = self._sender(request)
        report = _report(await body(request, largest=LARGEST), listed)
        receipt = await self._taken_in(report)
        return web.json_response(receipt_json(receipt), status=HTTPStatus.ACCEPTED)

    def _sender(self, request: web.Request) -> ListedSource:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        listed = self.sources.by_token(token.strip()) if scheme.lower() == "bearer" else None
        if listed is None:
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                "Send the header `Authorization: Bearer TOKEN` with the token of a listed source.",
                {"WWW-Authenticate": "Bearer"},
            )
        return listed

    async def _taken_in(self, report: Report) -> Receipt:
        try:
            return await self.take_in(report)
        except StorageError as error:
            log.error("pushed report not stored", source=report.source.id, why=str(error))  # noqa: TRY400 - a sentence, no traceback
            raise Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "The relay cannot store the report now. Send it again in a moment.",
                {"Retry-After": "5"},
            ) from None


def push_routes(desk: PushDesk) -> list[web.RouteDef]:
    """`POST /reports`."""
    return [web.post("/reports", within(30)(desk.receive))]


def _report(sent: bytes, listed: ListedSource) -> Report:
    """The report as that source's own, whatever it says about its source."""
    try:
        report = parse_report(sent)
    except MalformedReport as error:
        raise Problem(HTTPStatus.BAD_REQUEST, str(error)) from None
    return replace(report, source=listed.source, lang=report.lang or listed.source.language)
