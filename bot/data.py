"""The directory for the database and its backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path


def make_data_directory(path: Path) -> None:
    """Make the directory, for this user's eyes only, where it is missing. Raises Trouble."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _try_to_write(path)
    except OSError as error:
        raise Trouble(
            f"The relay cannot write to its data directory {path} ({error.strerror})."
            " Make it writable for this user, or set RELAY_DATA to another directory."
        ) from None


def _try_to_write(path: Path) -> None:
    probe = path / ".relay-writes-here"
    probe.touch()
    probe.unlink(missing_ok=True)
