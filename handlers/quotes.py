"""What an admin has begun to let through in its own words, kept over a restart."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from storage import switches

if TYPE_CHECKING:
    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Quote:
    """An unclear report by its number, and the regions that the admin has chosen for it so far."""

    number: int
    regions: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """What the preview's Send carries: it fits this choice and no other."""
        seen = ",".join((str(self.number), *self.regions))
        return sha256(seen.encode()).hexdigest()[:16]

    def turned(self, region: str) -> Quote:
        """With that region, or without it where it was chosen."""
        if region in self.regions:
            return Quote(self.number, tuple(one for one in self.regions if one != region))
        return Quote(self.number, (*self.regions, region))


async def keep(tx: Transaction, admin: int, quote: Quote) -> None:
    """The admin's one choice; an earlier one is replaced."""
    value = {"number": quote.number, "regions": list(quote.regions)}
    await switches.put(tx, _name(admin), value)


async def of(tx: Transaction, admin: int) -> Quote | None:
    """What the admin has begun, if anything."""
    return _quote(await switches.get(tx, _name(admin)))


async def drop(tx: Transaction, admin: int) -> None:
    """Nothing is begun any more."""
    await switches.put(tx, _name(admin), None)


def _quote(stored: Any) -> Quote | None:  # noqa: ANN401 - any JSON value
    """None as well where another version of the relay left something of another shape."""
    try:
        return Quote(int(stored["number"]), tuple(stored["regions"]))
    except (TypeError, KeyError, ValueError):
        return None


def _name(admin: int) -> str:
    return f"quote:{admin}"
