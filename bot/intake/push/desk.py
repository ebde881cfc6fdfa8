"""Reports that a source sends itself: `POST /reports` with the source's token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal
from weakref import WeakValueDictionary

import structlog
from aiohttp import web
from pydantic import Field, SecretStr

from bot.http.patience import body, within
from bot.http.problem import Problem
from bot.intake.push.pushed import LARGEST_LIST, Unusable, pushed
from bot.intake.push.receipts import receipt_json
from bot.secret_files import read_secret
from bot.sources import Entry
from bot.trouble import Trouble
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.intake.push.door import Door
    from bot.intake.push.pushed import Pushed
    from handlers.desk import Receipt
    from reports.model import Report

SHORTEST_TOKEN = 16
ENOUGH = 20.0
"""Seconds after which no further report of a list is begun."""

log = structlog.get_logger(__name__)

TakeIn = Callable[["Report"], Awaitable["Receipt"]]


class PushEntry(Entry):
    """A source that sends its reports to `POST /reports`."""

    mends: ClassVar[Mapping[str, str]] = {
        **Entry.mends,
        "token": f"a secret of at least {SHORTEST_TOKEN} characters, from `openssl rand -hex 32`",
        "token_file": "the path of a file that holds the token",
        "next_token": "the secret that is to follow: both are good until you drop the old one",
        "next_token_file": "the path of a file that holds the token that is to follow",
    }

    kind: Literal["push"]
    token: SecretStr | None = Field(default=None, min_length=SHORTEST_TOKEN, max_length=512)
    token_file: str | None = Field(default=None, min_length=1)
    next_token: SecretStr | None = Field(default=None, min_length=SHORTEST_TOKEN, max_length=512)
    next_token_file: str | None = Field(default=None, min_length=1)

    def secrets(self, beside: Path) -> tuple[SecretStr, ...]:
        """The tokens, written here or in files: the second is there while they are changed."""
        token, token_file = self.token, self.token_file
        token = _given("token", token, token_file and beside / token_file)
        if token is None:
            raise Trouble('a push source needs "token" or "token_file". Give one of the two.')
        next_file = self.next_token_file
        coming = _given("next_token", self.next_token, next_file and beside / next_file)
        if coming == token:
            raise Trouble('"next_token" is the token that it has. Give a new one.')
        return (token,) if coming is None else (token, coming)


def _given(name: str, token: SecretStr | None, file: Path | str | None) -> SecretStr | None:
    if token is not None and file is not None:
        raise Trouble(f'"{name}" and "{name}_file" are both given. Give one of the two.')
    if not file:
        return token
    secret = read_secret(Path(file), f"{name}_file")
    if len(secret) < SHORTEST_TOKEN:
        raise Trouble(f"the token in the file is too short. Give {PushEntry.mends['token']}.")
    return SecretStr(secret)


@dataclass(frozen=True, slots=True)
class PushDesk:
    """Where pushed reports go: `door` says whose a token is, `take_in` keeps a report."""

    door: Door
    take_in: TakeIn
    ticks: Callable[[], float] = time.monotonic
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """Answer 202 with what became of each report. Raises Problem."""
        sender, began = self.door.sender(request), self.ticks()
        self.door.count(sender, 1)
        sent = pushed(await body(request, largest=LARGEST_LIST), sender)
        self.door.count(sender, len(sent.reports) - 1)
        # A source's reports stay in their order, and a flood of them takes one place at the desk.
        async with self._turns.setdefault(sender.source.id, asyncio.Lock()):
            told = await self._taken_in(sent, began + ENOUGH)
        answer = {"reports": told} if sent.listed else told[0]
        return web.json_response(answer, status=HTTPStatus.ACCEPTED)

    async def _taken_in(self, sent: Pushed, until: float) -> list[dict[str, object]]:
        told: list[dict[str, object]] = []
        for one in sent.reports:
            if told and self.ticks() > until:
                raise _later(told, "This took too long.")
            if isinstance(one, Unusable):
                told.append(one.json())
                continue
            try:
                told.append(receipt_json(await self.take_in(one)))
            except StorageError as error:
                log.error("pushed report not stored", source=one.source.id, why=str(error))  # noqa: TRY400 - a sentence, no traceback
                raise _later(told, "The relay cannot store the report now.") from None
        return told


def push_routes(desk: PushDesk) -> list[web.RouteDef]:
    """`POST /reports`."""
    return [web.post("/reports", within(30)(desk.receive))]


def _later(told: list[dict[str, object]], why: str) -> Problem:
    """What was kept by then is told, and kept once however often it is sent."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"{why} Send it again in a moment.",
        {"Retry-After": "5"},
        {"reports": told} if told else None,
    )
