import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cli import main
from bot.settings import Settings


@dataclass(frozen=True)
class Answer:
    """What a person at the terminal gets back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


AlertRelay = Callable[..., Answer]


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person reads what the command writes."""
    for module in ("read", "take_in", "intake"):
        monkeypatch.setattr(f"bot.cli.{module}.for_people", lambda: True)


@pytest.fixture
def alert_relay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[AlertRelay]:
    """The command in an empty directory, without any setting."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"RELAY_{name.upper()}", raising=False)

    def run(*words: str, given: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "argv", ["alert-relay", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Answer(int(ended.value.code or 0), told.out, told.err)

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
