"""Events in CAP messages whose name alone says which kind of incident they are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from reports.model import Kind, Target
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_AROUND = " .,!:;-—\"'()"


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of incident, and what was in the air where the name says that."""

    kind: Kind
    target: Target | None = None


def named(event: str) -> Named | None:
    """The kind that an event's name plainly stands for."""
    return _load().get(fold(event).text.strip(_AROUND))


@cache
def _load() -> Mapping[str, Named]:
    file = resources.files(__package__ or "reports.reading").joinpath("events.toml")
    raw = tomllib.loads(file.read_text("utf-8"))
    return {
        name: Named(Kind(one["kind"]), Target(one["target"]) if "target" in one else None)
        for one in raw["event"]
        for name in one["names"]
    }
