"""Outcomes on their way into the ledger."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.delivery.receipts import Receipt, Receipts
from storage import switches
from storage.database import Database
from storage.errors import DatabaseBusy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.transaction import Transaction


@dataclass(slots=True)
class Book:
    """Receipts by name; what became of them, in order."""

    receipts: Receipts
    done: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    trouble: dict[str, list[Exception]] = field(default_factory=dict)

    def put(self, *names: str) -> None:
        """One for each name."""
        for name in names:
            write = partial(self._write, name)
            self.receipts.put(Receipt(write=write, then=partial(self.done.append, name)))

    async def _write(self, name: str, tx: Transaction) -> None:
        self.tried.append(name)
        await switches.put(tx, name, value=True)
        if self.trouble.get(name):
            raise self.trouble[name].pop(0)

    async def until_done(self, count: int) -> None:
        """So many are settled."""
        async with asyncio.timeout(10):
            while len(self.done) < count:  # noqa: ASYNC110 - a list makes no event
                await asyncio.sleep(0.002)

    async def written(self, *names: str) -> list[str]:
        """Those of them that the database has."""
        async with self.receipts.database.read() as tx:
            return [name for name in names if await switches.is_on(tx, name)]


@asynccontextmanager
async def _run(book: Book) -> AsyncIterator[None]:
    running = asyncio.create_task(book.receipts.run())
    try:
        yield
    finally:
        book.receipts.end()
        await running


@pytest.fixture
async def book(sqlite_file: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Book]:
    """A book that is not written in yet."""
    monkeypatch.setattr("bot.delivery.receipts.WRITE_AGAIN", 0.01)
    database = await Database.open(str(sqlite_file))
    yield Book(Receipts(database))
    await database.close()


async def test_what_comes_together_is_written_together_and_told_of_once(book: Book) -> None:
    book.put("a", "b", "c")
    async with _run(book):
        await book.until_done(3)
        book.put("d")
    assert book.done == book.tried == ["a", "b", "c", "d"]
    assert await book.written("a", "b", "c", "d") == ["a", "b", "c", "d"]


@pytest.mark.allowed_logs
async def test_a_write_that_fails_is_tried_again_and_told_of_when_it_is_done(book: Book) -> None:
    book.trouble["b"] = [DatabaseBusy("held"), DatabaseBusy("held")]
    book.put("a", "b")
    async with _run(book):
        await book.until_done(2)
    assert book.tried == ["a", "b"] * 3
    assert book.done == ["a", "b"]
    assert await book.written("a", "b") == ["a", "b"]


@pytest.mark.allowed_logs
async def test_a_receipt_with_a_defect_leaves_the_others_written(book: Book) -> None:
    book.trouble["b"] = [KeyError("x")] * 5
    book.put("a", "b", "c")
    async with _run(book):
        await book.until_done(3)
        book.put("d")
    assert book.done == ["a", "b", "c", "d"]
    assert await book.written("a", "b", "c", "d") == ["a", "c", "d"]


@pytest.mark.allowed_logs
async def test_a_defect_in_what_follows_one_receipt_ends_no_writing(book: Book) -> None:
    def breaks() -> None:
        raise KeyError("x")

    book.receipts.put(Receipt(then=breaks))
    book.put("a")
    async with _run(book):
        await book.until_done(1)
        book.put("b")
    assert book.done == ["a", "b"]


async def test_at_the_end_what_there_is_gets_written(book: Book) -> None:
    async with _run(book):
        book.put("a", "b")
    assert book.done == ["a", "b"]


@pytest.mark.allowed_logs
async def test_at_the_end_a_database_that_is_held_for_a_moment_is_waited_for(book: Book) -> None:
    book.trouble["a"] = [DatabaseBusy("held")] * 3
    async with _run(book):
        book.put("a")
    assert book.done == ["a"]
    assert await book.written("a") == ["a"]


@pytest.mark.allowed_logs
async def test_at_the_end_a_database_that_stays_held_is_not_waited_for(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.receipts.LAST_ATTEMPTS", 0.04)
    book.trouble["a"] = [DatabaseBusy("held")] * 1000
    async with asyncio.timeout(5), _run(book):
        book.put("a")
        while not book.tried:  # noqa: ASYNC110 - a list makes no event
            await asyncio.sleep(0)
    assert book.done == []
    assert await book.written("a") == []
