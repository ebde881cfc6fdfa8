"""One look at a source that may be listed: what would be read, and what to write in the list."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rich.markup import escape

from bot.cli.guessing import guessed
from bot.cli.trouble import say
from bot.entries import understood
from bot.intake import KINDS
from bot.intake.listening.heeded import without_secrets
from bot.intake.polled import PolledEntry, Unheard
from bot.intake.web.fetcher import Equipment, PoliteWeb
from bot.intake.web.urls import host_of
from bot.trouble import Trouble
from reports.model import Language, Outcome
from reports.reading import Reader
from reports.regions import Catalog
from reports.summaries import For
from reports.summaries.headline import happening

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rich.console import Console

    from bot.cli.start import Start
    from bot.intake.polled import Found
    from bot.intake.web.hosts import Gap
    from reports.model import Report

PATIENCE = 120.0
"""Seconds for the whole look."""
MOST_SHOWN = 20
BEGINNING = 160


@dataclass(frozen=True, slots=True)
class Attempt:
    """Fetches once and tells what came of it."""

    start: Start
    console: Console
    now: Callable[[], datetime]

    async def made(self, given: str, kind: str | None) -> bool:
        """Whether anything could be read. Raises Trouble."""
        entry = self._listed(given)
        new = entry is None
        if entry is None:
            entry = tried(given, kind or await self._kind(given))
        address = without_secrets(entry.address)
        self.console.print(f"Asking {escape(address)} as {entry.kind} ...", style="dim")
        found = await self._found(entry)
        self._show(found)
        if not found.reports:
            say("Nothing that could be read is published there now.")
            return False
        if new:
            self.console.print(_to_paste(entry), markup=False, highlight=False)
        return True

    def _listed(self, given: str) -> PolledEntry | None:
        listed = self.start.sources().by_id(given)
        if listed is None:
            return None
        if not isinstance(listed.entry, PolledEntry):
            raise Trouble(f'"{given}" sends its reports itself: there is nothing to fetch.')
        return listed.entry

    async def _kind(self, given: str) -> str:
        if (kind := guessed(given)) is not None:
            return kind
        try:
            host = host_of(given)
        except ValueError:
            raise Trouble(
                f'"{given}" is neither a web address, nor a channel like @example,'
                " nor the id of a listed source."
            ) from None
        async with self._web({host: (0.0, 0.1)}) as web:
            page = await web.get(given)
        return guessed(given, page.body) or "feed"

    async def _found(self, entry: PolledEntry) -> Found:
        try:
            async with asyncio.timeout(PATIENCE), self._web({entry.host: entry.gap}) as web:
                return await entry.polls().poll(web, {})
        except Unheard as why:
            if why.address:
                self.console.print(f"As a whole: {why.address}", markup=False, highlight=False)
            raise
        except TimeoutError:
            raise Trouble(f"It took longer than {PATIENCE:.0f} seconds.") from None

    def _web(self, gaps: Mapping[str, Gap]) -> PoliteWeb:
        proxy = self.start.settings.proxy
        return PoliteWeb(gaps, Equipment(proxy=proxy.get_secret_value() if proxy else None))

    def _show(self, found: Found) -> None:
        catalog = Catalog.load()
        reader, for_ = Reader(catalog), For(Language.EN, None, catalog)
        if (more := len(found.reports) - MOST_SHOWN) > 0:
            self.console.print(f"{more} older posts are not shown.", style="dim")
        for report in found.reports[-MOST_SHOWN:]:
            self._tell(report, _made_of(reader, report, for_))
        for note in found.notes:
            self.console.print(f"Could not be used: {note}", markup=False, style="yellow")
        if found.moved_to:
            moved = f"It says that it has moved for good, to {found.moved_to}."
            self.console.print(moved, markup=False, style="yellow")

    def _tell(self, report: Report, made: str) -> None:
        at = report.published.isoformat(sep=" ", timespec="minutes")
        text = " ".join(report.text.split())
        shown = text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…"
        self.console.print(f"[bold]{escape(report.id)}[/]  {at}", highlight=False)
        self.console.print(f"  {shown}", markup=False, highlight=False)
        self.console.print(f"  → {made}\n", markup=False, highlight=False, style="cyan")


def tried(address: str, kind: str) -> PolledEntry:
    """An entry as it would stand in the list. Raises Trouble."""
    model = KINDS.get(kind)
    if model is None or not issubclass(model, PolledEntry):
        known = sorted(name for name, one in KINDS.items() if issubclass(one, PolledEntry))
        raise Trouble(f'Nothing is fetched of the kind "{kind}". Give one of: {", ".join(known)}.')
    name = _slug(address)
    return understood({"id": name, "kind": kind, "name": name, "address": address}, model)


def _made_of(reader: Reader, report: Report, for_: For) -> str:
    """What the reader makes of a report, in one line."""
    reading = reader.read(report)
    if reading.outcome is not Outcome.INCIDENTS:
        what = "unclear" if reading.outcome is Outcome.UNCLEAR else "not a report"
        return f"{what}: {reading.reason}" if reading.reason else what
    told = (f"{for_.region(one.region)}: {happening(for_.words, one)}" for one in reading.incidents)
    return unescape("; ".join(told))


def _slug(address: str) -> str:
    """An id made of an address: `t-me-example`."""
    parts = urlsplit(address if "://" in address else f"//{address.lstrip('@')}")
    words = re.findall(r"[a-z0-9]+", f"{parts.hostname or ''} {parts.path}".lower())
    return "-".join(word for word in words if word not in {"www", "s"})[:40].strip("-") or "source"


def _to_paste(entry: PolledEntry) -> str:
    return "\n".join(
        (
            "To list it, add to relay.toml:",
            "",
            "[[source]]",
            f'id = "{entry.id}"',
            f'kind = "{entry.kind}"',
            'name = "..."      # the publisher, as people read it under each message',
            'role = "..."      # its office, like governor',
            "regions = []      # its own regions, like RU-KLU: they settle namesakes",
            'language = "ru"   # the language it writes in',
            f'address = "{_in_toml(entry.address)}"',
        )
    )


def _in_toml(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
