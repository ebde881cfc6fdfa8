"""How long a newcomer waits: from `alert-relay run` to the first answered command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 5
PATIENCE = 30.0


def figures() -> Iterator[tuple[str, str]]:
    """Fresh playgrounds, one after another."""
    times = [_seconds_to_first_answer() for _ in range(RUNS)]
    yield (
        "`run` to the first answered command (playground, new database)",
        f"{median(times):.2f} s median of {RUNS}, {max(times):.2f} s at most",
    )


def _seconds_to_first_answer() -> float:
    port = free_port()
    begun = time.monotonic()
    with _running(port):
        while time.monotonic() - begun < PATIENCE:
            if _answered(port):
                return time.monotonic() - begun
            time.sleep(0.01)
    raise TimeoutError("the playground gave no answer")


@contextmanager
def _running(port: int) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as data:
        environment = {
            "PATH": os.environ["PATH"],
            "RELAY_DATA": data,
            "RELAY_HTTP": f"127.0.0.1:{port}",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env=environment,
            cwd=Path(__file__).parents[2],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _answered(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/playground/state", timeout=1) as answer:
            state = json.load(answer)
    except (URLError, OSError):
        return False
    return any(message["bot"] for one in state["personas"] for message in one["messages"])
