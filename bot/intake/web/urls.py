"""Addresses of sources: what may be shown of one, and whose turn it takes to ask there."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 200
"""Signs of an address that a sentence has room for."""
PORTS = {"http": 80, "https": 443}
TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
"""Hosts of Telegram's, where every path is public."""
LEFT_OUT = "…"
"""Stands for what may be a secret in a path."""

_WORDS = re.compile(
    r"a|alerts?|all|api|archive|atom|cap|channel|end|eng?|feeds?|html?|index|json|latest|lenta|main"
    r"|new|news|page|path|press|public|releases?|rss2?|rus?|s|site|text|ukr?|v\d|warnings?|web|www"
    r"|xml|лента|новости"
)
"""What paths of many sites are made of, so that it is nobody's secret."""
_BETWEEN = re.compile(r"[._-]")
_YEAR_OR_NUMBER = re.compile(r"[0-9]{1,4}")
_UNSEEMLY = re.compile(r"[^\w./:%~+,=@!$&'()*;\[\]…-]")


def shown(url: str) -> str:
    """`scheme://host/path`: without user, password, query and fragment, which may hold secrets.

    So may a path: of it there remain numbers and words that stand in everybody's, and all of
    Telegram's.
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        named = parts.hostname
    except ValueError:
        return "an unreadable address"
    if not named:
        return "an unreadable address"  # what should be its host may stand in the path, with all
    host = f"[{named}]" if ":" in named else named
    path = parts.path if named in TELEGRAM else "/".join(_segments(parts.path))
    whole = f"{parts.scheme}://{host}{port}{path}"
    return _UNSEEMLY.sub("?", whole if len(whole) <= SHOWN else f"{whole[:SHOWN]}...")


def _segments(path: str) -> Iterator[str]:
    """Those that may be shown; one sign for all that follow each other and may not."""
    before = ""
    for one in path.split("/"):
        before, last = one if _is_anybodys(one) else LEFT_OUT, before
        if before != LEFT_OUT or last != LEFT_OUT:
            yield before


def _is_anybodys(segment: str) -> bool:
    rest = [one for one in _BETWEEN.split(segment.lower()) if one and not _WORDS.fullmatch(one)]
    return not rest or (len(rest) == 1 and bool(_YEAR_OR_NUMBER.fullmatch(rest[0])))


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
    return f"[{_one_spelling(plain)}]:{port}" if ":" in plain else f"{plain}:{port}"


def name_of(host: str) -> str:
    """The name or number in `host:port`: whoever answers at several ports is one server, which is
    asked by one at a time.
    """
    return host.rpartition(":")[0] or host


def _one_spelling(address: str) -> str:
    try:
        return str(IPv6Address(address))
    except ValueError:
        return address
