"""One request as the Bot API sink saw it, in the form in which its log is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from tests.bench.delivery.weather import Said

MARKS = ("<i>Повтор", "<i>Repeat")
"""How a message begins that says of itself that it may have come before."""


@dataclass(slots=True)
class Arrival:
    """`at` and `answered` are on the machine's monotonic clock, the same for all processes."""

    at: float
    method: str
    chat: int
    text: str
    """Of a form still with its escapes, until it has come out of the log."""
    said: Said
    taken: bool
    answered: float = 0.0
    """0: it never was."""

    @property
    def marked(self) -> bool:
        """Whether its reader is told that it may be a repeat."""
        return self.text.startswith(MARKS)

    def row(self, letters: int) -> list[Any]:
        """For the log, with so much of the text."""
        text = self.text[:letters]
        return [self.at, self.method, self.chat, text, self.said, self.taken, self.answered]

    @classmethod
    def of_row(cls, row: list[Any]) -> Arrival:
        """From the log. The last letter of a form's text may be torn."""
        arrival = cls(*row)
        arrival.text, arrival.said = unquote_plus(arrival.text), Said(arrival.said)
        return arrival
