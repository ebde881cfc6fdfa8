import re
import subprocess
import sys
from importlib import metadata

import pytest

from bot.cli import COMMANDS
from tests.bot.cli.conftest import AlertRelay


def test_the_help_lists_every_command(alert_relay: AlertRelay) -> None:
    told = alert_relay("--help")
    assert told.code == 0
    for name in COMMANDS:
        assert re.search(rf"^[\s│]+{name}\s+\w", told.out, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, alert_relay: AlertRelay) -> None:
    told = alert_relay(name, "--help")
    assert told.code == 0
    assert f"alert-relay {name}" in told.out


def test_the_version_is_that_of_the_distribution(alert_relay: AlertRelay) -> None:
    assert alert_relay("--version").out == f"alert-relay {metadata.version('alert-relay')}\n"


@pytest.mark.parametrize("words", [(), ("reed",), ("read", "--loud"), ("read", "nowhere.jsonl")])
def test_a_wrong_command_line_exits_with_2_and_says_why(
    words: tuple[str, ...], alert_relay: AlertRelay
) -> None:
    told = alert_relay(*words)
    assert told.code == 2
    assert "Usage: alert-relay" in told.out + told.err


def test_a_setting_that_is_wrong_exits_with_2_and_a_sentence(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAY_HTTP", "8080")
    told = alert_relay("migrate")
    assert (told.code, told.out) == (2, "")
    assert told.err == "RELAY_HTTP cannot be used. Give host:port, like 127.0.0.1:8080.\n"


def test_the_package_runs_as_the_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, check=True, text=True
    )
    assert told.stdout.startswith("alert-relay ")
