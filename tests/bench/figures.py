"""A figure: what was measured, and the bar that it is held against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `passes` is None where there is no bar.

    `sound` is False where a message was lost or came twice, or where a time is absurd: that is a
    defect on any machine, while a missed bar may be a busy one.
    """

    what: str
    measured: str
    bar: str = ""
    ratio: str = ""
    passes: bool | None = None
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """How a number is shown: `1,234 messages/s`."""

    name: str
    digits: int = 0

    def __call__(self, value: float) -> str:
        """The number in words."""
        return f"{value:,.{self.digits}f} {self.name}".rstrip()


MS, SECONDS, RATE, MEGABYTES = Unit("ms"), Unit("s", 1), Unit("/s", 1), Unit("MB")
COUNT, TIMES, CORES = Unit(""), Unit("times", 2), Unit("cores", 2)

ABSURD = 20.0
"""So many times worse than the bar: no busy machine explains that."""


def at_most(what: str, value: float, bar: float, unit: Unit) -> Figure:
    """Less is better; the ratio is the measured part of what the bar allows."""
    ratio = value / bar if bar else 0.0
    shown = f"{ratio:.2f}" if bar else ""
    return Figure(
        what, unit(value), f"<= {unit(bar)}", shown, passes=value <= bar, sound=ratio < ABSURD
    )


def at_least(what: str, value: float, bar: float, unit: Unit) -> Figure:
    """More is better; the ratio is how many times the bar was reached."""
    ratio = value / bar
    shown = f"{ratio:.2f}"
    return Figure(
        what, unit(value), f">= {unit(bar)}", shown, passes=value >= bar, sound=ratio > 1 / ABSURD
    )


def none_of(what: str, count: int) -> Figure:
    """What may not happen at all."""
    return Figure(what, f"{count:,}", "0", passes=count == 0, sound=count == 0)


def told(what: str, measured: str) -> Figure:
    """A figure without a bar."""
    return Figure(what, measured)
