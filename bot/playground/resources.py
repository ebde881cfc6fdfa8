"""The playground's own files: they are part of the package, wherever it is installed."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def resource(path: str) -> bytes:
    """A packaged file, by its path below this package."""
    return files(__package__).joinpath(path).read_bytes()


def table(path: str) -> dict[str, Any]:
    """A packaged TOML file."""
    return tomllib.loads(resource(path).decode())
