"""One relay per SQLite file."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from storage.errors import AlreadyRunning, DatabaseReadOnly
from storage.instance import only_one

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, pathlib
from storage.instance import only_one
with only_one(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_relay_is_told_who_is_first(tmp_path: Path) -> None:
    place = tmp_path / "relay.db"
    with (
        only_one(place),
        pytest.raises(AlreadyRunning, match="A relay is at work on") as refused,
        only_one(place),
    ):
        pass
    assert refused.value.pid == os.getpid()
    assert f"process {os.getpid()}" in str(refused.value)


def test_somebody_who_only_looks_keeps_no_relay_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = (tmp_path / "relay.db.lock").open("w")
    fcntl.flock(looking, fcntl.LOCK_SH)
    monkeypatch.setattr("time.sleep", lambda _seconds: looking.close())
    with only_one(tmp_path / "relay.db"):
        assert looking.closed


def test_the_next_relay_may_start_when_the_first_is_gone(tmp_path: Path) -> None:
    for _ in range(2):
        with only_one(tmp_path / "data" / "relay.db"):
            pass


def test_a_relay_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    place = tmp_path / "relay.db"
    command = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: S603 - our own words
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning) as refused, only_one(place):
            pass
        assert refused.value.pid == other.pid
        other.kill()
    with only_one(place):
        pass


def test_a_directory_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with (
        pytest.raises(DatabaseReadOnly, match="make it writable"),
        only_one(tmp_path / "data" / "x"),
    ):
        pass
