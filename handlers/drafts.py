"""What an admin has begun to correct: kept in the database, so that a restart loses nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from storage import switches

if TYPE_CHECKING:
    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Draft:
    """`new` and `why` are empty until given; `old` is what the admin saw in the preview."""

    number: int
    field: str
    new: str = ""
    old: str = ""
    why: str = ""

    @property
    def token(self) -> str:
        """What the preview's Send carries: it fits this draft and no other."""
        seen = "\n".join((str(self.number), self.field, self.old, self.new, self.why))
        return sha256(seen.encode()).hexdigest()[:16]

    @property
    def asked(self) -> bool:
        """Whether the value is still to be typed."""
        return not self.new


async def keep(tx: Transaction, admin: int, draft: Draft) -> None:
    """The admin's one draft; an earlier one is replaced."""
    await switches.put(tx, _name(admin), asdict(draft))


async def of(tx: Transaction, admin: int) -> Draft | None:
    """The admin's draft, if any."""
    stored = await switches.get(tx, _name(admin))
    return Draft(**stored) if stored else None


async def drop(tx: Transaction, admin: int) -> None:
    """Nothing is being corrected any more."""
    await switches.put(tx, _name(admin), None)


def _name(admin: int) -> str:
    return f"draft:{admin}"
