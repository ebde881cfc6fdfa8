"""Calls with bodies that are made already: no objects of python-telegram-bot's in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yarl import URL

if TYPE_CHECKING:
    from bot.telegram.request import Request


class Sender:
    """The Bot API's methods of one bot; `root` ends with its token."""

    __slots__ = ("_request", "_root", "_urls")

    def __init__(self, request: Request, root: str) -> None:
        self._request = request
        self._root = root
        self._urls: dict[str, URL] = {}

    async def initialize(self) -> None:
        """Connect, and ask Telegram who the bot is. Raises TelegramError."""
        await self._request.initialize()
        await self.call("getMe", b"{}")

    async def shutdown(self) -> None:
        """Close all connections."""
        await self._request.shutdown()

    async def call(self, method: str, body: bytes) -> Any:  # noqa: ANN401 - each has its own
        """The result of a method, given a JSON object. Raises TelegramError."""
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(f"{self._root}/{method}")
        answer = await self._request.send(url, body)
        return answer.result()
