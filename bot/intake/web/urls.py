"""Addresses of sources: what may be shown of one, and whose turn it takes to ask there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import httpx

SHOWN = 200
"""Signs of an address that a sentence has room for."""
PORTS = {"http": 80, "https": 443}

_UNSEEMLY = re.compile(r"[^\w./:%~+,=@!$&'()*;\[\]-]")


def shown(url: str) -> str:
    """`scheme://host/path`: without user, password, query and fragment, which may hold secrets."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        named = parts.hostname
    except ValueError:
        return "an unreadable address"
    if not named:
        return "an unreadable address"  # what should be its host may stand in the path, with all
    host = f"[{named}]" if ":" in named else named
    whole = f"{parts.scheme}://{host}{port}{parts.path}"
    return _UNSEEMLY.sub("?", whole if len(whole) <= SHOWN else f"{whole[:SHOWN]}...")


def host_of(url: str) -> str:
    """Where a web address is asked, as `host:port`, the same for every spelling of one name.

    Raises ValueError where it is no http(s) address.
    """
    try:
        return host_key(httpx.URL(url))
    except httpx.InvalidURL:
        raise ValueError("not a web address") from None


def host_key(url: httpx.URL) -> str:
    """The same of an address that was taken apart already."""
    port = PORTS.get(url.scheme, 0) if url.port is None else url.port
    if url.scheme not in PORTS or not url.host or not 0 < port < 65_536:
        raise ValueError("not a web address")
    return at(url.raw_host.decode("ascii"), port)


def at(host: str, port: int) -> str:
    """`host:port`, with brackets where the host is an IPv6 address."""
    plain = host.strip("[]").rstrip(".").lower()
    return f"[{plain}]:{port}" if ":" in plain else f"{plain}:{port}"
