"""What an admin has begun to correct: kept in the database, so that a restart loses nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from storage import switches

if TYPE_CHECKING:
    from storage.transaction import Transaction

FRESH = timedelta(minutes=15)
"""After that a plain message is no answer to a question of long ago."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`new` and `why` are empty until given; `old` is what the admin saw in the preview."""

    number: int
    field: str
    new: str = ""
    old: str = ""
    why: str = ""
    asked_at: str = ""
    """When it was kept last, in ISO 8601; `keep` fills it in."""

    @property
    def token(self) -> str:
        """What the preview's Send carries: it fits this draft and no other."""
        seen = "\n".join((str(self.number), self.field, self.old, self.new, self.why))
        return sha256(seen.encode()).hexdigest()[:16]

    @property
    def asked(self) -> bool:
        """Whether the value is still to be typed."""
        return not self.new


async def keep(tx: Transaction, admin: int, draft: Draft, now: datetime) -> None:
    """The admin's one draft; an earlier one is replaced."""
    await switches.put(tx, _name(admin), asdict(replace(draft, asked_at=now.isoformat())))


async def of(tx: Transaction, admin: int, now: datetime) -> Draft | None:
    """The admin's draft, if any that is still fresh."""
    draft = _draft(await switches.get(tx, _name(admin)))
    if draft is None or now - datetime.fromisoformat(draft.asked_at) > FRESH:
        return None
    return draft


async def drop(tx: Transaction, admin: int) -> None:
    """Nothing is being corrected any more."""
    await switches.put(tx, _name(admin), None)


def _draft(stored: Any) -> Draft | None:  # noqa: ANN401 - any JSON value
    """None as well where another version of the relay left something of another shape."""
    try:
        draft = Draft(**stored)
    except TypeError:
        return None
    return draft if draft.asked_at else None


def _name(admin: int) -> str:
    return f"draft:{admin}"
