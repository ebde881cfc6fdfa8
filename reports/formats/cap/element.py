"""One element of a CAP document, and what is read from those right inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from reports.formats.cap.message import MalformedAlert
from reports.formats.cap.times import time_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from enum import StrEnum
    from xml.etree.ElementTree import Element

    from reports.formats.cap.message import Named

Shape = TypeVar("Shape")
UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True)
class Block:
    """An element; `remarks` gathers what could not be used."""

    element: Element
    namespace: str
    remarks: list[str]

    def remark(self, sentence: str) -> None:
        """Note what could not be used."""
        self.remarks.append(sentence)

    def blocks(self, name: str, most: int) -> list[Block]:
        """The elements of a name. Raises MalformedAlert where they are too many."""
        found = self.element.findall(f"{{{self.namespace}}}{name}")
        if len(found) > most:
            raise MalformedAlert(f"It has over {most} of <{name}>.")
        return [Block(one, self.namespace, self.remarks) for one in found]

    def texts(self, name: str) -> tuple[str, ...]:
        """The words of all elements of a name, those without any left out."""
        found = self.element.iterfind(f"{{{self.namespace}}}{name}")
        return tuple(filter(None, ((one.text or "").strip() for one in found)))

    def text(self, name: str) -> str:
        """The words of the first element of a name that has any."""
        return next(iter(self.texts(name)), "")

    def named(self, name: str) -> tuple[Named, ...]:
        """Pairs of valueName and value."""
        found = self.element.iterfind(f"{{{self.namespace}}}{name}")
        blocks = (Block(one, self.namespace, self.remarks) for one in found)
        return tuple((one.text("valueName"), one.text("value")) for one in blocks)

    def shapes(self, name: str, read: Callable[[str], Shape | None]) -> tuple[Shape, ...]:
        """What `read` makes of each element of a name, without what it cannot read."""
        found: list[Shape] = []
        for text in self.texts(name):
            shape = read(text)
            if shape is None:
                self.remark(f"A <{name}> cannot be read: {text[:60]}.")
            else:
                found.append(shape)
        return tuple(found)

    def time(self, name: str) -> datetime | None:
        """A time, where there is one that can be read."""
        text = self.text(name)
        time = time_of(text)
        if text and time is None:
            self.remark(f"<{name}> is not a time with an offset: {text[:60]}.")
        return time

    def one(self, name: str, of: type[StrEnum]) -> str:
        """One of a few words; "Unknown" for any other."""
        text = self.text(name)
        if text in list(of):
            return text
        if text:
            self.remark(f"<{name}> is none of CAP's: {text[:60]}.")
        return UNKNOWN

    def needed(self, name: str) -> str:
        """Words that must be there. Raises MalformedAlert."""
        text = self.text(name)
        if not text:
            raise MalformedAlert(f"It has no <{name}>.")
        return text

    def needed_time(self, name: str) -> datetime:
        """A time that must be there. Raises MalformedAlert."""
        time = time_of(self.needed(name))
        if time is None:
            raise MalformedAlert(f"<{name}> is not a time with an offset.")
        return time

    def needed_one(self, name: str, of: type[StrEnum]) -> str:
        """One of a few words that must be there. Raises MalformedAlert."""
        text = self.needed(name)
        if text not in list(of):
            raise MalformedAlert(f"<{name}> is none of: {', '.join(of)}.")
        return text
