"""What `relay.toml` says of a publisher of CAP messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from bot.intake.cap.polls import CapPolls
from bot.intake.polled import PolledEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.intake.polled import Polls


class CapEntry(PolledEntry):
    """A CAP message at an address of its own, or an RSS or Atom index of such messages."""

    mends: ClassVar[Mapping[str, str]] = {
        **PolledEntry.mends,
        "address": "the address of a CAP file or of an RSS or Atom index of CAP files, like "
        "https://example.org/alerts.atom",
    }

    kind: Literal["cap"]

    @property
    def gap(self) -> tuple[float, float]:
        """Short: the files of one index are many, and were put there to be fetched."""
        return 0.2, 0.6

    def polls(self) -> Polls:
        """How it is asked."""
        return CapPolls(self.address, self.source)
