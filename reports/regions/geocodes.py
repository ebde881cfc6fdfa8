"""Codes that other systems have for areas, and our regions."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet


@dataclass(frozen=True, slots=True)
class Coding:
    """One system of codes. Those without `starts` are the regions' own."""

    form: re.Pattern[str]
    after: str
    starts: Mapping[str, str]

    def region(self, value: str, known: AbstractSet[str]) -> str | None:
        """The region that a code is of, or is a part of; None for no code, and an unknown one."""
        code = value.strip().upper()
        if not self.form.fullmatch(code):
            return None
        if not self.starts:
            return code if code in known else None
        digits = code.removeprefix(self.after)
        starts = (digits[:length] for length in range(len(digits), 1, -1))
        found = next((self.starts[start] for start in starts if start in self.starts), "")
        return found if found in known else None


def codings() -> Mapping[str, Coding]:
    """All systems of codes by the names that messages give them: `plain_name`."""
    return _load()


def plain_name(name: str) -> str:
    """ "ISO 3166-2" as "iso31662"."""
    return "".join(filter(str.isalnum, name.lower()))


@cache
def _load() -> Mapping[str, Coding]:
    file = resources.files(__package__ or "reports.regions").joinpath("geocodes.toml")
    raw = tomllib.loads(file.read_text("utf-8"))
    return {name: _coding(one, raw) for one in raw.values() for name in one["valueName"]}


def _coding(one: Mapping[str, Any], others: Mapping[str, Any]) -> Coding:
    like = others[one["like"]]["starts"] if "like" in one else {}
    return Coding(re.compile(one["form"]), one.get("after", ""), {**like, **one.get("starts", {})})
