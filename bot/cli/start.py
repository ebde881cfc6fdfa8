"""What every command that works on the relay's data begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.cli.trouble import AT_A_TERMINAL
from bot.data import make_data_directory
from bot.intake import KINDS
from bot.logs import Log, start_logging
from bot.playground.publishers import playground_sources
from bot.settings import Settings
from bot.sources import Rules, Sources, read_sources
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
        """Who may speak here; their secrets are kept out of the log. Raises SourcesError.

        In the playground these are its own publishers beside those that the operator listed.
        """
        sources = listed_sources_of(self.settings)
        if self.settings.playground:
            own = playground_sources(KINDS, Catalog.load().regions)
            listed = [one for one in own if sources.by_id(one.source.id) is None]
            sources = Sources([*sources, *listed])
        start_logging(self.settings.secrets | sources.secrets, self.log)
        return sources


def listed_sources_of(settings: Settings) -> Sources:
    """The sources in the operator's file; none where there is no file."""
    if settings.sources_file is None:
        return Sources()
    return read_sources(settings.sources_file, Rules(KINDS, Catalog.load().regions))
