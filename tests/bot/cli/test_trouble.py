import os
import subprocess
import sys
import time

import pytest

from bot.cli.terminal import progress
from tests.bot.cli.conftest import AlertRelay

INVENTED = "123456789:AAF-invented_for_tests_0123456789"


@pytest.mark.allowed_logs
def test_11_a_fault_of_the_relay_is_told_without_any_token(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError(f"https://host/bot{INVENTED}/getMe")

    monkeypatch.setattr("bot.cli.read.Catalog.load", broken)
    told = alert_relay("read")
    assert (told.code, "This is a fault of the relay" in told.err) == (1, True)
    assert INVENTED not in told.err


def test_whoever_stops_listening_gets_no_traceback() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    told = subprocess.run(
        [sys.executable, "-m", "bot", "read"],
        input=b"5\n" * 5,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert (told.returncode, told.stderr) == (1, b"")


def test_what_takes_long_shows_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr("bot.cli.terminal.PATIENCE", 0)
    with progress("Copying", total=2) as advance:
        advance(1)
        time.sleep(0.05)
    assert "Copying" in capsys.readouterr().err


def test_what_is_quick_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with progress("Copying"):
        pass
    assert capsys.readouterr().err == ""
