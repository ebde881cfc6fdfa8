"""What the relay counts, for Prometheus. No label holds a person, a chat or a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.http.patience import within

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""Seconds: from an idle relay's first message to a large broadcast's last."""


class Metrics:
    """The relay's own figures, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.reports = self._counter(
            "relay_reports", "Reports taken in, by what they came to.", "source", "outcome"
        )
        self.outcomes = self._counter(
            "relay_deliveries",
            "Deliveries that are over. sent: Telegram took the message; gone: the chat is "
            "unreachable, for it blocked the bot or is no more; failed: Telegram refused the "
            "message for good; skipped: it was no longer needed; unknown: nobody knows whether "
            "it arrived, and it is not tried again.",
            "state",
            "class",
        )
        self.put_back = self._counter(
            "relay_deliveries_put_back",
            "How often deliveries went back to those that wait. later: the chat, or Telegram, "
            "takes nothing just now; lost: the answer was, and it is repeated, marked as such; "
            "moved: the chat has a new number; released: it was taken up and not tried.",
            "why",
            "class",
        )
        self._gauges()
        self._delays()
        self._sources()

    def _gauges(self) -> None:
        self.queue = self._gauge(
            "relay_deliveries_waiting", "Deliveries that still have to go out.", "class"
        )
        self.in_flight = self._gauge(
            "relay_deliveries_in_flight", "Deliveries that are being made at this moment."
        )
        self.held = self._gauge(
            "relay_chats_held", "Chats that Telegram lets nothing be sent to for now."
        )
        self.everyone_held = self._gauge(
            "relay_everyone_held_until_timestamp_seconds",
            "Until when Telegram lets nothing be sent to anyone; 0 if it does.",
        )

    def _delays(self) -> None:
        self.intake = self._seconds(
            "relay_report_intake_delay_seconds",
            "From a report's publication until it was taken in, for reports that people were told.",
            "source",
        )
        self.first = self._seconds(
            "relay_broadcast_first_sent_delay_seconds",
            "From taking a report in until the first of its messages was sent.",
            "class",
        )
        self.last = self._seconds(
            "relay_broadcast_last_sent_delay_seconds",
            "From taking a report in until the last of its messages was sent.",
            "class",
        )
        self.requests = self._seconds(
            "relay_telegram_request_duration_seconds",
            "How long Telegram took to answer a delivery's request.",
        )

    def _sources(self) -> None:
        self.last_answer = self._gauge(
            "relay_source_last_answer_timestamp_seconds", "When a source last answered.", "source"
        )
        self.last_report = self._gauge(
            "relay_source_last_report_timestamp_seconds",
            "When the newest report of a source was published.",
            "source",
        )
        self.failures = self._counter(
            "relay_source_failures", "How often a source was asked in vain.", "source"
        )
        self.trouble = self._gauge(
            "relay_source_trouble", "1 for what ails a source now.", "source", "trouble"
        )
        self.polls = self._seconds(
            "relay_source_poll_seconds",
            "How long it took to ask a source, waiting for its host aside.",
            "kind",
        )

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(name, about, labels, registry=self.registry)

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(name, about, labels, registry=self.registry)

    def _seconds(self, name: str, about: str, *labels: str) -> Histogram:
        return Histogram(name, about, labels, registry=self.registry, buckets=BUCKETS)


async def _nothing() -> None:
    """Nothing to bring up to date."""


def metrics_routes(
    metrics: Metrics, refresh: Callable[[], Awaitable[None]] = _nothing
) -> list[web.RouteDef]:
    """`/metrics`, as text. `refresh` brings gauges up to date before they are shown."""

    @within(5)
    async def show(_request: web.Request) -> web.StreamResponse:
        await refresh()
        body = generate_latest(metrics.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/metrics", show)]
