"""A method's parameters, however they came: JSON values, or strings of a form."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from bot.playground.botapi import errors

Json: TypeAlias = Any
"""Whatever JSON can hold; each method checks what it needs."""


class Params:
    """Reads parameters by type, as Telegram does: a form's strings and JSON's values alike."""

    def __init__(self, values: Mapping[str, Json]) -> None:
        self.values = values

    def has(self, name: str) -> bool:
        """Given at all, and not null."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """A string; empty when it was not given."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default when absent or unreadable."""
        try:
            return int(self.values[name])
        except (KeyError, TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """True, yes or 1."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def data(self, name: str, refusal: errors.Refusal | None = None) -> Json:
        """A JSON value; None when it was not given.

        Raises:
            Refused: a string that is no JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError as error:
            raise errors.Refused(refusal or errors.unreadable(name)) from error
