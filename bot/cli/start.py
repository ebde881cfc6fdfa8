"""What every command that works on the relay's data begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.cli.trouble import AT_A_TERMINAL
from bot.data import make_data_directory
from bot.intake import KINDS
from bot.listed import Listed, read_listed
from bot.logs import Log, start_logging
from bot.playground.publishers import playground_sources
from bot.settings import Settings
from bot.sources import Rules, Sources
from reports.regions import Catalog


@dataclass(frozen=True, slots=True)
class Start:
    """The settings, read once; logging is on and the data directory is there."""

    settings: Settings
    log: Log

    @classmethod
    def read(cls, log: Log = AT_A_TERMINAL) -> Self:
        """Raises Trouble where a setting cannot be used."""
        settings = Settings.read()
        start_logging(settings.secrets, log)
        make_data_directory(settings.data)
        return cls(settings, log)

    def sources(self) -> Sources:
        """Who may speak here; their secrets are kept out of the log. Raises ListError."""
        return self.listed().sources

    def listed(self) -> Listed:
        """The same, and the channels.

        In the playground its own publishers speak beside those that the operator listed.
        """
        listed = listed_by(self.settings)
        sources = listed.sources
        if self.settings.playground:
            own = playground_sources(KINDS, Catalog.load().regions)
            others = [one for one in own if sources.by_id(one.source.id) is None]
            sources = Sources([*sources, *others])
        start_logging(self.settings.secrets | sources.secrets, self.log)
        return Listed(sources, listed.channels)


def listed_by(settings: Settings) -> Listed:
    """What stands in the operator's file; nothing where there is no file. Raises ListError."""
    if settings.sources_file is None:
        return Listed(Sources())
    return read_listed(settings.sources_file, Rules(KINDS, Catalog.load().regions))
