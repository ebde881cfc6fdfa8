"""The Bot API sink in a process of its own, and how to steer it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.delivery.arrivals import Arrival
from tests.bench.delivery.weather import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's

BEGINNING = 300
"""Letters, or bytes of a form, in which a mark or a region's name shows."""


@dataclass(slots=True)
class Server:
    """The sink at work on this port."""

    port: int
    _updates: int = 0

    @property
    def url(self) -> str:
        """The root of its Bot API."""
        return f"http://127.0.0.1:{self.port}"

    def begin(self, options: Options | None = None) -> None:
        """From now on under these conditions, with an empty log."""
        self._ask("options", asdict(options or Options()))

    def arrivals(self, letters: int = BEGINNING) -> list[Arrival]:
        """Every message and edit that has arrived, in order, each with the start of its text."""
        return [Arrival.of_row(row) for row in self._ask("log", {"letters": letters})]

    def wait(self, taken: int, seconds: float) -> float:
        """Until so many messages were taken, or the time is over. Returns when it was."""
        return float(self._ask("wait", {"taken": taken, "seconds": seconds}))

    def command(self, person: int, text: str) -> float:
        """A person writes to the bot in private. Returns when the server knew of it."""
        self._updates += 1
        update = {"update_id": self._updates, "message": _message(self._updates, person, text)}
        return float(self._ask("update", update))

    def _ask(self, what: str, told: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            line.request("POST", f"/control/{what}", json.dumps(told or {}))
            return json.loads(line.getresponse().read())["result"]
        finally:
            line.close()


def _message(number: int, person: int, text: str) -> dict[str, Any]:
    length = len(text.split(maxsplit=1)[0])
    return {
        "message_id": number,
        "date": 1_700_000_000,
        "chat": {"id": person, "type": "private", "first_name": "Anna"},
        "from": {"id": person, "is_bot": False, "first_name": "Anna", "language_code": "ru"},
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": length}],
    }


@contextmanager
def serving(options: Options | None = None) -> Iterator[Server]:
    """A sink while the context lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.delivery.sink"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        server = Server(int(process.stdout.readline()))
        server.begin(options)
        yield server
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
