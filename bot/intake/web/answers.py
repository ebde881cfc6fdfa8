"""What an answer's status says, and what went wrong where there is no answer."""

from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpcore
import httpx

from bot.certificates import chain, doubt
from bot.intake.polled import Unheard, Why
from bot.intake.web.guard import Forbidden, NoSuchName

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 3600.0
"""Seconds that a server may ask us to stay away."""
WHOLE = frozenset({200, 203})
"""Statuses with a document. A part of one (206), which nobody asked for, is none."""
LEADING = frozenset({301, 302, 303, 307, 308})
"""Statuses that lead elsewhere."""


def check(place: str, status: int, headers: Mapping[str, str], now: datetime) -> None:
    """Raises Unheard for a status that is no whole document, no redirect, and not 304."""
    if status in WHOLE or status == HTTPStatus.NOT_MODIFIED or status in LEADING:
        return
    wait = retry_after(headers, now) if status in {429, 503} else None
    if headers.get("cf-mitigated") == "challenge":
        raise Unheard(Why.BLOCKED, f"{place} asks whether we are a person.", wait)
    raise Unheard(_why(status), f"{place} answered {_named(status)}.", wait)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to stay away, an hour at most; None where nothing sensible is said.

    A date is counted from the server's own, for its clock may be wrong.
    """
    said = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,20}", said):
        return min(float(said), LONGEST)
    until = _date(said)
    if until is None:
        return None
    seconds = (until - (_date(headers.get("date", "")) or now)).total_seconds()
    return min(seconds, LONGEST) if seconds > 0 else None


def mishap(place: str, error: Exception) -> Unheard:
    """What a failure on the way comes to. Nothing of the error's own words is kept but what is
    wrong with a certificate: they may name the address whole.
    """
    causes = list(chain(error))
    if reason := doubt(error):
        words = f"{place} has a certificate that is not believed: {reason}."
        return Unheard(Why.UNREACHABLE, words)
    for kind, (why, words) in _MISHAPS.items():
        if any(isinstance(one, kind) for one in causes):
            return Unheard(why, f"{place} {words}.")
    for one in causes:
        if isinstance(one, httpcore.RemoteProtocolError):
            return _no_http(place, str(one))
    if isinstance(error, httpx.InvalidURL | httpx.RemoteProtocolError):
        # httpx alone, no line: it takes a Location apart also where it is not to follow it.
        return Unheard(Why.REDIRECTED, f"{place} leads to what is not a web address.")
    return Unheard(Why.UNREACHABLE, f"{place} cannot be reached ({type(error).__name__}).")


_MISHAPS: Mapping[type[BaseException], tuple[Why, str]] = {
    Forbidden: (Why.REDIRECTED, "is neither listed nor on the open internet"),
    NoSuchName: (Why.UNREACHABLE, "has a host whose name is not known"),
    ssl.SSLError: (Why.UNREACHABLE, "does not agree on TLS with us"),
    ConnectionRefusedError: (Why.UNREACHABLE, "refused the connection"),
    httpcore.ProxyError: (Why.UNREACHABLE, "cannot be reached: the proxy refused"),
    httpcore.ConnectTimeout: (Why.UNREACHABLE, "let nobody connect in time"),
    httpcore.ReadError: (Why.UNREACHABLE, "broke off"),
    httpcore.WriteError: (Why.UNREACHABLE, "broke off"),
    TimeoutError: (Why.TOO_SLOW, "took too long"),
}
"""The first that is among an error's causes says what it was."""


def _no_http(place: str, words: str) -> Unheard:
    # h11 and httpcore have one class for both; these are their words for the first.
    if "closed connection" in words or "disconnected" in words:
        return Unheard(Why.UNREACHABLE, f"{place} broke off in the middle.")
    return Unheard(Why.MALFORMED, f"{place} does not answer as HTTP has it.")


def _why(status: int) -> Why:
    if status == HTTPStatus.GONE:
        return Why.GONE
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Why.TOO_MANY
    return {4: Why.REFUSED, 5: Why.SERVER}.get(status // 100, Why.MALFORMED)


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _date(written: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(written)
    except (ValueError, IndexError, TypeError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
