"""Bulletins and texts that were needed a moment ago, for their next reader."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from storage import bulletins

if TYPE_CHECKING:
    from collections.abc import Hashable

    from reports.model import Bulletin
    from storage.transaction import Transaction

T = TypeVar("T")

REMEMBERED = 500
"""Kept at most."""


@dataclass(slots=True)
class Kept(Generic[T]):
    """The newest few of what was made."""

    _known: OrderedDict[Hashable, T] = field(default_factory=OrderedDict)

    def get(self, key: Hashable) -> T | None:
        """None if it was not made, or long ago."""
        return self._known.get(key)

    def keep(self, key: Hashable, one: T) -> T:
        """The same."""
        self._known[key] = one
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return one


@dataclass(frozen=True, slots=True)
class Bulletins:
    """Each is loaded once for all who get it."""

    _known: Kept[Bulletin] = field(default_factory=Kept)

    async def get(self, tx: Transaction, bulletin_id: int, seen: int) -> Bulletin:
        """With the corrections up to `seen`."""
        key = (bulletin_id, seen)
        known = self._known.get(key)
        return known or self._known.keep(key, await bulletins.load(tx, bulletin_id, seen))
