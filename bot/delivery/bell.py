"""How those who bring something to deliver call those who deliver."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Bell:
    """Whoever hears it looks at once."""

    heard_by: list[Callable[[], None]] = field(default_factory=list)

    def ring(self) -> None:
        """There may be something to do."""
        for hear in self.heard_by:
            hear()
