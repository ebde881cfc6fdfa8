"""Reports in JSON lines, from a file or standard input, one by one."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import say
from bot.trouble import Trouble
from reports.formats.json_lines import MalformedReport, parse_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from reports.model import Report

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
STANDARD_INPUT = Path("-")
LONGEST_LINE = 16 * 1024 * 1024
"""Bytes: a text of 1 MB with every character escaped, and room."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: a report, or why it is none.

    `malformed` is set where the line is not even JSON; `id` is what the line said, if anything.
    """

    number: int
    report: Report | None = None
    id: str | None = None
    reason: str = ""
    malformed: bool = False


def is_there(file: Path | None) -> Path | None:
    """For Typer, whose own `exists` looks for a file called - as well."""
    if file is not None and file != STANDARD_INPUT and not file.exists():
        raise typer.BadParameter(f"file '{file}' does not exist.")
    return file


def are_there(files: list[Path] | None) -> list[Path] | None:
    """The same for several."""
    for file in files or ():
        is_there(file)
    return files


@contextmanager
def opened(file: Path | None) -> Iterator[tuple[BinaryIO, int | None]]:
    """The file, or standard input without one, and its size in bytes where that is known."""
    if file is None or file == STANDARD_INPUT:
        if sys.stdin.isatty():
            say("Reading reports from the keyboard, one JSON object a line. Ctrl-D ends it.")
        yield sys.stdin.buffer, None
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        raise Trouble(f"{file} cannot be read ({error.strerror}). Name a file that can.") from None
    with stream:
        yield stream, file.stat().st_size or None


def lines(stream: BinaryIO, advance: Callable[[int], None] = lambda _: None) -> Iterator[Line]:
    """Every line that is not blank, as it arrives. `advance` hears of each line's bytes."""
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        advance(len(raw))
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            _skip_rest(stream)
            yield Line(number, reason="it is longer than 16 MiB", malformed=True)
            continue
        written = (raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw).strip()
        if written:
            yield _line(number, written)


def _skip_rest(stream: BinaryIO) -> None:
    while (raw := stream.readline(LONGEST_LINE)) and not raw.endswith(b"\n"):
        pass


def _line(number: int, raw: bytes) -> Line:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return Line(number, reason=_why(error), malformed=True)
    given = value if isinstance(value, Mapping) else {}
    try:
        report = parse_report(value if isinstance(value, Mapping) else raw)
    except MalformedReport as error:
        return Line(number, id=_id(given), reason=str(error))
    return Line(number, report, report.id)


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if isinstance(error, RecursionError):
        return "brackets are nested too deep"
    return "a number in it has too many digits"


def _id(given: Mapping[str, object]) -> str | None:
    written = given.get("id")
    return str(written) if isinstance(written, str | int) else None
