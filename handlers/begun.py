"""The end of alerts that an admin has asked for and not sent yet, kept over a restart."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from storage import switches

if TYPE_CHECKING:
    from storage.transaction import Transaction

FRESH = timedelta(minutes=15)
"""After that it is to be looked at anew, whether anything was heard meanwhile or not."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Alerts by their numbers. `seen` is what stood when the admin was shown the all-clear."""

    numbers: tuple[int, ...]
    report: int = 0
    """The unclear report that is taken for their end; 0: none."""
    seen: str = ""
    asked_at: str = ""
    """In ISO 8601."""

    @property
    def token(self) -> str:
        """What the preview's Send carries: it fits this ending and no other."""
        what = (*map(str, self.numbers), str(self.report), self.seen, self.asked_at)
        return sha256("\n".join(what).encode()).hexdigest()[:16]


async def keep(tx: Transaction, admin: int, ending: Ending) -> None:
    """The admin's one ending; an earlier one is replaced."""
    await switches.put(tx, _name(admin), asdict(ending) | {"numbers": list(ending.numbers)})


async def of(tx: Transaction, admin: int, now: datetime) -> Ending | None:
    """What the admin has begun, if anything that is still fresh."""
    ending = _ending(await switches.get(tx, _name(admin)))
    if ending is None or now - datetime.fromisoformat(ending.asked_at) > FRESH:
        return None
    return ending


async def drop(tx: Transaction, admin: int) -> None:
    """Nothing is begun any more."""
    await switches.put(tx, _name(admin), None)


def _ending(stored: Any) -> Ending | None:  # noqa: ANN401 - any JSON value
    """None as well where another version of the relay left something of another shape."""
    try:
        return Ending(**stored | {"numbers": tuple(stored["numbers"])})
    except (TypeError, KeyError):
        return None


def _name(admin: int) -> str:
    return f"ending:{admin}"
