"""The operator's file, read once: its tables of entries, and how one that is wrong is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

NAMED_BY = {"source": "id", "channel": "chat"}
"""The tables there are, each with the key that names its entries in an error."""

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(\w+)[ \t]*\]\]", re.MULTILINE)


class ListError(Trouble):
    """The list cannot be used; the message names the file, the entry and what to do."""


class ListedEntry(BaseModel):
    """What one entry says. `mends` tells for each key what to give."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    mends: ClassVar[Mapping[str, str]] = {}


Read = TypeVar("Read", bound=ListedEntry)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one table, in their order, with their lines where they stand in a text."""

    table: str
    path: Path
    given: Sequence[object]
    lines: Sequence[int] = ()

    def reject(self, number: int, what: str) -> NoReturn:
        """Raises ListError: what is wrong with this entry, counted from 0."""
        entry = self.given[number]
        named = entry.get(NAMED_BY[self.table]) if isinstance(entry, dict) else None
        which = f'"{named}"' if isinstance(named, str | int) and named else f"number {number + 1}"
        line = f", line {self.lines[number]}" if number < len(self.lines) else ""
        raise ListError(f"{self.path}{line}, {self.table} {which}: {what}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file of entries that was read."""

    path: Path
    tables: Mapping[str, Sequence[object]]
    lines: Mapping[str, Sequence[int]]

    def entries(self, table: str) -> Entries:
        """Those of one table; none where there is no such table."""
        return Entries(table, self.path, self.tables.get(table, ()), self.lines.get(table, ()))


def read_document(path: Path) -> Document:
    """The entries of a TOML file. Raises ListError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except OSError as error:
        raise ListError(
            f"{path} cannot be read ({error.strerror}). RELAY_CONFIG names the list of sources."
        ) from None
    except UnicodeDecodeError:
        raise ListError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ListError(f"{path} is not valid TOML: {error}.") from None
    _check_tables(path, tables)
    return Document(path, tables, _lines(text))


def understood(entry: object, model: type[Read]) -> Read:
    """What an entry says. Raises Trouble: which key is wrong, and what to give."""
    if not isinstance(entry, dict):
        raise Trouble("it has no keys. Write each entry under a header of its own.")
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        found = min(error.errors(include_url=False), key=_is_known)
    name = str(found["loc"][0])
    if found["type"] == "extra_forbidden":
        raise Trouble(f'"{name}" is unknown here. Known are: {", ".join(model.model_fields)}.')
    missing = "is missing" if found["type"] == "missing" else "cannot be used"
    raise Trouble(f'"{name}" {missing}. Give {model.mends[name]}.')


def _is_known(found: ErrorDetails) -> bool:
    """A misspelt key comes first: it is why another one is missing."""
    return found["type"] != "extra_forbidden"


def check_regions(codes: Collection[str], known: Collection[str], mend: str) -> None:
    """Raises Trouble for a code that is no region's."""
    for code in codes:
        if code not in known:
            raise Trouble(f'no region has the code "{code}". Give {mend}.')


def _check_tables(path: Path, tables: Mapping[str, object]) -> None:
    for name, given in sorted(tables.items()):
        if name not in NAMED_BY:
            raise ListError(
                f'{path}: "{name}" is unknown here. Write [[source]] and [[channel]] entries.'
            )
        if not isinstance(given, list):
            raise ListError(f'{path}: "{name}" is no list. Write [[{name}]] entries.')


def _lines(text: str) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = {}
    for found in _HEADER.finditer(text):
        lines.setdefault(found[1], []).append(text.count("\n", 0, found.start()) + 1)
    return lines
