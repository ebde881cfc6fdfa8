"""What goes wrong is said once, not each second, nor for each of thousands of chats."""

from __future__ import annotations

from dataclasses import dataclass, field

import structlog

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Complaints:
    """Troubles pass, and are told anew when they come back; a defect stays one."""

    _trouble: str = ""
    _defects: set[str] = field(default_factory=set)

    def trouble(self, words: str) -> None:
        """Something that an operator can mend."""
        if words != self._trouble:
            log.warning(words)
        self._trouble = words

    def over(self) -> None:
        """All is well again."""
        self._trouble = ""

    def defect(self, what: str, error: Exception) -> None:
        """Something that only a programmer can mend: with its traceback."""
        words = f"{what}: {type(error).__name__}: {error}"
        if words not in self._defects:
            log.error(what, exc_info=error)
        self._defects.add(words)
