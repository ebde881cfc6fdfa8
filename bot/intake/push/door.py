"""Who may push reports, and how many."""

from __future__ import annotations

from http import HTTPStatus
from math import ceil
from typing import TYPE_CHECKING

from bot.http.problem import Problem
from bot.intake.push.quota import Quota, neighbourhood

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from bot.sources import ListedSource, Sources


class Door:
    """Who may push, and how much: a source with its token, and strangers hardly at all.

    What one asks for too often keeps nobody else waiting; a source's right token is good
    whatever others try from the same address.
    """

    def __init__(self, sources: Sources, ticks: Callable[[], float]) -> None:
        self._sources = sources
        self._reports = Quota(per_minute=120, burst=240, ticks=ticks)
        self._strangers = Quota(per_minute=20, burst=20, ticks=ticks)

    def sender(self, request: web.Request) -> ListedSource:
        """The source whose token was sent. Raises Problem."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        listed = self._sources.by_token(token.strip()) if scheme.lower() == "bearer" else None
        if listed is not None:
            return listed
        wait = self._strangers.take(neighbourhood(request.remote))
        if wait:
            raise _too_many(
                "Too many requests without a listed source's token came from here", wait
            )
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "Send the header `Authorization: Bearer TOKEN` with the token of a listed source.",
            {"WWW-Authenticate": "Bearer"},
        )

    def count(self, sender: ListedSource, reports: int) -> None:
        """So many reports more are that source's. Raises Problem where they are too many."""
        wait = self._reports.take(sender.source.id, reports)
        if wait:
            raise _too_many("This source sends more reports than are taken in a minute", wait)


def _too_many(what: str, wait: float) -> Problem:
    seconds = ceil(wait)
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"{what}. Send it again in {seconds} s.",
        {"Retry-After": str(seconds)},
    )
