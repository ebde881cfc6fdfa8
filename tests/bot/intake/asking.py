"""A fetcher for which the tests' sites are listed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.intake.polled import LARGEST, Unheard
from bot.intake.web.fetcher import Equipment, PoliteWeb
from tests.bot.intake.site import Site

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

AT_ONCE = (0.0, 0.0)
"""A gap that is none."""


def fetcher(listed: Site | Iterable[str], equipment: Equipment | None = None) -> PoliteWeb:
    """One that leaves no gaps between its requests to what is listed. To be closed."""
    hosts = [listed.host] if isinstance(listed, Site) else listed
    given = equipment or Equipment()
    return PoliteWeb(
        dict.fromkeys(hosts, AT_ONCE), replace(given, trusted=given.trusted or _usual())
    )


async def unheard(web: PoliteWeb, url: str, *, largest: int = LARGEST) -> Unheard:
    """Why it was not heard."""
    with pytest.raises(Unheard) as caught:
        await web.get(url, largest=largest)
    return caught.value


@cache
def _usual() -> ssl.SSLContext:
    """Whose certificates are believed. Reading them takes longer than most tests."""
    return httpx.create_ssl_context()
