"""Reports from files, each to the desk as its listed source's own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.cli.incoming import STANDARD_INPUT, Line, lines, opened
from bot.cli.terminal import for_people, write_json
from bot.cli.trouble import say
from bot.intake.push.receipts import receipt_json
from bot.trouble import Trouble
from reports.formats.cap import LARGEST, MalformedAlert, decoded, parse_alert, report_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.sources import ListedSource, Sources
    from handlers.desk import Desk, Receipt
    from reports.model import Report

CAP_FILES = frozenset({".xml", ".cap"})


@dataclass(slots=True)
class Intake:
    """One call of the command: whose reports these may be, and what became of them.

    With `only`, every report is that source's; else each names its own.
    """

    sources: Sources
    only: str | None = None
    receipts: list[Receipt] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        if self.only is not None and self.sources.by_id(self.only) is None:
            raise Trouble(f'No source has the id "{self.only}". {self._known()}')

    async def take(self, desk: Desk, file: Path, advance: Callable[[int], None]) -> None:
        """All of one file; what cannot be taken in is told, and the rest goes on."""
        with opened(file) as (stream, _):
            if file.suffix.lower() in CAP_FILES:
                body = stream.read(LARGEST + 1)
                advance(len(body))
                self._told(str(file), await self._refused_message(desk, body))
                return
            for line in lines(stream, advance):
                self._told(f"{_shown(file)}, line {line.number}", await self._refusal(desk, line))

    def _told(self, where: str, refusal: str | None) -> None:
        if refusal:
            self.refused += 1
            say(f"{where}: {refusal}")

    async def _refused_message(self, desk: Desk, body: bytes) -> str | None:
        listed = self.sources.by_id(self.only or "")
        if listed is None:
            return f"whose CAP message this is, --source ID is to say. {self._known()}"
        try:
            document = decoded(body)
            alert = parse_alert(document)
        except MalformedAlert as error:
            return f"this is no CAP message. {error}"
        await self._take(desk, report_of(alert, document, listed.source), listed)
        return None

    async def _refusal(self, desk: Desk, line: Line) -> str | None:
        if line.report is None:
            return f"this is not valid JSON: {line.reason}." if line.malformed else line.reason
        listed = self._listed(line.report)
        if listed is None:
            return f"this is from no listed source. {self._known()}"
        await self._take(desk, line.report, listed)
        return None

    async def _take(self, desk: Desk, report: Report, listed: ListedSource) -> None:
        lang = report.lang or listed.source.language
        receipt = await desk.take_in(replace(report, source=listed.source, lang=lang))
        self.receipts.append(receipt)
        if not for_people():
            write_json(receipt_json(receipt))

    def _listed(self, report: Report) -> ListedSource | None:
        return self.sources.by_id(report.source.id if self.only is None else self.only)

    def _known(self) -> str:
        known = ", ".join(listed.source.id for listed in self.sources)
        return f"Listed are: {known}." if known else "List it in relay.toml."


def _shown(file: Path) -> str:
    return "standard input" if file == STANDARD_INPUT else str(file)
