"""A Bot API server that takes thousands of messages a second, and keeps when each one came.

`python -m tests.bench.delivery.sink` prints its port. What steers it is under /control:
`log`, `options` (which also empties the log), `update` and `wait`.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bench.delivery.arrivals import Arrival
from tests.bench.delivery.parcels import Parcel, chat_of, first_in, number_of
from tests.bench.delivery.weather import Options, Said, Weather

if TYPE_CHECKING:
    from collections.abc import Callable

MESSAGES = frozenset({"sendMessage", "editMessageText"})
ME = {"id": 1, "is_bot": True, "first_name": "Relay", "username": "relay_bot"}
ERRORS = {
    Said.BLOCKED: (403, b'"description":"Forbidden: bot was blocked by the user"'),
    Said.BROKEN: (500, b'"description":"Internal Server Error"'),
    Said.TOO_MANY: (
        429,
        b'"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}',
    ),
}


@dataclass(slots=True)
class Sink:
    """What has arrived, and who waits for what."""

    weather: Weather = field(default_factory=lambda: Weather(Options()))
    log: list[Arrival] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    polls: list[Callable[[], None]] = field(default_factory=list)
    waits: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    _taken: int = 0

    def arrived(self, arrival: Arrival) -> None:
        """Keep it, and tell those who wait for so many."""
        self.log.append(arrival)
        self._taken += arrival.taken
        if self.waits:
            self.tell()

    def tell(self) -> None:
        """Answer those who waited for no more than have been taken."""
        reached = [one for one in self.waits if one[0] <= self._taken]
        self.waits = [one for one in self.waits if one[0] > self._taken]
        for _, answer in reached:
            answer()

    def begin(self, options: Options) -> None:
        """From now on under these conditions, with an empty log."""
        self.weather = Weather(options)
        self.log, self._taken = [], 0

    def confirm(self, offset: int) -> None:
        """What was fetched is not handed out again."""
        self.updates = [one for one in self.updates if one["update_id"] >= offset]


@dataclass(slots=True)
class Line(asyncio.Protocol):
    """One connection. Requests on it come one after another, as all clients here do it."""

    sink: Sink
    _transport: asyncio.Transport | None = None
    _waiting: bytearray = field(default_factory=bytearray)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _exc: Exception | None) -> None:
        """Nobody hears what is said from here on."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Serve each request that is whole."""
        self._waiting += data
        while parcel := first_in(self._waiting):
            self._serve(parcel)

    def _serve(self, parcel: Parcel) -> None:
        if parcel.path.startswith("/control/"):
            self._control(parcel)
        elif parcel.method in MESSAGES:
            self._later(self.sink.weather.on_the_way(), lambda: self._message(parcel))
        elif parcel.method == "getUpdates":
            self._poll(parcel.fields())
        elif parcel.method == "getMe":
            self._result(ME)
        else:
            self._result(result=True)

    def _message(self, parcel: Parcel) -> None:
        now, sink, fields = time.monotonic(), self.sink, parcel.fields()
        chat, text = chat_of(fields), str(fields.get("text", ""))
        said, taken = sink.weather.meets(chat, now)
        arrival = Arrival(now, parcel.method, chat, text, said, taken)
        sink.arrived(arrival)
        number = number_of(fields, "message_id") or len(sink.log)
        self._later(sink.weather.options.answer, lambda: self._answer(arrival, number))

    def _answer(self, arrival: Arrival, number: int) -> None:
        if self._transport is None or arrival.said is Said.SILENCE:
            return
        if arrival.said is Said.RESET:
            self._transport.abort()
            return
        arrival.answered = time.monotonic()
        if arrival.said is Said.OK:
            kind = b"private" if arrival.chat > 0 else b"supergroup"
            self._write(
                b'{"ok":true,"result":{"message_id":%d,"date":1700000000,"text":".",'
                b'"chat":{"id":%d,"type":"%s"}}}' % (number, arrival.chat, kind)
            )
            return
        status, why = ERRORS[arrival.said]
        self._write(b'{"ok":false,"error_code":%d,%s}' % (status, why), status)

    def _poll(self, fields: dict[str, Any]) -> None:
        self.sink.confirm(number_of(fields, "offset"))
        patience = number_of(fields, "timeout")
        if self.sink.updates or not patience:
            self._result(self.sink.updates)
            return
        self._wait_in(self.sink.polls, patience, lambda: self._result(self.sink.updates))

    def _control(self, parcel: Parcel) -> None:
        sink, asked = self.sink, json.loads(parcel.body or b"{}")
        match parcel.method:
            case "log":
                self._result([one.row(asked["letters"]) for one in sink.log])
            case "options":
                sink.begin(Options(**asked))
                self._result(result=True)
            case "update":
                sink.updates.append(asked)
                self._result(time.monotonic())
                for answer in sink.polls[:]:
                    answer()
            case "wait":
                self._wait_for(asked["taken"], asked["seconds"])

    def _wait_for(self, taken: int, seconds: float) -> None:
        places: list[Callable[[], None]] = []
        self._wait_in(places, seconds, lambda: self._result(time.monotonic()))
        self.sink.waits.append((taken, places[0]))
        self.sink.tell()

    def _wait_in(
        self, places: list[Callable[[], None]], seconds: float, answer: Callable[[], None]
    ) -> None:
        """Answer once: when called from among `places`, or when the time is over."""

        def once() -> None:
            over.cancel()
            if once in places:
                places.remove(once)
                answer()

        over = asyncio.get_running_loop().call_later(seconds, once)
        places.append(once)

    def _later(self, seconds: float, does: Callable[[], None]) -> None:
        if seconds:
            asyncio.get_running_loop().call_later(seconds, does)
        else:
            does()

    def _result(self, result: object) -> None:
        self._write(json.dumps({"ok": True, "result": result}).encode())

    def _write(self, body: bytes, status: int = 200) -> None:
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                % (status, len(body), body)
            )


async def _serve() -> None:
    sink = Sink()
    server = await asyncio.get_running_loop().create_server(
        lambda: Line(sink), "127.0.0.1", 0, backlog=2000
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - for who started it
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
