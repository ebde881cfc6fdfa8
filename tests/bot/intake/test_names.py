"""Names that are looked up."""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

import pytest

from bot.intake.web.guard import LOOKUPS, Names

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _names() -> Iterator[Names]:
    names = Names()
    try:
        yield names
    finally:
        names.close()


async def test_a_name_that_hangs_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()

    def look_up(host: str, port: int, **_how: object) -> list[tuple[object, ...]]:
        if host == "hangs.example":
            assert answered.wait(10)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with _names() as names:
        for _ in range(LOOKUPS + 1):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(names("hangs.example", 443), 0.01)
        assert await asyncio.wait_for(names("example.org", 443), 5) == ["192.0.2.1"]
        answered.set()
        assert await asyncio.wait_for(names("hangs.example", 443), 5) == ["192.0.2.1"]


async def test_a_name_that_was_not_known_may_be_known_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known: list[tuple[object, ...]] = []

    def look_up(*_asked: object, **_how: object) -> list[tuple[object, ...]]:
        if not known:
            raise socket.gaierror
        return known

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with _names() as names:
        with pytest.raises(socket.gaierror):
            await names("example.org", 443)
        known.append((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 443)))
        assert await names("example.org", 443) == ["192.0.2.1"]
