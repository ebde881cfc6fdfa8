"""`alert-relay read`: what reports say, without a database or a network."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.evidence import explained, quotes
from bot.cli.incoming import Line, is_there, lines, opened
from bot.cli.terminal import for_people, progress, write_json
from bot.cli.trouble import FAILED, say
from reports.formats.json_lines import dump_places, dump_reading
from reports.model import Language, Outcome, Reading, Report
from reports.reading import Reader
from reports.regions import Catalog
from reports.summaries import For, summary


def read(
    file: Annotated[
        Path | None,
        typer.Argument(
            dir_okay=False,
            readable=True,
            callback=is_there,
            metavar="FILE",
            help="JSON lines of reports; standard input where none is named.",
        ),
    ] = None,
    *,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Show the words behind each thing, and why each place is in its region.",
        ),
    ] = False,
    in_language: Annotated[
        Language | None,
        typer.Option("--summary", help="Add what subscribers would read, in this language."),
    ] = None,
) -> None:
    """Tell what reports say: JSON lines in, JSON lines out.

    Neither a database nor a network is needed.

    Fails only where a line is not JSON, after the rest was read.
    """
    catalog = Catalog.load()
    telling = Telling(catalog, Reader(catalog), explain, in_language)
    with opened(file) as (stream, total), progress("Reading", total) as advance:
        malformed = [line for line in lines(stream, advance) if not telling.told(line)]
    if malformed:
        raise typer.Exit(FAILED)


@dataclass(frozen=True, slots=True)
class Telling:
    """How readings are told: as JSON, or to a person with the evidence marked."""

    catalog: Catalog
    reader: Reader
    explain: bool
    language: Language | None

    def told(self, line: Line) -> bool:
        """Tell what one line says; False where it is not even JSON."""
        if line.malformed:
            say(f"Line {line.number} is not valid JSON: {line.reason}. It was left out.")
        elif line.report is None:
            unclear = Reading(Outcome.UNCLEAR, reason=line.reason)
            write_json({**dump_reading("", unclear), "id": line.id})
        else:
            reads = self.reader.explain if self.explain else self.reader.read
            self._tell(line.report, reads(line.report))
        return not line.malformed

    def _tell(self, report: Report, reading: Reading) -> None:
        if self.explain and for_people():
            self._show(report, reading)
        else:
            write_json(self._json(report, reading))

    def _show(self, report: Report, reading: Reading) -> None:
        console = Console()
        console.print(explained(report, reading, self.catalog))
        if self.language and reading.incidents:
            told = summary(report, reading, For(self.language, None, self.catalog))
            console.print(told, markup=False, highlight=False)

    def _json(self, report: Report, reading: Reading) -> dict[str, object]:
        told = dump_reading(report.id, reading)
        if self.explain:
            found = reading.incidents
            told["evidence"] = [quotes(report.text, one, reading.places) for one in found]
            told["places"] = dump_places(report.text, reading)
        if self.language:
            told["summary"] = summary(report, reading, For(self.language, None, self.catalog))
        return told
