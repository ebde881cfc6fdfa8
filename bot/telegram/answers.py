"""What counts as an answer of Telegram's, whatever else may stand between it and us.

A proxy's or a gateway's page is none, even with the status 403 or 404: taken for Telegram's
word it would switch chats off, or condemn the token.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

REFUSALS: Final = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,  # of a method that does not exist, too; the relay calls none
    409: Conflict,
}
"""What a refusal with this code is to python-telegram-bot. One with another is a bad request."""

TOO_MANY: Final = "Too Many Requests"
UNTOLD_WAIT: Final = 30.0
"""Seconds to wait after too many requests, where it is not said how long."""
LONGEST_WAIT: Final = 7 * 86_400.0
"""Seconds; more is no time that a server means."""

_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]{1,40}")


class NotTelegram(NetworkError):  # noqa: N818 - it says what answered
    """Something answered that is not the Bot API. Whether the request arrived is not known."""


class NotSent(NetworkError):  # noqa: N818 - it says what became of the request
    """The request surely did not arrive: there was no connection to send it on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: HTTP status, body, and the header that says what kind it is."""

    status: int
    body: bytes = field(repr=False)  # it names people
    kind: str = ""

    def result(self) -> Any:  # noqa: ANN401 - each method has its own
        """What the method gave. Raises the TelegramError that a refusal is, or NotTelegram."""
        answer = self._json()
        if answer.get("ok") is True and "result" in answer and 200 <= self.status < 300:
            return answer["result"]
        refusal = _refusal(self.status, answer) if answer.get("ok") is False else None
        raise refusal or self.strange()

    def strange(self) -> TelegramError:
        """The error that this answer is, being none of Telegram's. Nothing of it is quoted: it
        may name a person.
        """
        if self.status == 429:  # whoever says so did not hand the request on
            return RetryAfter(timedelta(seconds=UNTOLD_WAIT))
        found = _MEDIA_TYPE.match(self.kind.lower())
        kind = found[0] if found else "of no known type"
        return NotTelegram(
            f"an answer that is not the Bot API's: status {self.status}, {kind}, {self._size}"
        )

    @property
    def _size(self) -> str:
        """In steps, so that an outage in which all pages differ a little is told once."""
        if not self.body:
            return "empty"
        return f"{len(self.body) // 1024} KB" if len(self.body) >= 1024 else "less than 1 KB"

    def _json(self) -> dict[str, Any]:
        try:
            answer = json.loads(self.body.decode())
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise self.strange()
        return answer


class CheckedRequest(HTTPXRequest):
    """python-telegram-bot's own client, with answers looked at before they are believed."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """One request that succeeded. Raises what else it is."""
        status, body = await super().do_request(*args, **kwargs)
        Answer(status, body).result()
        return status, body


def _refusal(status: int, answer: dict[str, Any]) -> TelegramError | None:
    """What Telegram refuses a request with, also where that comes with status 200. None where
    the answer lacks what a refusal of Telegram's always has.
    """
    told, words, parameters = (
        answer.get("error_code", status),
        answer.get("description", ""),
        answer.get("parameters", {}),
    )
    if not (isinstance(told, int) and isinstance(words, str) and isinstance(parameters, dict)):
        return None
    if told == 429 or parameters.get("retry_after") or TOO_MANY in words:
        # The server words a wait that it cannot read itself as an error of its own, with 500.
        return RetryAfter(timedelta(seconds=_wait(parameters.get("retry_after"))))
    moved = parameters.get("migrate_to_chat_id")
    if isinstance(moved, int) and moved:
        return ChatMigrated(moved)
    if told < 400 or not words:
        return None
    return NetworkError(words) if told >= 500 else REFUSALS.get(told, BadRequest)(words)


def _wait(told: object) -> float:
    if isinstance(told, int | float) and 0 < told <= LONGEST_WAIT:
        return float(told)
    return UNTOLD_WAIT
