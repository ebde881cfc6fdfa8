"""What the relay counts, for Prometheus. No label holds a person, a chat or a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.http.patience import within

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Metrics:
    """The relay's own figures, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.reports = Counter(
            "relay_reports",
            "Reports taken in, by what they came to.",
            ["source", "outcome"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "relay_deliveries",
            "Deliveries that ended, by state: sent, failed, skipped, unknown.",
            ["state"],
            registry=self.registry,
        )
        self.waiting = Gauge(
            "relay_deliveries_waiting",
            "Deliveries that still have to go out.",
            registry=self.registry,
        )


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
