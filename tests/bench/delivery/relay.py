"""The relay in a process of its own: published to, watched, and killed."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.delivery.places import database_in
from tests.bench.delivery.server import ROOT, TOKEN
from tests.bench.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60.0
"""Seconds until it must be ready, or take a report in."""
SOURCES = """
[[source]]
id = "kaluga"
kind = "push"
name = "Губернатор Калужской области"
role = "governor"
regions = ["RU-KLU"]
language = "ru"
token = "token-of-kaluga-0123456789"

[[source]]
id = "moscow"
kind = "push"
name = "Мэр Москвы"
role = "mayor"
regions = ["RU-MOW"]
language = "ru"
token = "token-of-moscow-0123456789"
"""
ORDINARY, UNPACED = ("tests.bench.delivery.installed", "run"), ("tests.bench.delivery.unpaced",)


@dataclass(slots=True)
class RelayProcess:
    """One relay over its life: it may be killed and started again on what it left behind."""

    home: Path
    api: str
    per_second: int = 28
    module: tuple[str, ...] = ORDINARY
    listed: str = SOURCES
    """Its relay.toml."""
    port: int = field(default_factory=free_port)
    database: str = field(init=False)
    """The path of its SQLite file, or a URL."""
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.database = database_in(self.home)

    @property
    def log(self) -> Path:
        """What it said."""
        return self.home / "relay.log"

    def start(self) -> None:
        """Return once it is ready. TimeoutError, with what it said, if it never is."""
        (self.home / "relay.toml").write_text(self.listed)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own code
                [sys.executable, "-m", *self.module],
                env=self._environment(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        by = time.monotonic() + PATIENCE
        while time.monotonic() < by and self._process.poll() is None:
            if self._is_ready():
                return
            time.sleep(0.01)
        raise TimeoutError(self.log.read_text()[-300:])

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "RELAY_DATA": str(self.home),
            "RELAY_DATABASE": self.database,
            "RELAY_CONFIG": str(self.home / "relay.toml"),
            "RELAY_HTTP": f"127.0.0.1:{self.port}",
            "RELAY_TELEGRAM_TOKEN": TOKEN,
            "RELAY_TELEGRAM_API": self.api,
            "RELAY_MESSAGES_PER_SECOND": str(self.per_second),
            "RELAY_PAID_BROADCAST": str(int(self.per_second > 30)),
        }

    def _is_ready(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            line.request("GET", "/readyz")
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def publish(self, text: str, source: str = "kaluga") -> float:
        """Push a report of now. Returns when it was sent; ConnectionError if the relay dies."""
        report = {"id": text, "published": _now(), "text": text}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.connect()
        begun = time.monotonic()
        try:
            headers = {"Authorization": f"Bearer token-of-{source}-0123456789"}
            line.request("POST", "/reports", json.dumps(report).encode(), headers)
            answer = line.getresponse()
            told = answer.read()
        finally:
            line.close()
        if answer.status != 202:
            raise ValueError(told.decode())
        return begun

    def cpu(self) -> float:
        """Seconds of a core that it has used, in itself and in the kernel."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """The most memory that it has held, in megabytes."""
        return self._memory("VmHWM")

    def resident(self) -> float:
        """The memory that it holds now, in megabytes."""
        return self._memory("VmRSS")

    def _memory(self, what: str) -> float:
        status = Path(f"/proc/{self._pid}/status").read_text()
        found = re.search(rf"{what}:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def kill(self) -> float:
        """End it as a power cut would. Returns when."""
        at = time.monotonic()
        self._end(signal.SIGKILL)
        return at

    def stop(self) -> None:
        """Ask it to stop, and wait for that; what will not stop is killed."""
        self._end(signal.SIGTERM)

    @property
    def _pid(self) -> int:
        if self._process is None:
            raise ValueError("it is not running")
        return self._process.pid

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


@contextmanager
def running(relay: RelayProcess) -> Iterator[RelayProcess]:
    """Ready at the beginning; at the end it is gone, however the context ended."""
    try:
        relay.start()
        yield relay
    finally:
        relay.kill()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
