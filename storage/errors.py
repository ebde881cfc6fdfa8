"""What can be wrong with a database, each as one sentence that says what to do."""

# ruff: noqa: N818 - each name says what is the matter, as its sentence does

from __future__ import annotations


class StorageError(Exception):
    """Expected trouble with the database; its text is for the person who runs the relay."""


class DatabaseBusy(StorageError):
    """Somebody else held the database for too long; nothing was changed, try again."""


class DatabaseReadOnly(StorageError):
    """The database or its directory cannot be written to."""


class DatabaseFull(StorageError):
    """No room is left where the database is."""


class DatabaseDamaged(StorageError):
    """The file is no SQLite database, or its content is damaged."""


class DatabaseUnreachable(StorageError):
    """The server does not answer, or refuses us."""


class SchemaTooNew(StorageError):
    """A newer relay has written this database."""


class SchemaTooOld(StorageError):
    """The database awaits `migrate`."""


class AlreadyRunning(StorageError):
    """Another relay serves this database. `pid` is None where the system does not tell."""

    def __init__(self, message: str, pid: int | None) -> None:
        super().__init__(message)
        self.pid = pid


class BackupRefused(StorageError):
    """A copy cannot be made there, or not by us."""


class NotText(StorageError):
    """What was given is not text that a database can keep verbatim."""
