"""What counts as an answer of Telegram's, whatever else may stand between it and us.

A proxy's or a gateway's page is none, even with the status 403 or 404: taken for Telegram's
word it would switch chats off, or condemn the token.
"""

from __future__ import annotations

import json
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

MEANT = frozenset({400, 401, 403, 404, 409, 429})
"""Refusals that python-telegram-bot tells apart; any other would pass for a lost answer."""


class NotTelegram(NetworkError):  # noqa: N818 - it says what answered
    """Something answered that is not the Bot API."""


class CheckedRequest(HTTPXRequest):
    """python-telegram-bot's own client, with answers looked at before they are believed."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """One request. Raises NotTelegram for an answer that is none."""
        code, body = await super().do_request(*args, **kwargs)
        return checked(code, body), body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; what it says is logged by nobody, for it names people."""
        return _answer(payload)


def checked(code: int, body: bytes) -> int:
    """The status that the answer stands for, which says 200 with `ok: false`, too."""
    answer = _answer(body)
    if answer.get("ok") is True and "result" in answer and 200 <= code < 300:
        return code
    if answer.get("ok") is False:
        told = answer.get("error_code")
        code = told if isinstance(told, int) else code
        if code >= 400:
            return code if code in MEANT or code >= 500 else 400
    raise NotTelegram(f"an answer with status {code} that is not the Bot API's")


def _answer(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise NotTelegram("an answer that is not the Bot API's")
    return answer
