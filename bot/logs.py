"""The log: one line an event on standard error, and never a secret in it."""

from __future__ import annotations

import logging
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from structlog.typing import EventDict, WrappedLogger

HIDDEN = "[hidden]"

PERSONAL = frozenset({"chat", "chat_id", "user", "user_id", "username", "person", "title"})
"""Event fields that would tell who follows what."""

_TOKENS = re.compile(
    r"(?:(?P<bot>\bbot)|\b)\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}"  # what @BotFather hands out
    r"|(?P<bearer>\bBearer\s+)[^\s'\",\]})]+"
    r"|(?P<scheme>\b[a-z][a-z0-9+]{1,20}://[^\s/:@]*:)[^\s/@]+(?=@)",  # a password in a URL
)

_QUIET = dict.fromkeys(("httpx", "httpcore", "alembic", "telegram"), "WARNING")
"""Libraries that would log each request or step."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Takes secrets out of text: those that are known, and whatever looks like one."""

    secrets: frozenset[str] = frozenset()

    def __call__(self, text: str) -> str:
        """The text with each secret replaced."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return _TOKENS.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    return f"{found['bot'] or found['bearer'] or found['scheme'] or ''}{HIDDEN}"


class RedactedLines(structlog.stdlib.ProcessorFormatter):
    """Formats every record, whichever library logged it, and redacts the finished line."""

    def __init__(self, redaction: Redaction, *, colors: bool) -> None:
        super().__init__(
            foreign_pre_chain=_COMMON,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(
                    colors=colors, exception_formatter=structlog.dev.plain_traceback
                ),
            ],
        )
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """One event, traceback included."""
        return self._redaction(super().format(record))


@dataclass(frozen=True, slots=True)
class Log:
    """Where the log goes (standard error, where nothing else is said), and from what level on."""

    stream: TextIO | None = None
    level: str = "INFO"


def start_logging(secrets: Iterable[str], log: Log) -> None:
    """Send every log record of the process where `log` says, without `secrets`."""
    out = log.stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(RedactedLines(redaction(secrets), colors=out.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(log.level)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[*_COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def redaction(secrets: Iterable[str]) -> Redaction:
    """What takes these secrets out of text. Very short ones would tear words apart: left."""
    return Redaction(frozenset(secret for secret in secrets if len(secret) >= 8))


def _without_persons(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {key: value for key, value in event.items() if key not in PERSONAL}


_COMMON: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    _without_persons,
]
